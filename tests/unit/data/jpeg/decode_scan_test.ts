import assert from "node:assert/strict";
import { type CodedScan, decodeScan } from "../../../../src/data/jpeg/decode_scan.ts";
import { makeHuffmanLookup } from "../../../../src/data/jpeg/scan_bits.ts";
import { InputError } from "../../../../src/errors.ts";

/** 0 is nothing or the end, 10 is a bit. */
const TABLE = makeHuffmanLookup(
  Uint8Array.from({ length: 16 }, (_, i) => +(i < 2)),
  Uint8Array.of(0, 1),
);
const SIZE = { width: 32, height: 8, largestH: 1, largestV: 1 };

/** Four grey blocks in a row whose means grow by one each; two to a stretch. */
function scanOf(changes: Partial<CodedScan> = {}): CodedScan {
  const coefficients = new Int16Array(4 * 64);
  const component = {
    ...{ id: 1, h: 1, v: 1, blocksWide: 4, blocksHigh: 1, coefficients },
    quantTable: new Uint16Array(64).fill(1),
  };
  // A block is 10 1 0.
  const data = new Uint8Array(300);
  data.set([0b10101010, 0b10101010]);
  return {
    components: [{ component, dc: TABLE, ac: TABLE }],
    ...{ isProgressive: false, isRefinement: false, from: 0, to: 63, low: 0 },
    restartInterval: 2,
    data: { data, ends: [1, 2], end: 2 },
    ...changes,
  };
}

const means = ({ components }: CodedScan) =>
  [0, 1, 2, 3].map((block) => components[0]!.component.coefficients[64 * block]);

Deno.test("decodeScan() begins anew at restart markers", () => {
  const scan = scanOf();
  decodeScan(scan, SIZE);
  assert.deepEqual(means(scan), [1, 2, 1, 2]);
  const { data } = scan.data;
  const whole = scanOf({ restartInterval: 0, data: { data, ends: [2], end: 2 } });
  decodeScan(whole, SIZE);
  assert.deepEqual(means(whole), [1, 2, 3, 4]);
});

Deno.test("decodeScan() refuses stretches that are missing or too short, and missing tables", () => {
  const { data } = scanOf().data;
  const refused = (changes: Partial<CodedScan>, message: RegExp) =>
    assert.throws(() => decodeScan(scanOf(changes), SIZE), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  refused({ data: { data, ends: [2], end: 2 } }, /ends too early/);
  refused({ data: { data, ends: [0, 2], end: 2 } }, /ends too early/);
  const [first] = scanOf().components;
  refused({ components: [{ ...first!, dc: undefined }] }, /table is missing/);
  refused({ components: [{ ...first!, ac: undefined }] }, /table is missing/);
  const band = { isProgressive: true, from: 1, components: [{ ...first!, ac: undefined }] };
  refused(band, /table is missing/);
});
