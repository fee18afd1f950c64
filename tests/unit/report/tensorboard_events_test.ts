import assert from "node:assert/strict";
import { maskedCrc32c } from "../../../src/report/crc32c.ts";
import {
  encodeTensorboardEvent,
  openTensorboardFile,
  tensorboardFileName,
} from "../../../src/report/tensorboard_events.ts";

/** Payloads of a file; fails if a checksum does not hold. */
function readRecords(file: Uint8Array): string[] {
  const view = new DataView(file.buffer, file.byteOffset);
  const payloads: string[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(view.getBigUint64(at, true));
    const payload = file.subarray(at + 12, at + 12 + length);
    assert.equal(view.getUint32(at + 8, true), maskedCrc32c(file.subarray(at, at + 8)));
    assert.equal(view.getUint32(at + 12 + length, true), maskedCrc32c(payload));
    payloads.push(payload.toHex());
    at += 16 + length;
  }
  return payloads;
}

const hexOf = (text: string) => new TextEncoder().encode(text).toHex();

// Bytes that TensorBoard's own library writes are compared in tests/oracle/tensorboard_events_test.ts.
Deno.test("openTensorboardFile() of a new run holds the version alone", () => {
  const [version, ...rest] = readRecords(openTensorboardFile({ wallSeconds: 1.5, stepsDone: 0 }));
  assert.equal(version, "09000000000000f83f" + "1a0d" + hexOf("brain.Event:2"));
  assert.deepEqual(rest, []);
});

Deno.test("openTensorboardFile() of a resumed run starts a session after the steps done", () => {
  const [, session, ...rest] = readRecords(openTensorboardFile({ wallSeconds: 1.5, stepsDone: 9 }));
  // Field 2: step 10. Field 7: a session log whose status is 1, START.
  assert.equal(session, "09000000000000f83f" + "100a" + "3a020801");
  assert.deepEqual(rest, []);
});

Deno.test("encodeTensorboardEvent() writes scalars and images into one record", () => {
  const payloads = readRecords(encodeTensorboardEvent({
    wallSeconds: 1.5,
    step: 3,
    scalars: { a: 1.5 },
    images: [{ tag: "b", width: 4, height: 5, png: Uint8Array.of(7) }],
  }));
  const scalar = "0a01" + hexOf("a") + "150000c03f";
  // Height 5, width 4, colour space 3 (RGB), one byte.
  const image = "0805" + "1004" + "1803" + "220107";
  const summary = "0a08" + scalar + "0a0e" + "0a01" + hexOf("b") + "2209" + image;
  assert.deepEqual(payloads, ["09000000000000f83f" + "1003" + "2a1a" + summary]);
});

Deno.test("tensorboardFileName() sorts by time, then by step", () => {
  const names = [
    tensorboardFileName({ wallSeconds: 999_999_999.9, stepsDone: 5000 }),
    tensorboardFileName({ wallSeconds: 1_700_000_000.2, stepsDone: 0 }),
    tensorboardFileName({ wallSeconds: 1_700_000_000.9, stepsDone: 900 }),
    tensorboardFileName({ wallSeconds: 1_700_000_000.1, stepsDone: 10_000 }),
  ];
  assert.deepEqual(names.toSorted(), names);
  assert.equal(names[1], "events.out.tfevents.1700000000.pconv.00000000");
});
