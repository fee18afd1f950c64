import assert from "node:assert/strict";
import { closestName, didYouMean, editDistance } from "../../src/edit_distance.ts";

Deno.test("editDistance() counts one for each kind of slip", () => {
  // Counted by hand; "kitten" to "sitting" is the textbook example.
  const cases: readonly (readonly [string, string, number])[] = [
    ["mask", "mask", 0],
    ["mask", "masks", 1],
    ["mask", "mak", 1],
    ["mask", "mast", 1],
    ["mask", "maks", 1],
    ["kitten", "sitting", 3],
    ["", "mask", 4],
    ["mask", "", 4],
    // Three and not two: optimal string alignment never edits a swapped pair again.
    ["ca", "abc", 3],
  ];
  for (const [a, b, distance] of cases) assert.equal(editDistance(a, b), distance, `${a} ${b}`);
});

Deno.test("closestName() finds a misspelt name", () => {
  assert.equal(closestName("styel", ["hole", "style", "valid"]), "style");
  assert.equal(closestName("OUTPUT", ["output"]), "output");
  assert.equal(closestName("mask_threshold", ["mask", "mask-threshold"]), "mask-threshold");
});

Deno.test("closestName() finds an abbreviation if it stands for one name only", () => {
  assert.equal(closestName("thresh", ["mask", "mask-threshold"]), "mask-threshold");
  assert.equal(closestName("check", ["checkpoint-every", "report-every"]), "checkpoint-every");
  assert.equal(closestName("every", ["checkpoint-every", "report-every"]), undefined);
});

Deno.test("closestName() leaves what is not near", () => {
  assert.equal(closestName("photo.jpg", ["inpaint", "train"]), undefined);
  assert.equal(closestName("x", ["y", "z"]), undefined);
  assert.equal(closestName("lr", ["learning-rate"]), undefined);
  assert.equal(closestName("mask", []), undefined);
  // Four slips are too many, even in a long name.
  assert.equal(closestName("checkpoint-evXXXX", ["checkpoint-every"]), undefined);
});

Deno.test("didYouMean() ends a message with the near name or with all names", () => {
  assert.equal(didYouMean("styel", ["hole", "style"]), 'did you mean "style"');
  assert.equal(didYouMean("bogus", ["hole", "style"]), 'must be one of "hole", "style"');
});
