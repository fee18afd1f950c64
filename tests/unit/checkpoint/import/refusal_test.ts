import assert from "node:assert/strict";
import { refuseWeights } from "../../../../src/checkpoint/import/refusal.ts";
import { WeightsError } from "../../../../src/errors.ts";

Deno.test("refuseWeights() names the file, and keeps cause and hint", () => {
  const cause = new Error("inner");
  assert.throws(
    () => refuseWeights("a.pth")("it is empty", { cause, hint: "Fetch it again" }),
    (error) =>
      error instanceof WeightsError && error.cause === cause && error.hint === "Fetch it again" &&
      error.message === 'Cannot read weights "a.pth": it is empty',
  );
});
