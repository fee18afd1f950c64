/**
 * From another project's arrays to a network of ours that computes the same.
 * @module
 */
import { WeightsError } from "../../errors.ts";
import { BATCH_NORM_EPSILON } from "../../ops/batch_norm_epsilon.ts";
import type { EncoderLevel, UNetConfig } from "../../model/unet_config.ts";
import { type LayerSpec, unetLayers } from "../../model/unet_layers.ts";
import type { NamedArray } from "../safetensors.ts";
import { areFinite } from "./named_arrays.ts";
import { toOurKernel } from "./pconv_kernel.ts";
import type { PconvLayout, PconvPart } from "./pconv_layouts.ts";

/** A network that was found. */
export interface FoundPconv {
  readonly config: UNetConfig;
  /** Parameters and statistics by path, as in weights files. */
  readonly arrays: Map<string, NamedArray>;
}

/** Levels of a network at most: 12 take multiples of 4096 pixels. */
const MOST_LEVELS = 12;

/** Parts of a batch norm. */
const NORM_PARTS = ["gamma", "beta", "mean", "variance"] as const;

/** Arrays of one layer of the file. */
type Parts = Map<PconvPart, { readonly name: string; readonly array: NamedArray }>;

/**
 * Converts the arrays of a layout. Exact in real numbers wherever something known was seen; elsewhere the next layer's
 * mask takes the value away, and the output head has a shift of its own:
 * kernels times the layout's scale, with input channels in our order; a bias before batch norm off the running mean; the
 * difference of the two epsilons onto the running variance.
 *
 * @param tensors Of the file, by its own names; others may be among them.
 * @param name What messages call the file.
 * @throws {WeightsError} If arrays are missing, there twice, of shapes that do not fit or not finite, or masks are not
 * counted channel by channel: one message tells all.
 */
export function convertPconv(
  layout: PconvLayout,
  tensors: ReadonlyMap<string, NamedArray>,
  name: string,
): FoundPconv {
  const problems: string[] = [];
  const check = () => {
    if (problems.length === 0) return;
    const shown = problems.slice(0, 6).join("; ");
    const more = problems.length > 6 ? `; and ${problems.length - 6} more` : "";
    throw new WeightsError(`Cannot use "${name}" as a network of ${layout.title}: ${shown}${more}`);
  };
  const { depth, names } = layout.place([...tensors.keys()]);
  if (depth < 1 || depth > MOST_LEVELS) {
    problems.push(`it has ${depth} levels, must have 1 to ${MOST_LEVELS}`);
  }
  const layers = new Map<string, Parts>();
  for (const { name: key, layer, part } of names) {
    const parts = layers.get(layer) ?? new Map();
    layers.set(layer, parts);
    const other = parts.get(part)?.name;
    if (other !== undefined) problems.push(`"${other}" and "${key}" are the same`);
    parts.set(part, { name: key, array: tensors.get(key)! });
  }
  check();
  const paths = ["encoder", "decoder"].flatMap((side) =>
    Array.from({ length: depth }, (_, i) => `${side}/${i + 1}`)
  );
  const known = [...paths, ...layout.outputHead === undefined ? [] : ["output"]];
  for (const path of known) {
    // One of no numbers could claim any number of channels.
    const kernel = layers.get(path)?.get("kernel");
    if (kernel === undefined) problems.push(`${path} has no kernel`);
    else if (kernel.array.data.length === 0) problems.push(`"${kernel.name}" has no numbers`);
  }
  for (const path of layers.keys()) {
    if (!known.includes(path)) problems.push(`it has ${path}, which the others do not fit`);
  }
  check();
  const encoder = paths.slice(0, depth).map((path) => levelOf(layers.get(path)!, layout));
  encoder.forEach(({ kernel, channels }, i) => {
    if (kernel % 2 === 1 && channels >= 1) return;
    problems.push(
      `${paths[i]} has ${channels} kernels of side ${kernel}, must be some of odd side`,
    );
  });
  const inner = paths.filter((path) => path !== "encoder/1" && path !== `decoder/${depth}`);
  const isNormalised = inner.some((path) => layers.get(path)!.has("gamma"));
  check();
  const config: UNetConfig = {
    encoder,
    base: "none",
    normalisation: isNormalised ? "batch" : "none",
    ...(layout.outputHead === undefined ? {} : { outputHead: layout.outputHead }),
    range: layout.range,
  };
  const arrays = new Map<string, NamedArray>();
  const specs = unetLayers(config);
  for (const spec of [...specs.encoder, ...specs.decoder]) {
    const parts = layers.get(spec.path)!;
    convertLayer(spec, parts, { layout, config, problems, arrays });
  }
  if (layout.outputHead !== undefined) {
    const last = layers.get(`decoder/${depth}`)!;
    convertHead(layers.get("output")!, last, { problems, arrays });
  }
  for (const [path, { data }] of arrays) {
    if (!areFinite(data as Float32Array)) problems.push(`${path} has numbers that are not finite`);
  }
  check();
  return { config, arrays };
}

