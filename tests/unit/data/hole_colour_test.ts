import assert from "node:assert/strict";
import { findColour, readHexColour } from "../../../src/data/hole_colour.ts";

Deno.test("readHexColour() takes three or six digits, with # or without", () => {
  for (const text of ["#ff00ff", "ff00ff", "#F0F", "f0f", "FF00ff"]) {
    assert.deepEqual(readHexColour(text), [255, 0, 255], text);
  }
  assert.deepEqual(readHexColour("#12ab3"), undefined);
  assert.deepEqual(readHexColour("#1a2b3c"), [26, 43, 60]);
  for (const text of ["", "#", "magenta", "#ff00ff00", "##f0f", "0xff00ff", "f0f "]) {
    assert.equal(readHexColour(text), undefined, text);
  }
});

Deno.test("findColour() compares every channel, and transparency not at all", () => {
  const rgba = Uint8ClampedArray.of(
    ...[255, 0, 255, 255],
    ...[255, 0, 255, 0],
    ...[250, 5, 250, 255],
    ...[249, 0, 255, 255],
    ...[255, 6, 255, 255],
    ...[255, 0, 249, 255],
  );
  assert.deepEqual([...findColour(rgba, [255, 0, 255], 0)], [1, 1, 0, 0, 0, 0]);
  assert.deepEqual([...findColour(rgba, [255, 0, 255], 5)], [1, 1, 1, 0, 0, 0]);
  assert.deepEqual([...findColour(rgba, [255, 0, 255], 6)], [1, 1, 1, 1, 1, 1]);
});
