import assert from "node:assert/strict";
import { parseSuperresRecord } from "../../../../src/evaluation/superres/parse_superres_record.ts";
import { superresRecordOf } from "./superres_record_of.ts";

Deno.test("parseSuperresRecord() gives back what was written, also without scores", () => {
  for (
    const record of [
      superresRecordOf(),
      superresRecordOf({ psnrY: null, ssimY: null, psnrRgb: null, ssimRgb: null, elapsedMs: null }),
    ]
  ) {
    assert.deepEqual(parseSuperresRecord(JSON.parse(JSON.stringify(record)), "x"), record);
  }
});

Deno.test("parseSuperresRecord() names the first field that is not as it must be", () => {
  const cases = [
    [5, '"line" must be an object'],
    [[superresRecordOf()], '"line" must be an object'],
    [{ ...superresRecordOf(), image: "" }, '"image" must be text'],
    [{ ...superresRecordOf(), method: 3 }, '"method" must be text'],
    [{ ...superresRecordOf(), scale: 2.5 }, '"scale" must be a whole number above 0'],
    [{ ...superresRecordOf(), height: 0 }, '"height" must be a whole number above 0'],
    [{ ...superresRecordOf(), psnrY: "30" }, '"psnrY" must be a number or null'],
    [{ ...superresRecordOf(), elapsedMs: undefined }, '"elapsedMs" must be a number or null'],
    [{ ...superresRecordOf(), isGrey: 0 }, '"isGrey" must be true or false'],
  ] as const;
  for (const [value, message] of cases) {
    assert.throws(() => parseSuperresRecord(value, 'result 1 of "r"'), {
      name: "InputError",
      message: `Cannot read result 1 of "r": ${message}`,
    });
  }
});
