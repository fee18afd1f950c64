/**
 * Gradients from several threads at once: the WebAssembly backend computes on one core.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { BackendError } from "../errors.ts";
import type { Vgg16Numbers } from "../model/vgg16.ts";
import type { TrainingTask } from "../task/types.ts";
import { flatLayout, flatSize, storeNetwork } from "./flat_network.ts";
import { computeGradients, type GradientResult, type TrainingBatch } from "./gradients.ts";
import type { FeatureExtractor } from "./objective.ts";
import type { ReplicaAnswer, ReplicaStart, ReplicaStep, TaskSource } from "./replica_messages.ts";
import type { TrainingState } from "./state.ts";

/** Options of {@linkcode openReplicas}. */
export interface OpenReplicasOptions {
  readonly task: TrainingTask;
  /** The same task, in a form that threads can make for themselves. */
  readonly source: TaskSource;
  readonly state: TrainingState;
  /** Threads, this one included. */
  readonly count: number;
  /** Side of the square crops in pixels. */
  readonly size: number;
  /** What this thread computes features with, and what the others make their own from. */
  readonly features?: { readonly extract: FeatureExtractor; readonly vgg: Vgg16Numbers };
}

/** A way to get the gradients of a step. */
export interface GradientSource {
  /** Gradients, statistics and losses: the mean over all images of the batch. */
  compute(step: number, batch: TrainingBatch): Promise<GradientResult>;
  close(): void;
}

/**
 * Starts `count - 1` threads that share each batch with this one.
 *
 * The result is the mean of the shares, added up in a fixed order, so runs are reproducible to the bit. Batch
 * norm normalises over each share alone, as in PyTorch's DistributedDataParallel; running statistics take in
 * the mean of the shares' statistics.
 *
 * @throws {BackendError} If a thread fails.
 */
export async function openReplicas(options: OpenReplicasOptions): Promise<GradientSource> {
  const { task, source, state, count, size, features } = options;
  const { config, parameters } = state;
  const layout = flatLayout(parameters);
  const bytes = 4 * flatSize(layout);
  const network = new SharedArrayBuffer(bytes);
  const helpers = Array.from({ length: count - 1 }, () => startHelper(bytes));
  const close = () => helpers.forEach(({ stop }) => stop());
  try {
    await Promise.all(
      helpers.map(({ ask, results }) =>
        ask({
          kind: "start",
          config,
          task: source,
          size,
          vgg: features?.vgg,
          network,
          results,
        })
      ),
    );
  } catch (error) {
    close();
    throw error;
  }
  return {
    async compute(step, batch) {
      const images = batch.holeMask.length / (size * size);
      if (images < count) {
        throw new RangeError(`Cannot share ${images} images between ${count} threads`);
      }
      const shares = splitBatch(batch, count, size);
      await storeNetwork(layout, new Float32Array(network));
      const answers = helpers.map(({ ask }, i) =>
        ask({ kind: "step", step, batch: shares[i + 1]! })
      );
      const own = computeGradients({
        task,
        config,
        parameters,
        step,
        batch: shares[0]!,
        size,
        ...(features === undefined ? {} : { extractFeatures: features.extract }),
      });
      const losses = (await Promise.all(answers)).map((answer) =>
        answer.kind === "done" ? answer.losses.map(([, value]) => value) : []
      );
      const total = batch.holeMask.length;
      const weights = shares.map(({ holeMask }) => holeMask.length / total);
      const arrays = helpers.map(({ results }) => new Float32Array(results));
      // Consumes the tensor; `values` are those of the other threads, in their order.
      const blend = <T extends tf.Tensor>(tensor: T, values: readonly tf.TensorLike[]): T => {
        const mixed = tf.tidy(() =>
          values.reduce<tf.Tensor>(
            (sum, value, i) => tf.add(sum, tf.mul(tf.tensor(value, tensor.shape), weights[i + 1]!)),
            tf.mul(tensor, weights[0]!),
          )
        );
        tensor.dispose();
        return mixed as T;
      };
      const slots = new Map(layout.map((slot) => [slot.name, slot]));
      const blendSlot = <T extends tf.Tensor>(name: string, tensor: T): T => {
        const { offset, size } = slots.get(name)!;
        // Views: the CPU backend copies numbers into its own memory at once.
        return blend(tensor, arrays.map((array) => array.subarray(offset, offset + size)));
      };
      return {
        gradients: new Map([...own.gradients].map(([path, g]) => [path, blendSlot(path, g)])),
        batchStatistics: new Map(
          [...own.batchStatistics].map(([path, { mean, variance }]) => [path, {
            mean: blendSlot(`${path}/mean`, mean),
            variance: blendSlot(`${path}/variance`, variance),
          }]),
        ),
        losses: own.losses.map(([name, value], i) =>
          [name, blend(value, losses.map((each) => each[i]!))] as const
        ),
      };
    },
    close,
  };
}

/** Cuts a batch into shares whose sizes differ by at most one image; the first are the larger ones. */
function splitBatch(batch: TrainingBatch, count: number, size: number): TrainingBatch[] {
  const area = size * size;
  const images = batch.holeMask.length / area;
  let first = 0;
  return Array.from({ length: count }, (_, i) => {
    const last = first + Math.floor(images / count) + (i < images % count ? 1 : 0);
    const share = {
      rgb255: batch.rgb255.slice(first * area * 3, last * area * 3),
      holeMask: batch.holeMask.slice(first * area, last * area),
      ...(batch.lattice === undefined ? {} : {
        lattice: {
          input255: batch.lattice.input255.slice(first * area * 3, last * area * 3),
          guess255: batch.lattice.guess255.slice(first * area * 3, last * area * 3),
          guessMask: batch.lattice.guessMask.slice(first * area, last * area),
        },
      }),
    };
    first = last;
    return share;
  });
}

interface Helper {
  readonly ask: (message: ReplicaStart | ReplicaStep) => Promise<ReplicaAnswer>;
  readonly results: SharedArrayBuffer;
  readonly stop: () => void;
}

function startHelper(bytes: number): Helper {
  const worker = new Worker(new URL("./replica_worker.ts", import.meta.url), { type: "module" });
  const ask = (message: ReplicaStart | ReplicaStep) => {
    const { promise, resolve, reject } = Promise.withResolvers<ReplicaAnswer>();
    const fail = (text: string) =>
      reject(new BackendError(`Cannot train in another thread: ${text}, use --replicas 1`));
    worker.onmessage = ({ data }: MessageEvent<ReplicaAnswer>) =>
      data.kind === "failed" ? fail(data.message) : resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message);
    };
    worker.postMessage(message);
    return promise;
  };
  return { ask, results: new SharedArrayBuffer(bytes), stop: () => worker.terminate() };
}
