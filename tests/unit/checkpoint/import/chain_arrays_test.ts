import assert from "node:assert/strict";
import { findChain, isChainName } from "../../../../src/checkpoint/import/chain_arrays.ts";
import { ALEXNET, VGG16 } from "../../../../src/model/torchvision_layouts.ts";
import type { ForeignArray } from "../../../support/foreign_bytes.ts";
import { formulaChain } from "../../../support/formula_chain.ts";

const ALEX = { widths: [2, 3, 2, 3, 2], outputs: [3, 2, 4] };
const VGG = { widths: Array.from({ length: 13 }, () => 2), outputs: [2, 2, 5] };
const OPTIONS = { name: "net.pth", use: "a classifier", hasLinears: true };

Deno.test("findChain() recognises both networks by their places", () => {
  const alex = findChain(formulaChain(ALEXNET, ALEX), OPTIONS);
  assert.equal(alex.layout, ALEXNET);
  assert.deepEqual([...alex.convs].map(([place, { shape }]) => [place, ...shape]), [
    [0, 2, 3, 11, 11],
    [3, 3, 2, 5, 5],
    [6, 2, 3, 3, 3],
    [8, 3, 2, 3, 3],
    [10, 2, 3, 3, 3],
  ]);
  // 2 channels on 6x6.
  assert.deepEqual(alex.linears.map(({ shape }) => shape), [[3, 72], [2, 3], [4, 2]]);
  const vgg = findChain(formulaChain(VGG16, VGG), OPTIONS);
  assert.equal(vgg.layout, VGG16);
  assert.equal(vgg.convs.size, 13);
  assert.deepEqual(vgg.linears[0]!.shape, [2, 98]);
});

Deno.test("findChain() takes names within a module, other numbers, and features alone", () => {
  const arrays = formulaChain(ALEXNET, { widths: ALEX.widths });
  const wrapped = new Map(
    [...arrays].map(([key, { shape, data }]) =>
      [`module.net.${key}`, { shape, data: Float64Array.from(data) }] as const
    ),
  );
  const found = findChain(wrapped, { ...OPTIONS, hasLinears: false });
  assert.deepEqual(found.convs.get(3)!.weight, arrays.get("features.3.weight")!.data);
  assert.deepEqual(found.convs.get(3)!.bias, arrays.get("features.3.bias")!.data);
  assert.equal(found.linears.length, 0);
});

/** The text that these arrays are refused with. */
function refusal(
  edit: (arrays: Map<string, ForeignArray>) => void,
  options: Partial<typeof OPTIONS> = {},
): string {
  const arrays = formulaChain(ALEXNET, ALEX);
  edit(arrays);
  try {
    findChain(arrays, { ...OPTIONS, ...options });
  } catch (error) {
    const { name, message, hint } = error as Error & { hint?: string };
    assert.equal(name, "WeightsError");
    assert.equal(hint, "torchvision's alexnet and vgg16 (without batch norm) will do");
    return message;
  }
  throw new Error("nothing is refused");
}

const zeros = (...shape: number[]): ForeignArray => ({
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
});

Deno.test("findChain() refuses other networks", () => {
  const known = "must be those of AlexNet (0, 3, 6, 8, 10) or " +
    "VGG-16 (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)";
  assert.equal(
    refusal((arrays) => arrays.clear(), { use: "the backbone of LPIPS" }),
    `Cannot use "net.pth" as the backbone of LPIPS: no array is called features.N.weight, ${known}`,
  );
  // A batch norm has a weight too.
  assert.equal(
    refusal((arrays) => arrays.set("features.1.weight", zeros(2))),
    `Cannot use "net.pth" as a classifier: weights of features are at 0, 1, 3, 6, 8, 10, ${known}`,
  );
});

Deno.test("findChain() refuses arrays that are missing, of other shapes or not finite, all at once", () => {
  assert.equal(
    refusal((arrays) => {
      arrays.set("features.3.weight", zeros(3, 2, 3, 3));
      arrays.set("features.6.bias", zeros(3));
      arrays.delete("features.8.bias");
      arrays.get("features.10.bias")!.data[1] = NaN;
    }),
    'Cannot use "net.pth" as a classifier: features.3.weight is 3x2x3x3, must be Nx2x5x5; ' +
      "features.6.bias is 3, must be 2; features.8.bias is missing; features.10 has numbers that " +
      "are not finite",
  );
  assert.equal(
    refusal((arrays) => arrays.set("classifier.1.weight", zeros(3, 50))),
    'Cannot use "net.pth" as a classifier: classifier.1.weight is 3x50, must be Nx72',
  );
  assert.equal(
    refusal((arrays) => arrays.delete("classifier.6.weight")),
    'Cannot use "net.pth" as a classifier: classifier.6.weight is missing',
  );
  assert.equal(
    refusal((arrays) => arrays.set("again.features.0.bias", zeros(2))),
    'Cannot use "net.pth" as a classifier: features.0.bias is there twice',
  );
});

Deno.test("isChainName() wants linear layers only where they are needed", () => {
  const needed = (name: string, hasLinears: boolean) => isChainName(name, { hasLinears });
  assert.ok(needed("features.0.weight", false) && needed("module.features.0.bias", true));
  assert.ok(needed("classifier.6.bias", true) && !needed("classifier.6.bias", false));
  assert.ok(!needed("features.0.running_mean", true) && !needed("fc.weight", true));
});
