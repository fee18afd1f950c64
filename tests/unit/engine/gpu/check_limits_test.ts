import assert from "node:assert/strict";
import {
  bufferBytes,
  mostBufferBytes,
  mostPictures,
} from "../../../../src/engine/gpu/check_limits.ts";
import { OutOfMemoryError } from "../../../../src/errors.ts";
import { PRESETS } from "../../../../src/model/unet_config.ts";

Deno.test("bufferBytes() is the largest map of a pass", () => {
  // `paper`: 64 channels at half the size, 256² · 64 · 4 bytes; `tiny`: four channels at full size.
  assert.equal(bufferBytes(PRESETS.paper, { height: 512, width: 512 }), 256 * 256 * 64 * 4);
  assert.equal(bufferBytes(PRESETS.tiny, { height: 64, width: 32 }), 64 * 32 * 4 * 4);
  // Six channels take eight: 8 / 4 at half the size is less than 4; with 18 it is 20 / 4.
  const encoder = (channels: number) => [{ kernel: 3, channels }];
  const size = { height: 2, width: 2 };
  assert.equal(bufferBytes({ ...PRESETS.tiny, encoder: encoder(6) }, size), 4 * 4 * 4);
  assert.equal(bufferBytes({ ...PRESETS.tiny, encoder: encoder(18) }, size), 4 * 20);
});

Deno.test("mostPictures() counts what fits together, by the smaller of two limits", () => {
  const size = { height: 16, width: 16 };
  const limits = (maxStorageBufferBindingSize: number, maxBufferSize: number) => ({
    maxStorageBufferBindingSize,
    maxBufferSize,
  });
  assert.equal(mostBufferBytes(limits(10, 20)), 10);
  assert.equal(mostBufferBytes(limits(20, 10)), 10);
  assert.equal(mostPictures(PRESETS.tiny, size, limits(4096, 1e9)), 1);
  assert.equal(mostPictures(PRESETS.tiny, size, limits(1e9, 3 * 4096 - 1)), 2);
  assert.throws(() => mostPictures(PRESETS.tiny, size, limits(4095, 1e9)), (error: Error) => {
    assert.ok(error instanceof OutOfMemoryError);
    assert.match(error.message, /16x16 pixels: a buffer takes 4096 bytes, must be at most 4095/);
    assert.match(error.hint!, /smaller tiles/);
    return true;
  });
});
