import assert from "node:assert/strict";
import { scoreDefinitions } from "../../../src/evaluation/definitions.ts";
import { summarise } from "../../../src/evaluation/summarise.ts";
import { evalRecord } from "./records.ts";

const definitions = (record = evalRecord()) =>
  scoreDefinitions(summarise([record], { methods: ["pconv"] })).join("\n");

Deno.test("scoreDefinitions() defines the scores that a table has, and no others", () => {
  const plain = definitions();
  assert.match(plain, /^Results are 8-bit RGB/);
  assert.match(plain, /PSNR: 10 · log10\(255² \/ MSE\)/);
  assert.doesNotMatch(plain, /LPIPS|Divergence|Inception|Dilation/);
  assert.match(definitions(evalRecord({ lpips: 0.1 })), /LPIPS: Zhang et al\. 2018/);
  const judged = definitions(evalRecord({ divergence: 0.1 }));
  assert.match(judged, /paper's IScore .* formula is not given/s);
  assert.match(definitions(evalRecord({ dilate: 5 })), /Dilation: holes grow by a square/);
});
