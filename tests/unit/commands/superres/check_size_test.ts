import assert from "node:assert/strict";
import { checkSize, type Enlargement } from "../../../../src/commands/superres/check_size.ts";

const check = (change: Partial<Enlargement>) =>
  checkSize({ name: "a.png", width: 100, height: 50, scale: 4, format: "png", ...change });

Deno.test("checkSize() lets pass what fits", () => {
  check({});
  check({ width: 1, height: 5000, scale: 8 });
  // 13341² · 1 = 177,982,281 pixels, at 1 time; 6670² · 4 = 177,955,600.
  check({ width: 6670, height: 6670, scale: 2 });
  check({ width: 16383, height: 1, scale: 4, format: "jpeg" });
  check({ width: 2047, height: 1, scale: 8, format: "webp" });
});

Deno.test("checkSize() refuses too many pixels and names the largest scale", () => {
  // sqrt(178e6 / (12000 · 8000)) = 1.36 and sqrt(178e6 / (2000 · 1500)) = 7.7.
  assert.throws(() => check({ width: 12000, height: 8000, scale: 8 }), {
    name: "InputError",
    message: 'Cannot enlarge "a.png" 8 times: 96000x64000 is 6144000000 pixels, ' +
      "must be at most 178000000",
    hint: "The largest scale for it is 1",
  });
  assert.throws(() => check({ width: 2000, height: 1500, scale: 8 }), {
    message: 'Cannot enlarge "a.png" 8 times: 16000x12000 is 192000000 pixels, ' +
      "must be at most 178000000",
    hint: "The largest scale for it is 7",
  });
  // As WebP 16383 / 4000 = 4.1, by pixels 178e6 / 6e6 = 29.7, so 5.
  assert.throws(() => check({ width: 4000, height: 1500, scale: 6, format: "webp" }), {
    hint: "The largest scale for it is 4",
  });
  assert.throws(() => check({ width: 6671, height: 6671, scale: 2 }), {
    hint: "The largest scale for it is 1",
  });
});

Deno.test("checkSize() refuses a side that the format cannot state", () => {
  assert.throws(() => check({ width: 10, height: 9000, scale: 8, format: "jpeg" }), {
    name: "InputError",
    message: 'Cannot enlarge "a.png" 8 times: as JPEG no side of 80x72000 may exceed 65535 pixels',
    hint: "The largest scale for it is 7; PNG has no such limit",
  });
  assert.throws(() => check({ width: 9000, height: 10, scale: 2, format: "webp" }), {
    message: 'Cannot enlarge "a.png" 2 times: as WebP no side of 18000x20 may exceed 16383 pixels',
    hint: "The largest scale for it is 1; PNG has no such limit",
  });
});
