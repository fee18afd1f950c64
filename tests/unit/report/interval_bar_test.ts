import assert from "node:assert/strict";
import { htmlText } from "../../../src/report/html.ts";
import { intervalBar } from "../../../src/report/interval_bar.ts";

Deno.test("intervalBar() places zero, ends and mean on one axis", () => {
  // From -1 to 3 over 148 units, 6 from the left: 0 at 43, 1 at 80, 2 at 117, 3 at 154.
  const bar = htmlText(intervalBar({ mean: 2, low: 1, high: 3 }, [-1, 3], "method-0"));
  assert.match(bar, /class="forest method-0"/);
  assert.match(bar, /class="zero" d="M43 0V18"/);
  assert.match(bar, /class="whisker" d="M80 9H154M80 6v6M154 6v6"/);
  assert.match(bar, /<circle cx="117" cy="9"/);
});

Deno.test("intervalBar() of a single value has no whisker, and no width does no harm", () => {
  const bar = htmlText(intervalBar({ mean: 0, low: null, high: null }, [0, 0], "unclear"));
  assert.doesNotMatch(bar, /whisker|NaN/);
  assert.match(bar, /<circle cx="6"/);
});
