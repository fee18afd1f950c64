import assert from "node:assert/strict";
import { ByteCursor } from "../../../../src/checkpoint/import/byte_cursor.ts";
import { refuseWeights } from "../../../../src/checkpoint/import/refusal.ts";
import { bytesOf, littleEndian } from "../../../support/foreign_bytes.ts";

const refuse = refuseWeights("a.pth");

Deno.test("ByteCursor reads numbers, bytes and lines one after the other", () => {
  const float = new Uint8Array(8);
  new DataView(float.buffer).setFloat64(0, -2.5);
  const bytes = bytesOf(
    200,
    littleEndian(40_000, 2),
    littleEndian(3_000_000_000, 4),
    littleEndian(-7, 4),
    littleEndian(2 ** 40, 8),
    float,
    "Grü\n",
    "ab",
  );
  const cursor = new ByteCursor(bytes, refuse);
  assert.deepEqual(
    [cursor.u8(), cursor.u16(), cursor.u32(), cursor.i32(), cursor.u64(), cursor.f64BigEndian()],
    [200, 40_000, 3_000_000_000, -7, 2 ** 40, -2.5],
  );
  assert.equal(cursor.line(), "Grü");
  assert.equal(cursor.at, bytes.length - 2);
  assert.deepEqual([...cursor.take(2)], [97, 98]);
});

Deno.test("ByteCursor reads a view that begins inside its buffer, from any place", () => {
  const cursor = new ByteCursor(new Uint8Array([9, 9, 1, 2, 3]).subarray(2), refuse, 1);
  assert.equal(cursor.u16(), 2 + 256 * 3);
});

Deno.test("ByteCursor refuses to read beyond the end, and sizes that no file has", () => {
  const ends =
    /^WeightsError: Cannot read weights "a\.pth": file ends at byte 3, must have 4 or more$/;
  assert.throws(() => new ByteCursor(new Uint8Array(3), refuse).u32(), (e) => ends.test(String(e)));
  assert.throws(() => new ByteCursor(new Uint8Array(3), refuse, 9).u8(), /file ends at byte 3/);
  assert.throws(() => new ByteCursor(new Uint8Array(3), refuse).take(1e12), /file ends at byte 3/);
  assert.throws(() => new ByteCursor(new Uint8Array(3), refuse).line(), /ends inside a line/);
  assert.throws(() => new ByteCursor(new Uint8Array(8).fill(255), refuse).u64(), /size 1844\d+/);
});
