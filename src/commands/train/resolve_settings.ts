/**
 * From preset, config file and flags to the settings of a run, later ones winning.
 * @module
 */
import type { NamedNumber } from "../../cli/flag.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import { SETTINGS } from "../../cli/settings_table.ts";
import {
  type Convolution,
  type PresetName,
  PRESETS,
  type UNetConfig,
} from "../../model/unet_config.ts";
import { CROP_DEFAULTS, type RunSettings } from "./run_settings.ts";

/** The command line of `train` or `finetune`. */
export type TrainingLine = ParsedOptions<"train" | "finetune">;

/** Decides the recipe where nobody names one. */
export type TrainingCommand = TrainingLine["command"];

/** Some of the settings. */
export type SomeSettings = Partial<RunSettings>;

/** Over a base the output outside of the hole is not trained, so a loss on known pixels would undo the rest. */
const DEFAULT_RECIPES = {
  train: { none: "reconstruction", pyramid: "refine" },
  finetune: { none: "reconstruction-finetune", pyramid: "refine-finetune" },
} as const;

/** The paper's network is trained as in the paper. */
const PAPER_RECIPES = { train: "pconv-initial", finetune: "pconv-finetune" } as const;

/** Recipes that stand for a network too. */
const RECIPE_CONVOLUTIONS: Readonly<Record<string, Convolution>> = { conv: "typical" };

/** Recipes for pictures to be enlarged, and the share of such crops then. */
const RECIPE_LATTICES: ReadonlyMap<string, number> = new Map([
  ["superres", 0.75],
  ["superres-finetune", 0.75],
]);

/** What only a new network has; weights bring their own. */
export const NETWORK_KEYS = ["preset", "base", "convolution", "holeValue"] as const;

/** Settings as the flags that were typed say them. */
export function typedSettings(
  { options, given }: { readonly options: object; readonly given: ReadonlySet<string> },
): SomeSettings {
  const values: Record<string, unknown> = {};
  for (const { key, flag, option, form } of SETTINGS) {
    if (!given.has(flag.name)) continue;
    const value = (options as Readonly<Record<string, unknown>>)[option];
    if (form === "weights") values[key] = weightsOf(value as readonly NamedNumber[]);
    else values[key] = form === "names" ? namesOf(value as readonly string[]) : value;
  }
  return dropUndefined(values);
}

/** The settings whose flags have a fixed default. */
export function defaultSettings(): SomeSettings {
  return dropUndefined(Object.fromEntries(
    SETTINGS.map(({ key, flag }) => [key, flag.kind === "boolean" ? undefined : flag.default]),
  ));
}

/**
 * Lays flags over a file. Weights of losses are merged by name; weights to start from take the place of the file's
 * network.
 */
export function overlay(file: SomeSettings, flags: SomeSettings): SomeSettings {
  const values: Record<string, unknown> = { ...file };
  if (flags.weights !== undefined) {
    for (const key of NETWORK_KEYS) delete values[key];
  }
  Object.assign(values, flags);
  if (file.losses !== undefined && flags.losses !== undefined) {
    values["losses"] = { ...file.losses, ...flags.losses };
  }
  return dropUndefined(values);
}

/** The network that settings ask for, if they name no weights. */
export function networkOf(settings: SomeSettings): UNetConfig {
  const preset = PRESETS[settings.preset ?? "lite"];
  const { recipe = "", holeValue } = settings;
  const convolution = settings.convolution ?? RECIPE_CONVOLUTIONS[recipe] ?? "partial";
  // Typical convolutions see no holes, so there is no base to correct in them.
  const base = settings.base ?? (convolution === "typical" ? "none" : preset.base);
  return {
    ...preset,
    base,
    ...(convolution === "partial" ? {} : { convolution, holeValue: holeValue ?? "grey" }),
  };
}

/**
 * Fills in all settings of a new run.
 *
 * @param some From file and flags.
 * @param network That will be trained: of the preset, or of the weights.
 */
export function completeSettings(
  some: SomeSettings,
  command: TrainingCommand,
  network: UNetConfig,
): RunSettings {
  const { base, convolution = "partial", holeValue } = network;
  const preset = some.preset ?? presetOf(network) ?? "lite";
  const { size, batch } = CROP_DEFAULTS[preset];
  const recipe = some.recipe ??
    (preset === "paper" && base === "none"
      ? PAPER_RECIPES[command]
      : DEFAULT_RECIPES[command][base]);
  const usual = {
    images: "",
    size,
    batch,
    recipe,
    latticeShare: RECIPE_LATTICES.get(recipe) ?? 0,
    ...(some.weights === undefined ? { preset, base, convolution, holeValue } : {}),
  };
  return sortKeys({ ...defaultSettings(), ...usual, ...some });
}

/** Name of the preset whose levels a network has, if there is one. */
export function presetOf(network: UNetConfig): PresetName | undefined {
  const levels = JSON.stringify(network.encoder);
  return (Object.keys(PRESETS) as PresetName[])
    .find((name) => JSON.stringify(PRESETS[name].encoder) === levels);
}

/** The settings of a run that goes on: those stored, with what was typed. */
export function resumedSettings(stored: SomeSettings, typed: SomeSettings): RunSettings {
  // A checkpoint of an older version lacks some.
  return sortKeys({ ...defaultSettings(), latticeShare: 0, ...overlay(stored, typed) });
}

/** Settings as the text of a config file, a line each; a folder of images that is not known yet is left out. */
export function formatSettings(settings: SomeSettings): string {
  const lines = Object.entries(sortKeys(settings))
    .filter(([key, value]) => key !== "images" || value !== "")
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${lines.join(",\n")}\n}`;
}

function weightsOf(pairs: readonly NamedNumber[]): RunSettings["losses"] {
  return Object.fromEntries(pairs.map(({ name, number }) => [name, { weight: number }]));
}

function namesOf(names: readonly string[]): readonly string[] {
  return names.filter((name) => name !== "none");
}

function sortKeys(
  settings: { readonly [K in keyof RunSettings]?: RunSettings[K] | undefined },
): RunSettings {
  const entries = SETTINGS.map(({ key }) => [key, settings[key]] as const);
  return dropUndefined(Object.fromEntries(entries)) as RunSettings;
}

function dropUndefined(values: Readonly<Record<string, unknown>>): SomeSettings {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
