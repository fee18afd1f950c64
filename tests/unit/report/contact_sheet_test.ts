import assert from "node:assert/strict";
import {
  CONTACT_TILE,
  contactThumbnail,
  type ContactTile,
  drawContactSheet,
} from "../../../src/report/contact_sheet.ts";

/** A white picture. */
function tile(width: number, height: number, ...faults: readonly string[]): ContactTile {
  const rgb255 = new Uint8Array(width * height * 3).fill(255);
  return { name: "a", label: "b", faults, pixels: { width, height, rgb255 } };
}

function colours(rgba: Uint8ClampedArray): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i < rgba.length; i += 4) found.add(rgba.subarray(i, i + 4).join());
  return found;
}

Deno.test("contactThumbnail() averages down to a tile and leaves small pictures", () => {
  const { pixels } = tile(300, 200);
  const small = contactThumbnail(pixels);
  assert.deepEqual([small.width, small.height], [100, 67]);
  assert.ok(small.rgb255.every((value) => value === 255));
  const kept = tile(CONTACT_TILE, 5).pixels;
  assert.equal(contactThumbnail(kept), kept);
});

Deno.test("drawContactSheet() lays tiles out in a square, each on the floor of its cell", () => {
  const size = (count: number) => {
    const { width, height } = drawContactSheet(Array.from({ length: count }, () => tile(4, 4)));
    return [width, height];
  };
  const [one, four] = [size(1), size(4)];
  // A second row and column of cells: 160 + 12 wide, 128 + 12 + 2 * 12 high.
  assert.deepEqual([four[0]! - one[0]!, four[1]! - one[1]!], [172, 164]);
  assert.deepEqual(size(3), four);
  const { width, rgba } = drawContactSheet([tile(4, 2)]);
  const at = (x: number, y: number) => rgba[(y * width + x) * 4];
  assert.deepEqual([at(16, 16 + 126), at(19, 16 + 127)], [255, 255]);
  assert.notEqual(at(16, 16 + 125), 255);
  assert.notEqual(at(20, 16 + 127), 255);
  assert.ok(rgba.every((value, i) => i % 4 !== 3 || value === 255));
});

Deno.test("drawContactSheet() draws faults in another colour", () => {
  const plain = colours(drawContactSheet([tile(1, 1)]).rgba);
  const faulty = colours(drawContactSheet([tile(1, 1, "soft")]).rgba);
  assert.equal(plain.size, 4);
  assert.equal([...faulty].filter((colour) => !plain.has(colour)).length, 1);
});

Deno.test("drawContactSheet() refuses nothing and pictures that are too large", () => {
  assert.throws(() => drawContactSheet([]), {
    message: "Cannot draw a contact sheet: there are no tiles",
  });
  assert.throws(() => drawContactSheet([tile(129, 1)]), {
    message: 'Cannot draw "a": it is 129x1, must be at most 128 a side',
  });
});

Deno.test("drawContactSheet() gives faults as many lines as they need, in every row", () => {
  const height = (...tiles: readonly ContactTile[]) => drawContactSheet(tiles).height;
  const [plain, oneRow] = [tile(1, 1), height(tile(1, 1))];
  // 26 characters of 6 pixels fit a line.
  const one = tile(1, 1, "soft", "polarity", "ambiguous");
  const two = tile(1, 1, "one-colour", "polarity", "ambiguous");
  assert.equal(height(one) - oneRow, 12);
  assert.equal(height(two) - oneRow, 24);
  assert.equal(height(plain, one, two, plain) - height(plain, plain, plain, plain), 2 * 24);
});
