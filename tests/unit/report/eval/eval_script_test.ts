import assert from "node:assert/strict";
import { EVAL_SCRIPT } from "../../../../src/report/eval/eval_script.ts";

// What the script does is tested in a browser, in eval_page_in_browser_test.ts.
Deno.test("EVAL_SCRIPT is a script that cannot end its element", () => {
  assert.doesNotThrow(() => new Function(EVAL_SCRIPT));
  assert.equal(EVAL_SCRIPT.includes("</"), false);
});

Deno.test("EVAL_SCRIPT never turns text into markup and fetches nothing", () => {
  assert.equal(
    /innerHTML|outerHTML|insertAdjacent|document\.write|fetch|https?:|import\(/.test(EVAL_SCRIPT),
    false,
  );
});
