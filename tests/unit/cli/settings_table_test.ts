import assert from "node:assert/strict";
import { flagsOf } from "../../../src/cli/flags.ts";
import { SETTINGS } from "../../../src/cli/settings_table.ts";

/** Flags that say what to do with a run, not what the run is. */
const NO_SETTINGS = [
  "config",
  "print-config",
  "dry-run",
  "resume",
  "output",
  "device",
  "quiet",
  "help",
  "help-all",
  "version",
];

Deno.test("SETTINGS have every flag of train that decides the run, once", () => {
  const names = SETTINGS.map(({ flag }) => flag.name);
  const expected = flagsOf("train").map(({ name }) => name)
    .filter((name) => !NO_SETTINGS.includes(name));
  assert.deepEqual(names.toSorted(), expected.toSorted());
  for (const { flag } of SETTINGS) assert.notEqual(flag.kind, "boolean", flag.name);
});

Deno.test("SETTINGS take one value where the flag does", () => {
  for (const { key, flag, option, form } of SETTINGS) {
    const isRepeatable = flag.kind !== "boolean" && flag.repeatable === true;
    assert.equal(isRepeatable, form !== "value", key);
    // So that who knows the flag knows the key.
    assert.ok(key.startsWith(option), key);
  }
});
