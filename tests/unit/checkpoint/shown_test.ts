import assert from "node:assert/strict";
import { shown } from "../../../src/checkpoint/shown.ts";

Deno.test("shown() writes JSON on one line", () => {
  assert.equal(shown("a"), '"a"');
  assert.equal(shown("a\nb\u0000"), String.raw`"a\nb\u0000"`);
  assert.equal(shown([1, null]), "[1,null]");
});

Deno.test("shown() says that there is nothing", () => {
  assert.equal(shown(undefined), "nothing");
});

Deno.test("shown() cuts what is long", () => {
  assert.equal(shown("x".repeat(58)), `"${"x".repeat(58)}"`);
  assert.equal(shown("x".repeat(59)), `"${"x".repeat(59)}...`);
  assert.equal(shown(JSON.parse("[".repeat(99_999) + "]".repeat(99_999))), `${"[".repeat(60)}...`);
});
