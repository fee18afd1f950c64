/**
 * The methods that users can name: for `inpaint --method` and `eval --methods`.
 * @module
 */
import type { DeviceChoice } from "../../backend/choose_device.ts";
import { type NetworkFile, readNetworkFile } from "../../checkpoint/network_file.ts";
import { openEngine } from "../../engine/open_engine.ts";
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
  /** Where a network runs. */
  readonly device: DeviceChoice;
  /** Takes lines for the user: which device it is, and what happens to it. */
  readonly log: (line: string) => void;
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
    open: async () => (await import("../../methods/pyramid.ts")).pyramid(),
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
  { weights, context, tile, device, log }: MethodSettings,
  usual: string,
  wanted?: "typical",
): Promise<FillMethod> {
  // The device opens while the weights are read.
  const network = readNetworkFile(weights ?? usual).then((network) => {
    if (wanted !== undefined) requireConvolution(network, wanted);
    return network;
  });
  const [engine, { config }, { pconv }] = await Promise.all([
    openEngine({ device, network, log }),
    network,
    import("../../methods/pconv.ts"),
  ]);
  return pconv({ config, engine, context, tile, log });
}

/** Refuses weights of another kind of network. */
function requireConvolution({ config, name }: NetworkFile, wanted: "typical"): void {
  const { convolution = "partial" } = config;
  if (convolution !== wanted) {
    throw new WeightsError(
      `Cannot use weights "${name}" for method "conv": its convolutions are ` +
        `${convolution}, must be ${wanted}`,
      { hint: "Train such a network with pconv train --convolution typical" },
    );
  }
}
