/**
 * The house rules that a program can check: who imports whom, names, calls, file sizes, docstrings, tests.
 */
import assert from "node:assert/strict";
import { basename, dirname, join, normalize, relative } from "node:path";

const ROOT = join(import.meta.dirname!, "..");

/** One import, export-from, dynamic import or worker URL of a file. */
interface Edge {
  readonly from: string;
  /** Path from the root for our own files, else the specifier. */
  readonly to: string;
  readonly isOurs: boolean;
  readonly isTypeOnly: boolean;
}

/** Folder of `src` to what its files may import: folders, files of the root of `src`, or single files. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cli: ["errors", "edit_distance", "system_reason"],
  commands: [
    "cli",
    "methods",
    "metrics",
    "training",
    "checkpoint",
    "data",
    "report",
    "model",
    "backend",
    "task",
    "random",
    "errors",
    "edit_distance",
    "system_reason",
  ],
  methods: ["model", "ops", "backend", "errors"],
  // A training thread opens a backend and makes its task for itself.
  training: ["model", "ops", "task", "backend", "metrics", "random", "errors"],
  checkpoint: ["model", "training", "data/atomic_write.ts", "errors", "system_reason"],
  model: ["ops", "task", "random", "errors"],
  kernels: ["ops/blocks.ts", "ops/crop.ts"],
  backend: ["kernels", "errors"],
  data: ["random", "errors", "system_reason"],
  metrics: [],
  report: ["errors"],
  ops: ["errors"],
  task: ["errors"],
  errors: [],
  random: [],
  edit_distance: [],
  system_reason: [],
  // The public door re-exports the library, not the program around it.
  mod: [
    "backend",
    "checkpoint",
    "data",
    "errors",
    "methods",
    "metrics",
    "model",
    "ops",
    "random",
    "task",
    "training",
  ],
};

/** Edges that may carry types alone. */
const TYPES_ONLY: readonly (readonly [from: string, to: string])[] = [
  ["commands", "cli"],
  ["model", "task"],
];

/** Where tfjs may appear; `task` names its types. */
const TENSOR_FOLDERS = [
  "backend",
  "checkpoint",
  "kernels",
  "methods",
  "model",
  "ops",
  "task",
  "training",
];

/** Where files, environment and standard streams may be touched. */
const SYSTEM_FOLDERS = ["backend", "checkpoint", "cli", "commands", "data"];

const BANNED_NAMES = ["utils", "helpers", "common", "misc", "index", "util", "helper", "shared"];

/** Source files without a test of their own under tests/unit, and why that is right. */
const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  "src/mod.ts": "re-exports only",
  "src/task/types.ts": "types only",
  "src/methods/types.ts": "types only",
  "src/report/run_record.ts": "types only",
  "src/training/replica_messages.ts": "types only",
  "src/data/sample_messages.ts": "types only",
  "src/training/replica_worker.ts": "runs in the threads of replicas_test.ts",
  "src/data/sample_worker.ts": "runs in the threads of sample_stream_test.ts",
  "src/cli/flag.ts": "types only",
  "src/cli/general_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/inpaint_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/masks_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/training_flags.ts": "data: flags_test.ts goes through all of it",
};

/** Folders whose files are tested as a user meets them, by a test in tests/cli that names the command. */
const TESTED_BY_CLI: Readonly<Record<string, string>> = {
  "src/commands/doctor.ts": "doctor_test.ts",
  "src/commands/inpaint.ts": "inpaint_files_test.ts",
  "src/commands/masks_generate.ts": "masks_test.ts",
  "src/commands/masks_inspect.ts": "masks_inspect_test.ts",
  "src/commands/train.ts": "train_test.ts",
  "src/commands/training_run.ts": "train_test.ts",
};

/** Of a source file; a list of cases may take a test a little further. */
const MOST_LINES = { source: 300, test: 350 };

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
    TYPES_ONLY.some(([mine, theirs]) => partOf(from) === mine && partOf(to) === theirs)
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
});
