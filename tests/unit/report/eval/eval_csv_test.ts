import assert from "node:assert/strict";
import { evalCsv } from "../../../../src/report/eval/eval_csv.ts";
import { estimate, evalRow } from "./records.ts";

Deno.test("evalCsv() writes a line a score, with all digits, as RFC 4180 has it", () => {
  const rows = [
    evalRow({
      method: 'say "hi", twice',
      scores: {
        "composite.psnr": estimate(30.123456789012345, { low: null, high: null, deviation: null }),
        lpips: estimate(0.1, { low: 0.05, high: 1e-7 }),
      },
    }),
    evalRow({ bin: "all", border: "N", dilate: 5, identical: 1, medianMs: null }),
  ];
  assert.equal(
    evalCsv({ methods: [], dilations: [], rows }),
    [
      "dilate,bin,border,method,pairs,identical,score,value,low,high,deviation,count",
      // The double nearest to 30.123456789012345 has this shortest form.
      '0,"(0.01, 0.1]",both,"say ""hi"", twice",4,0,composite.psnr,30.123456789012344,,,,4',
      '0,"(0.01, 0.1]",both,"say ""hi"", twice",4,0,lpips,0.1,0.05,1e-7,2,4',
      '0,"(0.01, 0.1]",both,"say ""hi"", twice",4,0,medianMs,12.5,,,,4',
      "5,all,N,pconv,4,1,composite.psnr,30,29,31,2,4",
      "",
    ].join("\r\n"),
  );
});
