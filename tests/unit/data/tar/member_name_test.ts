import assert from "node:assert/strict";
import { findUnsafeName } from "../../../../src/data/tar/member_name.ts";

Deno.test("findUnsafeName() refuses what leaves the folder on any system", () => {
  for (
    const name of ["/a", "\\a", "C:\\a", "c:a", "../a", "a/../../b", "a\\..\\b", "..", "", "."]
  ) {
    assert.notEqual(findUnsafeName(name), undefined, name);
  }
  assert.equal(findUnsafeName("a\0b"), "its name has control characters");
  assert.equal(findUnsafeName("a\nb"), "its name has control characters");
  for (const name of ["a.png", "a/b..c/..d.png", "ä ö/日本.png", "-rf", "ab:c.png"]) {
    assert.equal(findUnsafeName(name), undefined, name);
  }
});
