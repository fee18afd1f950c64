/**
 * The table "Conventions" of README.md beside this file names tests that exist.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

const TESTS = import.meta.dirname!;

/** A test that a row names. */
interface Named {
  readonly row: string;
  /** Path below this folder, without its ending. */
  readonly file: string;
  /** Whole, or its beginning and "...". */
  readonly name: string;
}

/** Reads the last cells: files in backquotes, each with the names of its tests in quotes. */
function namedTests(readme: string): Named[] {
  const [, section = ""] = readme.split("\n## Conventions\n");
  const rows = section.split("\n## ")[0]!.split("\n").filter((line) => line.startsWith("| ")).slice(
    1,
  );
  return rows.flatMap((line) => {
    const [row = "", , tests = ""] = line.slice(2).split(" | ");
    const found = [...tests.matchAll(/`([\w/]+)`: ((?:"[^"]+"(?:, )?)+)/g)].flatMap(
      ([, file = "", names = ""]) =>
        [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => ({ row, file, name })),
    );
    assert.ok(found.length > 0, `"${row}" names no test`);
    return found;
  });
}

/** Names of the tests of a file, as far as they are written in one piece. */
function testNames(source: string): string[] {
  const calls = source.matchAll(/^\s*[\w.]*[tT]est\(\s*(?:\{\s*name:\s*)?["`]([^"`]+)["`]/gm);
  return [...calls].map(([, name]) => name!);
}

Deno.test("every test that the table of conventions names is there, once", async () => {
  const named = namedTests(await Deno.readTextFile(join(TESTS, "README.md")));
  // So that a change of the table's form cannot empty the test.
  assert.ok(new Set(named.map(({ row }) => row)).size >= 40, `${named.length} tests named`);
  const wrong: string[] = [];
  for (const { row, file, name } of named) {
    const path = join(TESTS, `${file}_test.ts`);
    if (!existsSync(path)) {
      wrong.push(`${row}: no file ${file}_test.ts`);
      continue;
    }
    const fits = name.endsWith("...")
      ? (other: string) => other.startsWith(name.slice(0, -3))
      : (other: string) => other === name;
    const found = testNames(await Deno.readTextFile(path)).filter(fits);
    if (found.length !== 1) wrong.push(`${row}: ${found.length} of "${name}" in ${file}`);
  }
  assert.deepEqual(wrong, []);
});
