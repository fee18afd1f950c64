import assert from "node:assert/strict";
import { PAGE_SCRIPT } from "../../../src/report/page_script.ts";

// What the script does is tested in a browser, in report_in_browser_test.ts.
Deno.test("PAGE_SCRIPT is a script that cannot end its element", () => {
  assert.doesNotThrow(() => new Function(PAGE_SCRIPT));
  assert.equal(PAGE_SCRIPT.includes("</"), false);
});

Deno.test("PAGE_SCRIPT never turns text into markup and fetches nothing", () => {
  assert.equal(
    /innerHTML|outerHTML|insertAdjacent|document\.write|fetch|https?:(?!\/\/www\.w3\.org)|import\(/
      .test(PAGE_SCRIPT),
    false,
  );
});
