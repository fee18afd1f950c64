import { gramMatrix } from "../../../src/ops/gram_matrix.ts";
import { assertAllClose, type Values } from "../../support/assert_all_close.ts";
import { checkGradient } from "../../support/check_gradient.ts";
import { evaluate, toTensor } from "../../support/evaluate.ts";
import { cpuTest, forEachBackend } from "../../support/for_each_backend.ts";
import { formulaTensor } from "../../support/formula_tensor.ts";

forEachBackend("gramMatrix() divides the products of channels by c·h·w, once", async () => {
  // By hand: channels (1, 2, 3) and (0, 1, 1) of a 1x3 image; 2 channels x 3 pixels = 6.
  const features = { shape: [1, 1, 3, 2], data: [1, 0, 2, 1, 3, 1] };
  const { gram } = await evaluate(() => ({ gram: gramMatrix(toTensor(features)) }));
  assertAllClose(gram, { shape: [1, 2, 2], data: [14 / 6, 5 / 6, 5 / 6, 2 / 6] }, {
    rtol: 1e-6,
    atol: 0,
  });
});

cpuTest("gramMatrix() treats images apart", async () => {
  const one = formulaTensor([1, 3, 2, 4]);
  const other = formulaTensor([1, 3, 2, 4], { phase: 1 });
  const both = { shape: [2, 3, 2, 4], data: joined(one, other) };
  const { a, b, ab } = await evaluate(() => ({
    a: gramMatrix(toTensor(one)),
    b: gramMatrix(toTensor(other)),
    ab: gramMatrix(toTensor(both)),
  }));
  assertAllClose(ab, { shape: [2, 4, 4], data: joined(a, b) }, { rtol: 1e-6, atol: 0 });
});

cpuTest("gramMatrix() has the right gradient", async () => {
  await checkGradient((x) => gramMatrix(x as never), [formulaTensor([2, 3, 2, 4])]);
});

function joined(...parts: readonly Values[]): number[] {
  return parts.flatMap(({ data }) => Array.from(data));
}
