import assert from "node:assert/strict";
import { superresCsv } from "../../../../src/report/superres/superres_csv.ts";
import { superresTable } from "./superres_records.ts";

Deno.test("superresCsv() has a line a scale, method and score, with all digits", () => {
  const lines = superresCsv(superresTable()).split("\r\n");
  assert.equal(lines[0], "scale,method,images,score,value,low,high,deviation,count");
  assert.deepEqual(lines.slice(1, 5), [
    "2,superres,14,psnrY,30.111,29.611,30.611,1,14",
    "2,superres,14,ssimY,0.9,0.89,0.91,1,14",
    "2,superres,14,medianMs,40,,,,14",
    "2,superres,14,psnrY-bicubic,-0.289,-0.4,-0.1,,14",
  ]);
  assert.ok(lines.includes("2,their,13,psnrY-bicubic,0.6,,,,1"));
  assert.ok(!lines.some((line) => /^2,their,13,medianMs/.test(line)));
  assert.equal(lines.at(-1), "");
  // Five rows of two scores, four times, two differences.
  assert.equal(lines.length, 1 + 10 + 4 + 2 + 1);
});
