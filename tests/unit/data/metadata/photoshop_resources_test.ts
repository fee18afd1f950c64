import assert from "node:assert/strict";
import { joinBytes, latin1Bytes } from "../../../../src/data/metadata/join_bytes.ts";
import { withoutPhotoshopThumbnails } from "../../../../src/data/metadata/photoshop_resources.ts";
import { PHOTOSHOP } from "./picture_files.ts";

function resource(id: number, name: string, data: number[]): Uint8Array {
  const padding = (length: number) => new Uint8Array(length % 2);
  return joinBytes([
    latin1Bytes("8BIM"),
    [id >> 8, id & 255, name.length],
    latin1Bytes(name),
    padding(name.length + 1),
    [0, 0, 0, data.length],
    data,
    padding(data.length),
  ]);
}

Deno.test("withoutPhotoshopThumbnails() takes resources 1033 and 1036 out, odd lengths and names too", () => {
  const kept = [resource(1028, "", [1, 2, 3]), resource(1005, "abc", [4]), resource(1, "ab", [])];
  const all = [
    kept[0]!,
    resource(1036, "", [7, 7, 7]),
    kept[1]!,
    resource(1033, "x", [8]),
    kept[2]!,
  ];
  assert.deepEqual(withoutPhotoshopThumbnails(joinBytes(all)), joinBytes(kept));
  assert.deepEqual(withoutPhotoshopThumbnails(PHOTOSHOP), PHOTOSHOP);
});

Deno.test("withoutPhotoshopThumbnails() drops what stands behind damage", () => {
  const first = resource(1028, "", [1, 2]);
  const damaged = joinBytes([first, latin1Bytes("8BIX"), first]);
  assert.deepEqual(withoutPhotoshopThumbnails(damaged), first);
  const cut = joinBytes([first, resource(1005, "", [1, 2, 3, 4]).subarray(0, -1)]);
  assert.deepEqual(withoutPhotoshopThumbnails(cut), first);
  assert.deepEqual(withoutPhotoshopThumbnails(new Uint8Array()), new Uint8Array());
});