function levelOf(parts: Parts, { kernelAxes }: PconvLayout): EncoderLevel {
  const { shape } = parts.get("kernel")!.array;
  return kernelAxes === "OIHW"
    ? { kernel: shape[2] ?? 0, channels: shape[0] ?? 0 }
    : { kernel: shape[0] ?? 0, channels: shape[3] ?? 0 };
}

interface Conversion {
  readonly layout: PconvLayout;
  readonly config: UNetConfig;
  readonly problems: string[];
  readonly arrays: Map<string, NamedArray>;
}

function convertLayer(
  spec: LayerSpec,
  parts: Parts,
  { layout, config, problems, arrays }: Conversion,
): void {
  const { path, kernel, cin, cout, hasBatchNorm } = spec;
  const oihw = [cout, cin, kernel, kernel];
  const theirs = layout.kernelAxes === "OIHW" ? oihw : [kernel, kernel, cin, cout];
  const kernelArray = parts.get("kernel")!;
  const mask = parts.get("mask");
  if (mask?.array.shape[1] === 1 && cin > 1) {
    problems.push(`masks of ${path} have one channel, must be as many as the features'`);
  } else if (mask !== undefined && fits(mask, oihw, problems)) {
    if (!mask.array.data.every((one) => one === 1)) {
      problems.push(`"${mask.name}" must be ones, is not`);
    }
  }
  if (parts.get("mask bias")?.array.data.some((zero) => zero !== 0)) {
    problems.push(`"${parts.get("mask bias")!.name}" must be zeros, is not`);
  }
  const bias = vectorOf(parts, "bias", cout, problems) ?? new Float64Array(cout);
  if (fits(kernelArray, theirs, problems)) {
    const isJoined = path.startsWith("decoder/");
    const below = isJoined ? cin - skipChannels(path, config) : cin;
    arrays.set(`${path}/kernel`, {
      shape: [kernel, kernel, cin, cout],
      data: toOurKernel(kernelArray.array.data, {
        ...{ kernel, cin, cout, axes: layout.kernelAxes },
        scale: layout.kernelScale({ kernel, cin }),
        skipFirst: isJoined && layout.joinsSkipFirst ? cin - below : 0,
      }),
    });
  }
  const put = (name: string, values: Float64Array) =>
    arrays.set(`${path}/${name}`, { shape: [cout], data: Float32Array.from(values) });
  if (!hasBatchNorm) {
    if (NORM_PARTS.some((part) => parts.has(part))) {
      problems.push(`${path} has batch norm, must have none`);
    }
    if (spec.hasBias !== false) put("bias", bias);
    return;
  }
  const [gamma, beta, mean, variance] = NORM_PARTS.map((part) => {
    const values = vectorOf(parts, part, cout, problems);
    if (values === undefined && !parts.has(part)) problems.push(`${path} has no ${part}`);
    return values ?? new Float64Array(cout);
  });
  if (variance!.some((value) => value < 0)) problems.push(`${path} has a variance below 0`);
  put("batch_norm/gamma", gamma!);
  put("batch_norm/beta", beta!);
  put("batch_norm/mean", mean!.map((value, c) => value - bias[c]!));
  const more = layout.epsilon - BATCH_NORM_EPSILON;
  put("batch_norm/variance", variance!.map((value) => value + more));
}

/** Its kernel has no mask, so it keeps its scale; the bias of the last layer becomes the shift. */
function convertHead(
  parts: Parts,
  last: Parts,
  { problems, arrays }: Pick<Conversion, "problems" | "arrays">,
): void {
  const kernel = parts.get("kernel")!;
  if (fits(kernel, [1, 1, 3, 3], problems)) {
    arrays.set("output/kernel", {
      shape: [1, 1, 3, 3],
      data: Float32Array.from(kernel.array.data),
    });
  }
  const put = (name: string, values: Float64Array | undefined) =>
    arrays.set(`output/${name}`, {
      shape: [3],
      data: Float32Array.from(values ?? new Float64Array(3)),
    });
  put("shift", vectorOf(last, "bias", 3, problems));
  put("bias", vectorOf(parts, "bias", 3, problems));
}

/** Channels that a decoder stage joins from the encoder, or of the image. */
function skipChannels(path: string, { encoder }: UNetConfig): number {
  const stage = Number(path.slice("decoder/".length));
  return encoder[encoder.length - 1 - stage]?.channels ?? 3;
}

function vectorOf(
  parts: Parts,
  part: PconvPart,
  length: number,
  problems: string[],
): Float64Array | undefined {
  const found = parts.get(part);
  if (found === undefined || !fits(found, [length], problems)) return undefined;
  return Float64Array.from(found.array.data);
}

function fits(
  { name, array }: { readonly name: string; readonly array: NamedArray },
  wanted: readonly number[],
  problems: string[],
): boolean {
  if (array.shape.join("x") === wanted.join("x")) return true;
  problems.push(`"${name}" is ${array.shape.join("x") || "scalar"}, must be ${wanted.join("x")}`);
  return false;
}
