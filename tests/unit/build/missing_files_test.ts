import assert from "node:assert/strict";
import { missingFiles } from "../../../.ci/build/missing_files.ts";
import { createRandom } from "../../../src/random.ts";

Deno.test("missingFiles() names what is not within the executable", () => {
  const random = createRandom(1);
  const bytes = () => Uint8Array.from({ length: 1000 }, () => random.integer(0, 255));
  const [inside, outside] = [bytes(), bytes()];
  const executable = Uint8Array.from([...bytes(), ...inside, ...bytes()]);
  const changed = inside.with(999, inside[999]! ^ 1);
  const files = new Map([["in", inside], ["out", outside], ["changed", changed]]);
  assert.deepEqual(missingFiles(executable, files), ["out", "changed"]);
});
