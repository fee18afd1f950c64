import assert from "node:assert/strict";
import { PAGE_STYLE } from "../../../../src/report/page_style.ts";
import { RUN_STYLE } from "../../../../src/report/run/run_style.ts";
import { STATUSES } from "../../../../src/report/run/status_words.ts";

Deno.test("RUN_STYLE loads nothing, cannot end its element and closes every brace", () => {
  assert.equal(/url\(|@import|<\//.test(RUN_STYLE), false);
  let depth = 0;
  for (const sign of RUN_STYLE.match(/[{}]/g)!) {
    depth += sign === "{" ? 1 : -1;
    assert.ok(depth >= 0);
  }
  assert.equal(depth, 0);
});

Deno.test("RUN_STYLE uses no colour that is not defined, light and dark", () => {
  for (const [, name] of RUN_STYLE.matchAll(/var\((--[\w-]+)\)/g)) {
    assert.equal(PAGE_STYLE.match(new RegExp(`${name}:`, "g"))?.length, 2, name);
  }
});

Deno.test("RUN_STYLE names no status that there is not", () => {
  for (const [, name] of RUN_STYLE.matchAll(/\.status\.([\w-]+)/g)) {
    assert.ok(STATUSES.some((status) => status === name), name);
  }
});
