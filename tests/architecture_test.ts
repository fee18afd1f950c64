/**
 * The house rules that a program can check: who imports whom, names, calls, file sizes, docstrings, tests.
 */
import assert from "node:assert/strict";
import { basename, dirname, join, normalize, relative } from "node:path";
import {
  BANNED_NAMES,
  MAY_IMPORT,
  MOST_LINES,
  SYSTEM_FOLDERS,
  TENSOR_FOLDERS,
  TESTED_BY_CLI,
  TESTED_ELSEWHERE,
  TYPES_ONLY,
  VALUES_TOO,
} from "./support/house_rules.ts";

const ROOT = join(import.meta.dirname!, "..");

/** One import, export-from, dynamic import or worker URL of a file. */
interface Edge {
  readonly from: string;
  /** Path from the root for our own files, else the specifier. */
  readonly to: string;
  readonly isOurs: boolean;
  readonly isTypeOnly: boolean;
}

/** Paths from the root, sorted. */
async function listFiles(folder: string, ending = ".ts"): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(ROOT, folder))) {
    const path = `${folder}/${name}`;
    if (isDirectory) files.push(...await listFiles(path, ending));
    else if (name.endsWith(ending)) files.push(path);
  }
  return files.sort();
}

async function read(path: string): Promise<string> {
  return await Deno.readTextFile(join(ROOT, path));
}

/** Text without comments, so that words in docstrings are not taken for code. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

function edgesOf(path: string, text: string): Edge[] {
  const code = withoutComments(text);
  const edges: Edge[] = [];
  const add = (to: string, isTypeOnly: boolean) => {
    const isOurs = to.startsWith(".");
    edges.push({
      from: path,
      to: isOurs ? normalize(join(dirname(path), to)) : to,
      isOurs,
      isTypeOnly,
    });
  };
  const statements = /^\s*(?:import|export)\s+(type\s)?([^;]*?)\s*from\s*"([^"]+)"/gm;
  for (const [, type, names, to] of code.matchAll(statements)) {
    const inner = /^\{([\s\S]*)\}$/.exec(names!)?.[1];
    const entries = inner?.split(",").map((name) => name.trim()).filter((name) => name !== "");
    const areTypes = entries?.every((name) => name.startsWith("type ")) ?? false;
    add(to!, type !== undefined || areTypes);
  }
  for (const [, to] of code.matchAll(/^\s*import\s+"([^"]+)"/gm)) add(to!, false);
  for (const [, to] of code.matchAll(/\bimport\("([^"]+)"\)/g)) add(to!, false);
  for (const [, to] of code.matchAll(/new URL\("(\.[^"]+\.ts)", import\.meta\.url\)/g)) {
    add(to!, false);
  }
  return edges;
}

/** "src/ops/blocks.ts" is in "ops", "src/errors.ts" in "errors". */
function partOf(path: string): string {
  const [, part] = path.split("/");
  return part!.replace(/\.ts$/, "");
}

const sourceFiles = [...await listFiles("src"), ...await listFiles("tasks")];
const testFiles = await listFiles("tests");
const texts = new Map<string, string>();
for (const path of ["main.ts", ...sourceFiles, ...testFiles]) texts.set(path, await read(path));
const edges = ["main.ts", ...sourceFiles].flatMap((path) => edgesOf(path, texts.get(path)!));

Deno.test("edgesOf() sees every kind of import", () => {
  const text = `
    import a from "./a.ts";
    import type { B } from "./b.ts";
    import { type C, type D } from "../c.ts";
    import { type E, f } from "x";
    import "./g.ts";
    export * from "./h.ts";
    // import { no } from "./no.ts";
    const later = await import("./i.ts");
    new Worker(new URL("./j.ts", import.meta.url));
    import {
      k,
    } from "./k.ts";
  `;
  const found = edgesOf("src/m/n.ts", text).map(({ to, isTypeOnly }) => `${to} ${isTypeOnly}`);
  assert.deepEqual(found.sort(), [
    "src/c.ts true",
    "src/m/a.ts false",
    "src/m/b.ts true",
    "src/m/g.ts false",
    "src/m/h.ts false",
    "src/m/i.ts false",
    "src/m/j.ts false",
    "src/m/k.ts false",
    "x false",
  ]);
});

