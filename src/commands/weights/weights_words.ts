/**
 * What the metadata of a weights file means, in words.
 * @module
 */
import type { ImageRange } from "../../model/image_range.ts";
import { parseUNetConfig } from "../../model/unet_config.ts";
import { UserError } from "../../errors.ts";

/** Ranges of colours as people call them. */
const RANGE_WORDS: Readonly<Record<ImageRange, string>> = {
  "[0,1]": "[0,1]",
  "[-1,1]": "[-1,1]",
  "imagenet": "ImageNet's range",
};

/**
 * "6 levels, 16 to 128 channels, base pyramid, no batch norm, partial convolutions"; of networks of others also
 * "images in ImageNet's range" and "output head sigmoid"; the text itself if it is none.
 */
export function networkWords(network: string): string {
  try {
    const config = parseUNetConfig(network, "a file");
    const { encoder, base, normalisation, convolution = "partial", holeValue } = config;
    const channels = encoder.map((level) => level.channels);
    const [least, most] = [Math.min(...channels), Math.max(...channels)];
    return [
      `${encoder.length} level${encoder.length === 1 ? "" : "s"}`,
      `${least === most ? most : `${least} to ${most}`} channels`,
      `base ${base}`,
      normalisation === "batch" ? "batch norm" : "no batch norm",
      `${convolution} convolutions${holeValue === undefined ? "" : ` (hole value ${holeValue})`}`,
      ...config.range === "[0,1]" ? [] : [`images in ${RANGE_WORDS[config.range]}`],
      ...config.outputHead === undefined ? [] : [`output head ${config.outputHead}`],
    ].join(", ");
  } catch (error) {
    // A newer version may write what this one does not know.
    if (!(error instanceof UserError)) throw error;
    return network;
  }
}

/** "recipe refine, 560 steps", of the settings of a run as JSON; the text itself if they are none. */
export function runWords(run: string): string {
  const { recipe, steps } = readObject(run);
  const words = [
    ...typeof recipe === "string" ? [`recipe ${recipe}`] : [],
    ...typeof steps === "number" ? [`${steps.toLocaleString("en")} steps`] : [],
  ];
  return words.length === 0 ? run : words.join(", ");
}

/** "step 500, hole PSNR 23.41 dB", of the best validation as JSON; the text itself if it is none. */
export function bestWords(best: string): string {
  const { step, holePsnr } = readObject(best);
  if (typeof step !== "number" || typeof holePsnr !== "number") return best;
  return `step ${step.toLocaleString("en")}, hole PSNR ${holePsnr.toFixed(2)} dB`;
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
  } catch {
    return {};
  }
}
