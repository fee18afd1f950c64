import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { listFingerprint } from "../../../src/checkpoint/list_fingerprint.ts";

Deno.test("listFingerprint() hashes the sorted names, wherever the folder lies", () => {
  const sha256 = createHash("sha256").update("a.png\nmore/b.png\n").digest("hex");
  const expected = { count: 2, sha256 };
  assert.deepEqual(listFingerprint("photos", ["photos/a.png", "photos/more/b.png"]), expected);
  assert.deepEqual(listFingerprint("/x/y", ["/x/y/more/b.png", "/x/y/a.png"]), expected);
});

Deno.test("listFingerprint() tells lists of the same length apart", () => {
  const [a, b] = ["a", "b"].map((name) => listFingerprint("d", [`d/${name}.png`]));
  assert.equal(a!.count, b!.count);
  assert.notEqual(a!.sha256, b!.sha256);
});
