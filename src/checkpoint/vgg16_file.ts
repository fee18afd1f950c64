/**
 * VGG-16 weights as the project's own file.
 * @module
 */
import { WeightsError } from "../errors.ts";
import { VGG16_LAYERS, type Vgg16Numbers } from "../model/vgg16.ts";
import { encodeSafetensors, type NamedArray } from "./safetensors.ts";
import { shown } from "./shown.ts";
import { checkTensors, FORMAT_KINDS, FORMATS, readWeights } from "./weights_file.ts";

/** Options of {@linkcode encodeVgg16}. */
export interface EncodeVgg16Options {
  /** Where the numbers come from, with their convention; stored for readers. */
  readonly origin: string;
}

/** Shapes by name that the file must have. */
export function vgg16Shapes(): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const { name, cin, cout } of VGG16_LAYERS) {
    shapes.set(`${name}/kernel`, [3, 3, cin, cout]);
    shapes.set(`${name}/bias`, [cout]);
  }
  return shapes;
}

/** Writes the numbers as safetensors, about 7 MB. */
export function encodeVgg16(
  { arrays, mean }: Vgg16Numbers,
  { origin }: EncodeVgg16Options,
): Uint8Array {
  const tensors = new Map<string, NamedArray>();
  for (const [name, shape] of vgg16Shapes()) tensors.set(name, { shape, data: arrays.get(name)! });
  return encodeSafetensors(tensors, { format: FORMATS.vgg16, mean: JSON.stringify(mean), origin });
}

/**
 * Reads what {@linkcode encodeVgg16} wrote.
 *
 * @throws {WeightsError} If the file is missing, damaged, or something else; the hint names the command that
 * makes one, from this file where that can be.
 */
export async function readVgg16(path: string): Promise<Vgg16Numbers> {
  const { tensors, metadata } = await readWeights(path);
  const { format } = metadata;
  if (format !== FORMATS.vgg16) {
    const isOurs = format?.startsWith("pconv-") === true;
    throw new WeightsError(
      `Cannot use "${path}" as VGG-16: format is ${shown(format ?? null)}, ` +
        `must be "${FORMATS.vgg16}"`,
      {
        hint: isOurs
          ? `It is ${FORMAT_KINDS[format] ?? "a file of pconv"}, which holds no VGG-16; ` +
            "get that with: pconv weights fetch vgg16"
          : `Convert it with: pconv weights import vgg16 ${path}`,
      },
    );
  }
  checkTensors(tensors, vgg16Shapes(), path);
  const arrays = new Map([...tensors].map(([name, { data }]) => [name, Float32Array.from(data)]));
  return { arrays, mean: readMean(metadata["mean"], path) };
}

function readMean(text: string | undefined, path: string): Vgg16Numbers["mean"] {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    // Told below, with what was found.
  }
  if (!Array.isArray(value) || value.length !== 3 || !value.every(Number.isFinite)) {
    throw new WeightsError(
      `Cannot use "${path}" as VGG-16: mean is ${text}, must be three numbers`,
    );
  }
  return value as unknown as Vgg16Numbers["mean"];
}
