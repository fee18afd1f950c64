import assert from "node:assert/strict";
import { PAGE_STYLE } from "../../../src/report/page_style.ts";

Deno.test("PAGE_STYLE loads nothing and cannot end its element", () => {
  assert.equal(/url\(|@import|<\//.test(PAGE_STYLE), false);
});

Deno.test("PAGE_STYLE closes every brace", () => {
  let depth = 0;
  for (const sign of PAGE_STYLE.match(/[{}]/g)!) {
    depth += sign === "{" ? 1 : -1;
    assert.ok(depth >= 0);
  }
  assert.equal(depth, 0);
});

Deno.test("PAGE_STYLE defines every colour it uses, light and dark", () => {
  const used = new Set([...PAGE_STYLE.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name!));
  used.delete("--tone"); // set by a class
  for (const name of used) {
    const definitions = PAGE_STYLE.match(new RegExp(`${name}:`, "g")) ?? [];
    assert.equal(definitions.length, 2, name);
  }
});
