import assert from "node:assert/strict";
import { openTiff } from "../../../../src/data/tiff/tiff_directory.ts";
import { tiffStart } from "../../../../src/data/tiff/tiff_metadata.ts";
import {
  layOutTiffTree,
  readTiffTree,
  type TiffTree,
} from "../../../../src/data/tiff/tiff_tree.ts";

const text = (tag: number, value: string) => {
  const bytes = new TextEncoder().encode(value);
  return { tag, type: 2, count: bytes.length, bytes };
};

/** Out of order, with odd lengths, values in place and behind, and two levels of children. */
const TREE: TiffTree = {
  fields: [text(305, "program\0"), text(271, "A\0")],
  children: new Map([[34665, {
    fields: [text(37510, "a comment of 25 bytes....")],
    children: new Map([[40965, { fields: [text(1, "R98\0")], children: new Map() }]]),
  }]]),
};

for (const little of [true, false]) {
  Deno.test(`layOutTiffTree() and readTiffTree() are inverse, ${little ? "II" : "MM"}`, () => {
    const body = layOutTiffTree(TREE, { little, start: 8 });
    assert.equal(body.length % 2, 0);
    const file = Uint8Array.from([...tiffStart(little, 8), ...body]);
    const back = readTiffTree(openTiff(file), 8);
    assert.deepEqual(back.fields.map(({ tag }) => tag), [271, 305]); // TIFF wants them sorted
    assert.deepEqual(plain(back), plain(TREE));
  });
}

Deno.test("readTiffTree() leaves out children that lead nowhere or round in circles", () => {
  const little = true;
  const body = layOutTiffTree(TREE, { little, start: 8 });
  const file = Uint8Array.from([...tiffStart(little, 8), ...body]);
  const view = new DataView(file.buffer);
  const pointer = 8 + 2 + 2 * 12 + 8; // of the third entry, 34665
  view.setUint32(pointer, 1e6, little);
  assert.equal(readTiffTree(openTiff(file), 8).children.size, 0);
  view.setUint32(pointer, 8, little); // itself
  assert.equal(readTiffTree(openTiff(file), 8).fields.length, 2);
});

/** A tree as nested lists, in order of tags. */
function plain({ fields, children }: TiffTree): unknown {
  const values = fields.map(({ tag, type, count, bytes }) =>
    [tag, type, count, [...bytes]] as const
  );
  return [
    [...values].sort((a, b) => a[0] - b[0]),
    [...children].map(([tag, child]) => [tag, plain(child)]),
  ];
}
