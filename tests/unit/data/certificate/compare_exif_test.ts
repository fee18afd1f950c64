import assert from "node:assert/strict";
import { compareExif } from "../../../../src/data/certificate/compare_exif.ts";
import { tiffStart } from "../../../../src/data/tiff/tiff_metadata.ts";
import { layOutTiffTree } from "../../../../src/data/tiff/tiff_tree.ts";

interface Facts {
  readonly maker?: string;
  readonly orientation?: number;
  readonly width?: number;
  readonly exposure?: number;
  readonly latitude?: string;
}

/** A block in one of the byte orders. */
function exif(facts: Facts, little = true): Uint8Array {
  const number = (tag: number, type: 3 | 4 | 5, ...values: number[]) => {
    const size = type === 3 ? 2 : 4;
    const bytes = new Uint8Array(values.length * size);
    const view = new DataView(bytes.buffer);
    for (const [i, value] of values.entries()) {
      if (type === 3) view.setUint16(2 * i, value, little);
      else view.setUint32(4 * i, value, little);
    }
    return { tag, type, count: type === 5 ? values.length / 2 : values.length, bytes };
  };
  const text = (tag: number, value: string) => {
    const bytes = new TextEncoder().encode(`${value}\0`);
    return { tag, type: 2, count: bytes.length, bytes };
  };
  const { maker = "Maker", orientation = 1, width = 100, exposure = 50, latitude = "N" } = facts;
  const leaf = (...fields: ReturnType<typeof text>[]) => ({ fields, children: new Map() });
  const tree = {
    fields: [text(271, maker), number(274, 3, orientation)],
    children: new Map([
      [34665, leaf(number(33434, 5, 1, exposure), number(40962, 4, width))],
      ...latitude === "" ? [] : [[34853, leaf(text(1, latitude))] as const],
    ]),
  };
  return Uint8Array.from([...tiffStart(little, 8), ...layOutTiffTree(tree, { little, start: 8 })]);
}

const same = { lost: [], changed: [] };

Deno.test("compareExif() finds equal blocks equal, in another byte order too", () => {
  assert.deepEqual(compareExif(exif({}), exif({})), same);
  assert.deepEqual(compareExif(exif({}, true), exif({}, false)), same);
});

Deno.test("compareExif() leaves orientation and size in pixels free", () => {
  assert.deepEqual(compareExif(exif({ orientation: 6, width: 100 }), exif({ width: 200 })), same);
});

Deno.test("compareExif() names what changed and what is gone, in every directory", () => {
  assert.deepEqual(compareExif(exif({}), exif({ maker: "maker" })), {
    lost: [],
    changed: ["Exif tag 271"],
  });
  assert.deepEqual(compareExif(exif({}), exif({ exposure: 51 }, false)), {
    lost: [],
    changed: ["Exif tag 33434"],
  });
  assert.deepEqual(compareExif(exif({}), exif({ latitude: "S" })), {
    lost: [],
    changed: ["Exif GPS tag 1"],
  });
  assert.deepEqual(compareExif(exif({}), exif({ latitude: "" })), {
    lost: ["Exif GPS tag 1"],
    changed: [],
  });
});

Deno.test("compareExif() takes a damaged block as empty", () => {
  assert.deepEqual(compareExif(new Uint8Array(3), exif({})), same);
  assert.equal(compareExif(exif({}), new Uint8Array(3)).lost.length, 3);
});
