import assert from "node:assert/strict";
import {
  countStatuses,
  countText,
  isDoneNow,
  shownRatio,
  statusClass,
  STATUSES,
} from "../../../../src/report/run/status_words.ts";

Deno.test("countStatuses() counts those that occur, failures first", () => {
  const rows = (["filled", "done before", "failed", "filled"] as const).map((status) => ({
    status,
  }));
  assert.deepEqual([...countStatuses(rows)], [["failed", 1], ["filled", 2], ["done before", 1]]);
  assert.equal(countStatuses([]).size, 0);
});

Deno.test("statusClass() gives each status a class of one word", () => {
  const classes = STATUSES.map(statusClass);
  assert.equal(new Set(classes).size, STATUSES.length);
  for (const name of classes) assert.match(name, /^[a-z-]+$/);
});

Deno.test("isDoneNow() leaves out failures and what was done before", () => {
  assert.deepEqual(STATUSES.filter((status) => isDoneNow({ status })), [
    "filled",
    "enlarged",
    "unchanged",
    "copied",
  ]);
});

Deno.test("countText() minds the plural", () => {
  assert.equal(countText(1, "picture"), "1 picture");
  assert.equal(countText(12_345, "picture"), "12,345 pictures");
  assert.equal(countText(2, "other is", "others are"), "2 others are");
});

Deno.test("shownRatio() says nothing of an enlargement that had no mask", () => {
  assert.equal(shownRatio({ status: "enlarged", holeRatio: 0 }), undefined);
  assert.equal(shownRatio({ status: "enlarged", holeRatio: 0.1 }), 0.1);
  assert.equal(shownRatio({ status: "unchanged", holeRatio: 0 }), 0);
  assert.equal(shownRatio({ status: "failed" }), undefined);
});
