/**
 * The methods that users can name: for `inpaint --method` and `eval --methods`.
 * @module
 */
import type { Backend } from "../../backend/open_backend.ts";
import { readNetwork } from "../../checkpoint/weights.ts";
import { WeightsError } from "../../errors.ts";
import type { FillMethod } from "../../methods/types.ts";

/** What a method may need to be opened. */
export interface MethodSettings {
  /** Name or file of the network's weights; undefined for the method's own default. */
  readonly weights?: string | undefined;
  /** Pixels around a hole that a network sees. */
  readonly context: number | "auto";
  /** Largest side that goes through a network at once, in pixels. */
  readonly tile: number;
  /** Fixes the chance of methods that use any. */
  readonly seed: number;
  /** Opens the device, at the first call. */
  readonly openBackend: () => Promise<Backend>;
}

/** A method as users know it. */
export interface MethodEntry {
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** Weights it uses unless others are named; undefined for a method without a network. */
  readonly weights?: string;
  /** Gets it ready. @throws {UserError} If device or weights are missing. */
  readonly open: (settings: MethodSettings) => Promise<FillMethod>;
}

/** All methods that fill by themselves, in the order of tables. A new one is a file in `src/methods` and an entry. */
export const METHODS: readonly MethodEntry[] = [
  {
    name: "pconv",
    summary: "the network of partial convolutions",
    weights: "pconv-lite",
    open: (settings) => openNetwork(settings, "pconv-lite"),
  },
  {
    name: "conv",
    summary: "its twin with typical convolutions",
    weights: "conv-lite",
    open: async (settings) => {
      const method = await openNetwork(settings, "conv-lite", "typical");
      return { ...method, name: "conv" };
    },
  },
  {
    name: "pyramid",
    summary: "the untrained fill that pconv-lite starts from",
    open: async ({ openBackend }) => {
      const { pyramid } = await import("../../methods/pyramid.ts");
      return pyramid({ backend: await openBackend() });
    },
  },
  {
    name: "patchmatch",
    summary: "patches copied from elsewhere in the picture (Barnes 2009, Wexler 2007)",
    open: async ({ seed }) => {
      const { patchmatch } = await import("../../methods/patchmatch.ts");
      return patchmatch({ seed });
    },
  },
  ...(["telea", "navier-stokes"] as const).map((algorithm): MethodEntry => ({
    name: algorithm,
    summary: `OpenCV's ${algorithm === "telea" ? "fast marching" : "Navier-Stokes"}, radius 3`,
    open: async () => {
      const { opencvInpaint } = await import("../../methods/opencv_inpaint.ts");
      return opencvInpaint({ algorithm });
    },
  })),
  {
    name: "mean",
    summary: "the mean colour of the known pixels, the floor",
    open: async () => (await import("../../methods/mean.ts")).mean(),
  },
];

/** Finds a method by the name that users type. */
export function findMethod(name: string): MethodEntry | undefined {
  return METHODS.find((method) => method.name === name);
}

/** Reads a network and puts it on the device. */
async function openNetwork(
  { weights, context, tile, openBackend }: MethodSettings,
  usual: string,
  wanted?: "typical",
): Promise<FillMethod> {
  // The backend comes first: reading a network puts its tensors there.
  const backend = await openBackend();
  const network = await readNetwork(weights ?? usual);
  const { convolution = "partial" } = network.config;
  if (wanted !== undefined && convolution !== wanted) {
    throw new WeightsError(
      `Cannot use weights "${network.name}" for method "conv": its convolutions are ` +
        `${convolution}, must be ${wanted}`,
      { hint: "Train such a network with pconv train --convolution typical" },
    );
  }
  const { pconv } = await import("../../methods/pconv.ts");
  return pconv({
    config: network.config,
    parameters: network.parameters,
    ...{ backend, context, tile },
  });
}
