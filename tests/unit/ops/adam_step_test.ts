import { adamStep } from "../../../src/ops/adam_step.ts";
import { assertAllClose } from "../../support/assert_all_close.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { forEachBackend } from "../../support/for_each_backend.ts";

forEachBackend("adamStep() computes new moments and parameter", async () => {
  const row = (...data: number[]) => toTensor({ shape: [data.length], data });
  const { parameter, first, second } = await evaluate(() =>
    adamStep({
      parameter: row(1, -2, 0, 3, 5),
      first: row(0, 1, -1, 0, 2),
      second: row(0, 4, 1, 0, 9),
      gradient: row(2, -1, 3, 0, 1),
    }, { beta1: 0.5, beta2: 0.75, rate: 0.1, rootFactor: 2, epsilon: 1 })
  );
  const tolerance = { rtol: 1e-6, atol: 1e-6 };
  // By hand: m' = m/2 + g/2, v' = 3v/4 + g²/4.
  const moments = [[1, 0, 1, 0, 1.5], [1, 3.25, 3, 0, 7]] as const;
  assertAllClose(first, { shape: [5], data: moments[0] }, tolerance, "first");
  assertAllClose(second, { shape: [5], data: moments[1] }, tolerance, "second");
  const expected = [1, -2, 0, 3, 5].map((value, i) =>
    value - 0.1 * moments[0][i]! / (2 * Math.sqrt(moments[1][i]!) + 1)
  );
  assertAllClose(parameter, { shape: [5], data: expected }, tolerance, "parameter");
});
