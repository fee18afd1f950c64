/**
 * LPIPS from the files that people have.
 * @module
 */
import { WeightsError } from "../errors.ts";
import { createLpips, type Lpips } from "../model/lpips.ts";
import type { ChainNumbers } from "../model/torchvision_chain.ts";
import { findChain, isChainName } from "./import/chain_arrays.ts";
import { areFinite, readNamedArrays, toFloat32 } from "./import/named_arrays.ts";
import type { NamedArray } from "./safetensors.ts";

/** Options of {@linkcode openLpips}. */
export interface OpenLpipsOptions {
  /** File of the weights by channel, as richzhang/PerceptualSimilarity has in lpips/weights/v0.1. */
  readonly heads: string;
  /** File of torchvision's AlexNet or VGG-16; its linear layers may be missing. */
  readonly backbone: string;
}

/** "lin0.model.1.weight", or as a list of modules "lins.0.model.1.weight"; files may have both, with one meaning. */
const NAME = /^(?:.*\.)?lin(?:s\.)?(\d{1,2})\.model\.1\.weight$/;

/**
 * Puts LPIPS on the active backend; both files are PyTorch checkpoints or safetensors.
 *
 * @returns A network that the caller disposes.
 * @throws {WeightsError} If a file cannot be read or holds something else, or the heads were trained for another
 * backbone.
 */
export async function openLpips({ heads, backbone }: OpenLpipsOptions): Promise<Lpips> {
  const found = findHeads(
    await readNamedArrays(heads, { select: (key) => NAME.test(key) }),
    heads,
  );
  const hasLinears = false;
  const arrays = await readNamedArrays(backbone, {
    select: (key) => isChainName(key, { hasLinears }),
  });
  const numbers = findChain(arrays, { name: backbone, use: "the backbone of LPIPS", hasLinears });
  checkFit(found, numbers, { heads, backbone });
  return createLpips({ heads: found, backbone: numbers });
}

/** The heads in their order. */
function findHeads(arrays: ReadonlyMap<string, NamedArray>, path: string): Float32Array[] {
  const refuse = (problem: string): never => {
    throw new WeightsError(`Cannot use "${path}" as heads of LPIPS: ${problem}`);
  };
  const heads: Float32Array[] = [];
  for (const [key, array] of arrays) {
    const index = Number(NAME.exec(key)![1]);
    const [first, channels, ...rest] = array.shape;
    if (array.shape.length !== 4 || first !== 1 || channels === 0 || rest.join() !== "1,1") {
      refuse(`"${key}" is ${array.shape.join("x")}, must be 1xCx1x1`);
    }
    const values = toFloat32(array);
    if (!areFinite(values) || values.some((value) => value < 0)) {
      refuse(`"${key}" has numbers that are negative or not finite`);
    }
    const other = heads[index];
    if (other !== undefined && other.join() !== values.join()) {
      refuse(`lin${index} is there twice, with different numbers`);
    }
    heads[index] = values;
  }
  if (heads.length === 0) refuse("no array is called lin0.model.1.weight, must be of version 0.1");
  for (let index = 0; index < heads.length; index++) {
    if (heads[index] === undefined) refuse(`lin${index}.model.1.weight is missing`);
  }
  return heads;
}

function checkFit(
  heads: readonly Float32Array[],
  { layout, convs }: ChainNumbers,
  paths: OpenLpipsOptions,
): void {
  const mine = heads.map(({ length }) => length).join(", ");
  const theirs = layout.taps.map((place) => convs.get(place)!.shape[0]).join(", ");
  if (mine === theirs) return;
  throw new WeightsError(
    `Cannot use "${paths.heads}" and "${paths.backbone}" together as LPIPS: heads are for ` +
      `${mine} channels, backbone is ${layout.name} with ${theirs}`,
    { hint: "Heads and backbone must be of one network: both of AlexNet, or both of VGG-16" },
  );
}
