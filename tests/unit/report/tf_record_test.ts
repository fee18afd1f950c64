import assert from "node:assert/strict";
import { maskedCrc32c } from "../../../src/report/crc32c.ts";
import { frameRecord } from "../../../src/report/tf_record.ts";

Deno.test("frameRecord() puts length and checksums around the payload", () => {
  const payload = new TextEncoder().encode("some event");
  const record = frameRecord(payload);
  const view = new DataView(record.buffer);
  assert.equal(record.length, 8 + 4 + payload.length + 4);
  assert.equal(view.getBigUint64(0, true), 10n);
  assert.equal(view.getUint32(8, true), maskedCrc32c(record.subarray(0, 8)));
  assert.deepEqual(record.subarray(12, 22), payload);
  assert.equal(view.getUint32(22, true), maskedCrc32c(payload));
});

Deno.test("frameRecord() frames the first record of TensorBoard's own files", () => {
  // The event of wall time 0 with file_version "brain.Event:2", as tensorboard 2.21.0 writes it with RecordWriter.
  const payload = Uint8Array.fromHex("0900000000000000001a0d627261696e2e4576656e743a32");
  assert.equal(
    frameRecord(payload).toHex(),
    "1800000000000000" + "a37f4b22" + payload.toHex() + "eedf28a3",
  );
});
