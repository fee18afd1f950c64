/**
 * What the engine's threads and the main thread tell each other.
 * @module
 */
import type { NamedArray } from "../../checkpoint/safetensors.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import type { JobSlot } from "./job_slot.ts";

/** The first message to a thread. */
export interface EngineBoot {
  readonly kind: "boot";
  /** The module with the kernels. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly memory: WebAssembly.Memory;
  readonly threads: number;
  /** False for those that only help. */
  readonly leads: boolean;
}

/** The network, for the leader. */
export interface EngineStart {
  readonly kind: "start";
  readonly config: UNetConfig;
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

/** A job for the leader. */
export interface EngineJob {
  readonly kind: "run";
  readonly id: number;
  /** Holds the request, and the answer when it is done. */
  readonly slot: JobSlot;
}

/** What the leader answers. */
export type EngineAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly id: number }
  | {
    readonly kind: "failed";
    /** Undefined for the start. */
    readonly id: number | undefined;
    /** With the stack of a bug. */
    readonly message: string;
    readonly hint: string | undefined;
    readonly reason: "memory" | "device" | "bug";
  };
