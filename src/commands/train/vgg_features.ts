/**
 * The VGG-16 of a training run.
 * @module
 */
import { userVgg16Path } from "../../checkpoint/user_weights.ts";
import { readVgg16 } from "../../checkpoint/vgg16_file.ts";
import { WeightsError } from "../../errors.ts";
import { createVgg16, runVgg16 } from "../../model/vgg16.ts";
import type { TrainingTask } from "../../task/types.ts";
import type { OpenReplicasOptions } from "../../training/replicas.ts";

/** The ways to get a file, for a sentence that says it is missing. */
export const VGG_WAYS = '"pconv weights fetch vgg16" (528 MB), or convert a file you have with ' +
  '"pconv weights import vgg16 FILE"';

/** Names of the losses of a task that compare features. */
export function featureLosses({ terms }: TrainingTask): string[] {
  return terms.filter(({ loss }) => loss.needsFeatures).map(({ loss }) => loss.name);
}

/** The file that a run reads: the one named, or where `weights fetch` and `weights import` put theirs. */
export function vggPath(named: string | undefined): string {
  return named ?? userVgg16Path();
}

/**
 * Reads VGG-16 and puts it on the active backend, where it stays until the program ends.
 *
 * @param named Path, if the user named one.
 * @returns undefined if no loss of the task needs it.
 * @throws {WeightsError} If it is needed and there is no usable file; the hint names the ways to get one.
 */
export async function openVggFeatures(
  task: TrainingTask,
  named: string | undefined,
): Promise<OpenReplicasOptions["features"]> {
  const losses = featureLosses(task);
  if (losses.length === 0) return undefined;
  const path = vggPath(named);
  if (!await Deno.stat(path).then(() => true, () => false)) {
    throw new WeightsError(
      `Cannot train with ${losses.join(", ")}: they need VGG-16 weights, there is no "${path}"`,
      {
        hint: `Get them with ${VGG_WAYS}; a recipe without them: --recipe reconstruction`,
      },
    );
  }
  const vgg = await readVgg16(path);
  const network = createVgg16(vgg);
  return { vgg, extract: (rgb01) => runVgg16(network, rgb01) };
}
