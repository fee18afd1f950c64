import assert from "node:assert/strict";
import { FIRST_ROWS, RUN_SCRIPT } from "../../../../src/report/run/run_script.ts";

// What the script does is tested in a browser, in run_page_in_browser_test.ts.
Deno.test("RUN_SCRIPT is a script that cannot end its element", () => {
  assert.doesNotThrow(() => new Function(RUN_SCRIPT));
  assert.equal(RUN_SCRIPT.includes("</"), false);
  assert.ok(RUN_SCRIPT.includes(`let most = ${FIRST_ROWS};`));
});

Deno.test("RUN_SCRIPT never turns text into markup and fetches nothing", () => {
  assert.equal(
    /innerHTML|outerHTML|insertAdjacent|document\.write|fetch|https?:|import\(/.test(RUN_SCRIPT),
    false,
  );
});
