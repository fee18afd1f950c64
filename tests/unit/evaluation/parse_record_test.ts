import assert from "node:assert/strict";
import { parseRecord } from "../../../src/evaluation/parse_record.ts";
import { evalRecord, pictureScores } from "./records.ts";

Deno.test("parseRecord() takes what was written, through JSON", () => {
  const scores = { composite: pictureScores(null), hole: pictureScores(3), raw: pictureScores(4) };
  for (
    const record of [
      evalRecord(),
      evalRecord({ scores, bin: "below", border: "B", elapsedMs: null }),
    ]
  ) {
    assert.deepEqual(parseRecord(JSON.parse(JSON.stringify(record)), "line 1"), record);
  }
});

Deno.test("parseRecord() names the first field that is wrong", () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [[], '"line" must be an object'],
    [null, '"line" must be an object'],
    [{ ...evalRecord(), pair: 0.5 }, '"pair" must be a whole number'],
    [{ ...evalRecord(), method: "" }, '"method" must be text'],
    [{ ...evalRecord(), ratio: "0.5" }, '"ratio" must be a number'],
    [{ ...evalRecord(), bin: 6 }, '"bin" must be 0 to 5, "below" or "above"'],
    [{ ...evalRecord(), border: "both" }, '"border" must be "N" or "B"'],
    [{ ...evalRecord(), elapsedMs: "1" }, '"elapsedMs" must be a number or null'],
    [{ ...evalRecord(), lpips: null }, '"lpips" must be a number'],
    [{ ...evalRecord(), posterior: 5 }, '"posterior" must be text'],
    [{ ...evalRecord(), remarks: "grey" }, '"remarks" must be a list of texts'],
    [
      { ...evalRecord(), presets: { lama: { values: {} } } },
      '"presets" must be an object of measures',
    ],
    [{ ...evalRecord(), scores: {} }, '"scores.composite" must be an object'],
    [
      {
        ...evalRecord(),
        scores: { composite: pictureScores(1), hole: { ...pictureScores(1), psnr: "x" } },
      },
      '"scores.hole.psnr" must be a number or null',
    ],
  ];
  for (const [value, message] of cases) {
    assert.throws(() => parseRecord(value, "line 1"), {
      name: "InputError",
      message: `Cannot read line 1: ${message}`,
    });
  }
});
