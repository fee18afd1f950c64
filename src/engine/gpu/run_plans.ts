/**
 * A batch through the network on the GPU.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { addDoubled } from "../../kernels/webgpu/add_doubled.ts";
import type { ForwardPlan, LayerPlan } from "../plan/forward_plan.ts";
import type { ChooseTile } from "../../kernels/webgpu/choose_tile.ts";
import type { InputPlanes } from "./input_planes.ts";
import { listPixels } from "./pixel_lists.ts";
import { joinPlanes, runLayer } from "./run_layer.ts";
import type { UploadedNetwork } from "./upload_network.ts";

/** A batch of pictures of one size. */
export interface PlannedBatch {
  readonly height: number;
  readonly width: number;
  /** One for each picture. */
  readonly plans: readonly ForwardPlan[];
  /** One for each picture. */
  readonly inputs: readonly InputPlanes[];
}

/**
 * Runs the network over a batch: encoder, decoder, and over a base the sum of corrections.
 *
 * @returns `[n, height, width, 4]`: the image, or over a base its correction, and a channel without meaning; pixels
 * that are not wanted hold anything. Owned by the caller.
 */
export function runPlans(
  network: UploadedNetwork,
  { height, width, plans, inputs }: PlannedBatch,
  chooseTile: ChooseTile,
): tf.Tensor4D {
  const first = plans[0]!;
  return tf.tidy(() => {
    const upload = (planes: readonly Float32Array[], level: number) =>
      tf.tensor(joinPlanes(planes), [
        plans.length,
        height / 2 ** level,
        width / 2 ** level,
        4,
      ]) as tf.Tensor4D;
    const joins = inputs[0]!.joins.map((_, level) =>
      upload(inputs.map(({ joins }) => joins[level]!), level)
    );
    const run = (groups: readonly tf.Tensor[], layers: readonly LayerPlan[]) => {
      const { layer, height, width } = layers[0]!;
      const work = {
        height,
        width,
        ratios: layers.map(({ ratio }) => ratio),
        needed: layers.map(({ needed }) => needed),
      };
      return runLayer(network.get(layer.path)!, groups, work, chooseTile);
    };
    const skips: tf.Tensor4D[] = [upload(inputs.map(({ image }) => image), 0)];
    first.encoder.forEach((_, index) => {
      const groups = index === 0 ? [skips[0]!, ...joins.slice(0, 1)] : [skips.at(-1)!];
      skips.push(run(groups, plans.map(({ encoder }) => encoder[index]!)));
    });
    let current = skips.pop()!;
    let correction: tf.Tensor4D | undefined;
    const finished = (...tensors: (tf.Tensor | undefined)[]) => tf.dispose(tensors.filter(Boolean));
    first.decoder.forEach((stage, index) => {
      const skip = skips.pop()!;
      const join = joins[skips.length];
      const groups = [current, skip, ...(join === undefined ? [] : [join])];
      const features = run(groups, plans.map(({ decoder }) => decoder[index]!));
      finished(current, skip, ...(index === 0 ? [] : [join]));
      current = features;
      if (joins.length === 0) return;
      const needed = plans.map(({ corrections }) => corrections[index]!);
      const head = network.get(`${stage.layer.path}/head`);
      const size = { height: stage.height, width: stage.width };
      // Nothing is missing over a base, so a head's ratio is 1.
      const ratios = needed.map(({ length }) => new Float32Array(length).fill(1));
      const own = head === undefined
        ? current
        : runLayer(head, [current], { ...size, ratios, needed }, chooseTile);
      if (correction === undefined) {
        correction = own;
        return;
      }
      const { pixels, counts: [count] } = listPixels(needed, { ...size, outStep: 1 });
      const list = tf.tensor1d(pixels, "int32");
      const sum = addDoubled({ image: own, coarser: correction, pixels: list, count });
      finished(own, correction, list);
      correction = sum;
    });
    return correction ?? current;
  });
}
