import assert from "node:assert/strict";
import { checkHoleRatio } from "../../../src/commands/hole_ratio.ts";
import { UsageError } from "../../../src/errors.ts";

Deno.test("checkHoleRatio() wants some pixel hole and some pixel known", () => {
  checkHoleRatio("--ratio", [0, 0.001]);
  checkHoleRatio("--ratio", [0.5, 0.999]);
  for (const high of [0, 1]) {
    assert.throws(
      () => checkHoleRatio("--ratio", [0, high]),
      new UsageError(
        `Cannot use --ratio 0,${high}: the upper bound is ${high}, must be above 0 and below 1`,
      ),
    );
  }
});
