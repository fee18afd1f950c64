/**
 * What the training loop and its replicas say to each other.
 * @module
 */
import type { TaskSpec } from "../task/resolve.ts";
import type { UNetConfig } from "../model/unet_config.ts";
import type { Vgg16Numbers } from "../model/vgg16.ts";
import type { TrainingBatch } from "./gradients.ts";

/** How a thread can make the task for itself: functions cannot be sent. */
export interface TaskSource {
  /** URL of a module that exports `catalog: TaskCatalog`. */
  readonly catalogUrl: string;
  /** What that catalog makes the task from. */
  readonly spec: TaskSpec;
}

/** First message to a replica. Arrays are flat networks, see `flat_network.ts`. */
export interface ReplicaStart {
  readonly kind: "start";
  readonly config: UNetConfig;
  readonly task: TaskSource;
  readonly size: number;
  /** Present if the task needs features. */
  readonly vgg: Vgg16Numbers | undefined;
  /** Float32: numbers of the network, written by the loop before each step. */
  readonly network: SharedArrayBuffer;
  /** Float32: gradients and batch statistics, written by the replica. */
  readonly results: SharedArrayBuffer;
}

/** Asks for the gradients of one step. */
export interface ReplicaStep {
  readonly kind: "step";
  readonly step: number;
  readonly batch: TrainingBatch;
}

/** Answer to each of the above. */
export type ReplicaAnswer =
  | { readonly kind: "ready" }
  /** Losses by name, "total" first; the rest lies in the shared memory. */
  | { readonly kind: "done"; readonly losses: readonly (readonly [string, number])[] }
  | { readonly kind: "failed"; readonly message: string };