Deno.test("files import only what the table in src/README.md lets them", () => {
  const faults: string[] = [];
  for (const { from, to, isOurs } of edges) {
    if (!isOurs) continue;
    if (from === "main.ts") {
      const isAllowed = /^(src\/(cli|commands)|tasks)\//.test(to) || to === "deno.json";
      if (!isAllowed) faults.push(`${from} imports ${to}`);
    } else if (from.startsWith("tasks/")) {
      if (!/^(tasks|src\/task|src\/ops)\//.test(to)) faults.push(`${from} imports ${to}`);
    } else {
      const [mine, theirs] = [partOf(from), partOf(to)];
      const allowed = MAY_IMPORT[mine];
      if (allowed === undefined) faults.push(`${mine} is not in the table`);
      else if (!to.startsWith("src/")) faults.push(`${from} imports ${to}`);
      else if (mine !== theirs && !allowed.includes(theirs) && !allowed.includes(to.slice(4))) {
        faults.push(`${from} imports ${to}`);
      }
    }
  }
  assert.deepEqual([...new Set(faults)], []);
});

Deno.test("some edges carry types alone", () => {
  const faults = edges.filter(({ from, to, isOurs, isTypeOnly }) =>
    isOurs && !isTypeOnly && from.startsWith("src/") && to.startsWith("src/") &&
    VALUES_TOO[to] === undefined && TYPES_ONLY.some(([mine, theirs]) =>
      partOf(from) === mine && partOf(to) === theirs
    )
  );
  assert.deepEqual(faults.map(({ from, to }) => `${from} imports values of ${to}`), []);
});

Deno.test("imports make no cycle", () => {
  const targets = new Map<string, string[]>();
  for (const { from, to, isOurs, isTypeOnly } of edges) {
    // Types are gone when the program runs, so a cycle of types alone does no harm.
    if (isOurs && !isTypeOnly) targets.set(from, [...targets.get(from) ?? [], to]);
  }
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    assert.equal(start, -1, `cycle: ${[...trail.slice(start), path].join(" -> ")}`);
    if (done.has(path)) return;
    for (const to of targets.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
});

Deno.test("tfjs, files and streams stay in their folders", () => {
  const faults: string[] = [];
  for (const path of sourceFiles) {
    if (path.startsWith("tasks/")) continue;
    const code = withoutComments(texts.get(path)!);
    const hasTensors = edgesOf(path, code).some(({ to }) => to.startsWith("@tensorflow/"));
    if (hasTensors && !TENSOR_FOLDERS.includes(partOf(path))) faults.push(`${path} imports tfjs`);
    if (
      /\bDeno\./.test(code) && !SYSTEM_FOLDERS.includes(partOf(path)) &&
      partOf(path) !== "system_reason"
    ) {
      faults.push(`${path} uses Deno`);
    }
  }
  assert.deepEqual(faults, []);
});

Deno.test("no file has a name that says nothing", () => {
  const faults = [...texts.keys()].filter((path) => {
    const name = basename(path, ".ts").replace(/_test$/, "");
    return BANNED_NAMES.includes(name) || !/^[a-z0-9_]+$/.test(name);
  });
  assert.deepEqual(faults, []);
});

const BANNED_CALLS = /\b(?:dataSync|arraySync|Math\.random|console\.\w+)\s*\(/g;

Deno.test("no source file waits for the device, draws unseeded numbers or writes to the console", () => {
  for (const path of ["main.ts", ...sourceFiles]) {
    const found = withoutComments(texts.get(path)!).match(BANNED_CALLS);
    assert.equal(found, null, `${path} calls ${found}`);
  }
});

Deno.test("no test waits for the device or draws unseeded numbers", () => {
  for (const path of testFiles) {
    if (path === relative(ROOT, import.meta.filename!)) continue;
    const found = /\b(?:dataSync|arraySync|Math\.random)\s*\(/.exec(
      withoutComments(texts.get(path)!),
    );
    assert.equal(found, null, `${path} calls ${found}`);
  }
});

Deno.test("no file is too long", () => {
  const faults = [...texts].map(([path, text]) =>
    [path, text.trimEnd().split("\n").length] as const
  )
    .filter(([path, lines]) => lines > MOST_LINES[path.startsWith("tests/") ? "test" : "source"]);
  assert.deepEqual(faults, []);
});

Deno.test("every exported symbol has a docstring", () => {
  const faults: string[] = [];
  for (const [path, text] of texts) {
    if (path.endsWith("_test.ts")) continue;
    const lines = text.split("\n");
    lines.forEach((line, i) => {
      const name =
        /^export (?:async )?(?:function\*?|const|class|interface|type|abstract class) (\w+)/.exec(
          line,
        )?.[1];
      const above = lines.slice(0, i).findLast((text) => !text.startsWith("//"));
      if (name !== undefined && !above?.endsWith("*/")) faults.push(`${path}: ${name}`);
    });
  }
  assert.deepEqual(faults, []);
});

Deno.test("every source file begins with its purpose", () => {
  const purpose = /^(?:\/\/\/ <reference[^\n]*\n)*\/\*\*[\s\S]*?@module\s*\*\//;
  const faults = sourceFiles.filter((path) => !purpose.test(texts.get(path)!));
  assert.deepEqual(faults, []);
});

Deno.test("every source file has a test", () => {
  const faults = sourceFiles.filter((path) => {
    const mirror = path.startsWith("tasks/") ? path : path.slice("src/".length);
    if (testFiles.includes(`tests/unit/${mirror.replace(/\.ts$/, "_test.ts")}`)) return false;
    const black = TESTED_BY_CLI[path];
    if (black !== undefined) return !testFiles.includes(`tests/cli/${black}`);
    return TESTED_ELSEWHERE[path] === undefined;
  });
  assert.deepEqual(faults, []);
});

Deno.test("the lists of exceptions name files that exist and need them", () => {
  for (const path of [...Object.keys(TESTED_ELSEWHERE), ...Object.keys(TESTED_BY_CLI)]) {
    assert.ok(sourceFiles.includes(path), `${path} is gone`);
    const mirror = path.replace(/^src\//, "").replace(/\.ts$/, "_test.ts");
    assert.ok(!testFiles.includes(`tests/unit/${mirror}`), `${path} has a test by now`);
  }
  for (const path of Object.keys(VALUES_TOO)) assert.ok(sourceFiles.includes(path), path);
});
