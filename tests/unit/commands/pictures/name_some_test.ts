import assert from "node:assert/strict";
import { nameSome } from "../../../../src/commands/pictures/name_some.ts";

Deno.test("nameSome() names three and counts the others", () => {
  assert.equal(nameSome(["a"]), '"a"');
  assert.equal(nameSome(["a", 'b"', "c"]), '"a", "b\\"", "c"');
  assert.equal(nameSome(["a", "b", "c", "d", "e"]), '"a", "b", "c" and 2 more');
});
