/**
 * The keys of a config file as data. What a key may be is what its flag may be, so no range is written twice.
 * @module
 */
import type { Flag } from "./flag.ts";
import { flagsOf, optionName } from "./flags.ts";

/** One key of a config file. */
export interface Setting {
  /** As in the file. */
  readonly key: string;
  /** The flag that sets the same. */
  readonly flag: Flag;
  /** The option that this flag sets. */
  readonly option: string;
  /** "weights": an object such as `{"hole": {"weight": 6}}`, for short `{"hole": 6}`; "names": a list of texts. */
  readonly form: "value" | "weights" | "names";
}

/** Keys in the order that `--print-config` prints, with the long names of their flags. */
const KEYS = [
  ["recipe", "recipe"],
  ["steps", "steps"],
  ["learningRate", "learning-rate"],
  ["losses", "loss"],
  ["freezes", "freeze"],
  ["vgg", "vgg"],
  ["weights", "weights"],
  ["preset", "preset"],
  ["base", "base"],
  ["convolution", "convolution"],
  ["holeValue", "hole-value"],
  ["images", "images"],
  ["size", "size"],
  ["batch", "batch"],
  ["seed", "seed"],
  ["replicas", "replicas"],
  ["workers", "workers"],
  ["maskRatio", "mask-ratio"],
  ["masks", "masks"],
  ["maskPolarity", "mask-polarity"],
  ["maskDilate", "mask-dilate"],
  ["latticeShare", "lattice-share"],
  ["scales", "scales"],
  ["validation", "validation"],
  ["validateEvery", "validate-every"],
  ["validationCount", "validation-count"],
  ["previews", "previews"],
  ["checkpointEvery", "checkpoint-every"],
  ["keepEvery", "keep-every"],
  ["reportEvery", "report-every"],
] as const;

/** Name of a key of a config file. */
export type SettingKey = typeof KEYS[number][0];

/** Every key of a config file, in the order that `--print-config` prints. */
export const SETTINGS: readonly (Setting & { readonly key: SettingKey })[] = KEYS.map(
  ([key, name]) => ({
    key,
    flag: flagsOf("train").find((flag) => flag.name === name)!,
    option: optionName(name),
    form: key === "losses" ? "weights" : key === "freezes" ? "names" : "value",
  }),
);
