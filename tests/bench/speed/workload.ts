/**
 * What a contender is asked to run: plain JSON and paths of raw files, so that any language can read it.
 * @module
 */
import type { UNetConfig } from "../../../src/model/unet_config.ts";
import type { TaskSpec } from "../../../src/task/resolve.ts";

/** Arrays in one raw file of little-endian float32, one after the other. */
export interface ArraysFile {
  readonly path: string;
  /** In the order of the file; kernels are HWIO. */
  readonly arrays: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

/** A network with its numbers: those of `exportNetwork`. */
export interface NetworkFile extends ArraysFile {
  readonly preset: string;
  readonly config: UNetConfig;
}

/** One picture through a whole network. */
export interface ForwardWorkload {
  readonly kind: "forward";
  readonly network: NetworkFile;
  /** In pixels, of the square picture. */
  readonly size: number;
  /** Float32 `[size, size, 3]`, 0..1. */
  readonly rgb01: string;
  /** Bytes `[size, size]`, 1 = known. */
  readonly validMask: string;
  /** Share of hole pixels that was asked for, in percent; the true share is in the results. */
  readonly percent: number;
  /** The same network as an ONNX graph; missing if it could not be exported. */
  readonly onnx?: string;
}

/** One partial convolution. */
export interface OpWorkload {
  readonly kind: "op";
  /** In pixels, of the square map. */
  readonly size: number;
  readonly cin: number;
  readonly cout: number;
  /** Float32 `[size, size, cin]`. */
  readonly features: string;
  /** Bytes `[size, size]`, 1 = known. */
  readonly validMask: string;
  /** "kernel" `[3, 3, cin, cout]` and "bias". */
  readonly weights: ArraysFile;
  /** The same operation as an ONNX graph; missing if it could not be exported. */
  readonly onnx?: string;
}

/** Steps of training on one batch, with Adam. */
export interface TrainWorkload {
  readonly kind: "train";
  readonly network: NetworkFile;
  readonly size: number;
  readonly batch: number;
  /** Bytes `[batch, size, size, 3]`. */
  readonly rgb255: string;
  /** Bytes `[batch, size, size]`, 1 = hole. */
  readonly holeMask: string;
  readonly task: TaskSpec;
  readonly learningRate: number;
  /** Weights of losses by the names of the catalog, for contenders that do not know recipes. */
  readonly losses: Readonly<Record<string, number>>;
  /** VGG-16 up to conv3_3, if a loss needs it. */
  readonly vgg?: ArraysFile & { readonly mean: readonly [number, number, number] };
}

/** Any of them. */
export type Workload = ForwardWorkload | OpWorkload | TrainWorkload;

/** What a contender of this program's language offers; `host.ts` lets it speak with the bench. */
export interface Runner {
  /** Library, version, threads, device. */
  readonly about: string;
  /** Loads everything; not measured. */
  prepare(workload: Workload): Promise<Job>;
}

/** A workload that is ready to run. */
export interface Job {
  /** Runs it once, from arrays in memory to arrays in memory. @returns Milliseconds. */
  run(): Promise<number>;
  /** What the last run gave: `[size, size, c]`, or the total losses of the first steps. */
  output(): Promise<Float32Array>;
  close(): void;
}
