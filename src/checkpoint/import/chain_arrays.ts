/**
 * AlexNet and VGG-16 by the names and shapes that torchvision gives their arrays.
 * @module
 */
import { WeightsError } from "../../errors.ts";
import type { ChainArrays, ChainNumbers } from "../../model/torchvision_chain.ts";
import { CHAIN_LAYOUTS, type ChainLayout } from "../../model/torchvision_layouts.ts";
import type { NamedArray } from "../safetensors.ts";
import { areFinite, toFloat32 } from "./named_arrays.ts";

/** "features.3.weight", perhaps after the name of a module that holds the network. */
const NAME = /^(?:.*\.)?(features|classifier)\.(\d+)\.(weight|bias)$/;

/** Options of {@linkcode findChain}. */
export interface FindChainOptions {
  /** What messages call the file. */
  readonly name: string;
  /** What the network is for, for messages: "a classifier". */
  readonly use: string;
  /** True if the linear layers are needed too. */
  readonly hasLinears: boolean;
}

/** True for arrays that {@linkcode findChain} looks at, so that readers may skip the rest. */
export function isChainName(name: string, { hasLinears }: { hasLinears: boolean }): boolean {
  const part = NAME.exec(name)?.[1];
  return part === "features" || hasLinears && part === "classifier";
}

/**
 * Finds the numbers of one of the {@linkcode CHAIN_LAYOUTS}: the layout by where the weights of `features` stand, the
 * channels of each layer by their shapes, which must fit one another.
 *
 * @param tensors Of the file, by its own names.
 * @throws {WeightsError} If it is another network, or arrays are missing, there twice, of other shapes or not finite:
 * one message tells all.
 */
export function findChain(
  tensors: ReadonlyMap<string, NamedArray>,
  { name, use, hasLinears }: FindChainOptions,
): ChainNumbers {
  const problems: string[] = [];
  const refuse = (): never => {
    throw new WeightsError(`Cannot use "${name}" as ${use}: ${problems.join("; ")}`, {
      hint: "torchvision's alexnet and vgg16 (without batch norm) will do",
    });
  };
  const arrays = new Map<string, NamedArray>();
  for (const [key, array] of tensors) {
    const [, part, place, kind] = NAME.exec(key) ?? [];
    if (part === undefined) continue;
    const short = `${part}.${place}.${kind}`;
    if (arrays.has(short)) problems.push(`${short} is there twice`);
    arrays.set(short, array);
  }
  const places = [...arrays.keys()].flatMap((key) =>
    /^features\.(\d+)\.weight$/.exec(key)?.slice(1).map(Number) ?? []
  ).sort((a, b) => a - b);
  const layout = CHAIN_LAYOUTS.find((candidate) => placesOf(candidate).join() === places.join());
  if (layout === undefined) {
    const known = CHAIN_LAYOUTS.map((one) => `${one.name} (${placesOf(one).join(", ")})`);
    problems.push(
      (places.length === 0
        ? "no array is called features.N.weight"
        : `weights of features are at ${places.join(", ")}`) +
        `, must be those of ${known.join(" or ")}`,
    );
    return refuse();
  }
  /** The arrays of one layer; `wanted` is the shape after the number of outputs, 0 where nobody knows. */
  const take = (key: string, wanted: readonly number[]): ChainArrays => {
    const [weight, bias] = [arrays.get(`${key}.weight`), arrays.get(`${key}.bias`)];
    const none = { weight: new Float32Array(0), shape: [0, ...wanted], bias: new Float32Array(0) };
    if (weight === undefined || bias === undefined) {
      const missing = weight === undefined ? "weight" : "bias";
      problems.push(`${key}.${missing} is missing`);
      return none;
    }
    const [outputs = 0, ...rest] = weight.shape;
    const fits = rest.length === wanted.length &&
      wanted.every((side, axis) => side === 0 || rest[axis] === side);
    if (!fits || outputs === 0) {
      const must = wanted.map((side) => side === 0 ? "C" : side);
      problems.push(`${key}.weight is ${weight.shape.join("x")}, must be Nx${must.join("x")}`);
    }
    if (bias.shape.join() !== `${outputs}`) {
      problems.push(`${key}.bias is ${bias.shape.join("x")}, must be ${outputs}`);
    }
    const found = { weight: toFloat32(weight), shape: weight.shape, bias: toFloat32(bias) };
    if (!areFinite(found.weight) || !areFinite(found.bias)) {
      problems.push(`${key} has numbers that are not finite`);
    }
    return found;
  };
  const convs = new Map<number, ChainArrays>();
  let channels = 3;
  for (const step of layout.steps) {
    if (step.kind === "pool") continue;
    const found = take(`features.${step.place}`, [channels, step.kernel, step.kernel]);
    convs.set(step.place, found);
    channels = found.shape[0]!;
  }
  let inputs = channels * layout.grid ** 2;
  const linears = (hasLinears ? layout.linears : []).map((place) => {
    const found = take(`classifier.${place}`, [inputs]);
    inputs = found.shape[0]!;
    return found;
  });
  return problems.length === 0 ? { layout, convs, linears } : refuse();
}

function placesOf({ steps }: ChainLayout): number[] {
  return steps.flatMap((step) => step.kind === "conv" ? [step.place] : []);
}
