import assert from "node:assert/strict";
import { readNamedPath } from "../../../../src/commands/eval/named_path.ts";

Deno.test("readNamedPath() splits at the first equals sign", () => {
  const faults: string[] = [];
  const options = { flag: "peer", placeholder: "DIR" };
  assert.deepEqual(readNamedPath("thick-1.0=a/b=c", options, faults), [
    { name: "thick-1.0", path: "a/b=c" },
  ]);
  assert.deepEqual(faults, []);
});

Deno.test("readNamedPath() says what the value must be, for names that make no folder too", () => {
  for (const text of ["", "a", "=b", "a=", "a/b=c", "..=c", `${"a".repeat(41)}=c`]) {
    const faults: string[] = [];
    assert.deepEqual(readNamedPath(text, { flag: "peer", placeholder: "DIR" }, faults), []);
    assert.deepEqual(faults, [
      "--peer must be NAME=DIR, the name a letter and up to 39 letters, digits and . + - _: got " +
      JSON.stringify(text),
    ]);
  }
});
