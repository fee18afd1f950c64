/**
 * A training run as text, before it begins.
 * @module
 */
import { countParameters, listParameters, listStatistics } from "../../model/list_parameters.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import { describeTask } from "../../task/describe.ts";
import type { TrainingTask } from "../../task/types.ts";
import { presetOf } from "./resolve_settings.ts";
import { planData } from "./run_data.ts";
import type { RunSettings } from "./run_settings.ts";
import { featureLosses, VGG_WAYS, vggPath } from "./vgg_features.ts";

/** Options of {@linkcode describePlan}. */
export interface DescribePlanOptions {
  readonly task: TrainingTask;
  readonly settings: RunSettings;
  /** The network that will be trained. */
  readonly config: UNetConfig;
}

/**
 * Describes network, data, validation, features and task, for `--dry-run`.
 *
 * @throws {InputError} If a folder of images is named and cannot be listed.
 */
export async function describePlan(options: DescribePlanOptions): Promise<string> {
  const { task, settings, config } = options;
  const layers = listStatistics(config).map(({ path }) => path);
  return [
    `network: ${describeNetwork(config)}`,
    ...await describeData(task, settings),
    `VGG-16: ${await describeVgg(task, settings.vgg)}`,
    describeTask(task, listParameters(config), layers),
  ].join("\n");
}

function describeNetwork(config: UNetConfig): string {
  const { encoder, base, normalisation, convolution = "partial", holeValue } = config;
  return [
    presetOf(config) ?? "own",
    `${encoder.length} levels`,
    `${convolution} convolutions${holeValue === undefined ? "" : ` (hole value ${holeValue})`}`,
    `base ${base}`,
    normalisation === "batch" ? "batch norm" : "no batch norm",
    `${countParameters(config).toLocaleString("en")} parameters`,
  ].join(", ");
}

async function describeData(task: TrainingTask, settings: RunSettings): Promise<string[]> {
  const { images, size, batch, masks, latticeShare, scales } = settings;
  const crops = `crops of ${size}x${size}, batches of ${batch}, ` +
    (masks === undefined ? "masks from the seed" : `masks from "${masks}"`) +
    (latticeShare === 0 ? "" : `, ${100 * latticeShare} % to enlarge by ${scales.join(" to ")}`);
  if (images === "") return [`data: no images named, ${crops}`];
  const { training, note } = await planData(settings);
  const epochs = Number((task.steps * batch / training.length).toPrecision(3));
  return [
    `data: ${training.length} images of "${images}", ${crops}, ${epochs} epochs`,
    `validation: ${note}`,
  ];
}

async function describeVgg(task: TrainingTask, named: string | undefined): Promise<string> {
  const names = featureLosses(task);
  if (names.length === 0) return "not needed";
  const path = vggPath(named);
  const isThere = await Deno.stat(path).then(({ isFile }) => isFile, () => false);
  const state = isThere ? "is there" : `is missing: get it with ${VGG_WAYS}`;
  return `needed for ${names.join(", ")}; "${path}" ${state}`;
}
