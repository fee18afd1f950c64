/**
 * What the settings of a run may not be together.
 * @module
 */
import { isAbsolute, relative, resolve } from "node:path";
import { type SettingKey, SETTINGS } from "../../cli/settings_table.ts";
import { UserError } from "../../errors.ts";
import { specFaults } from "../../task/resolve.ts";
import type { TaskCatalog } from "../../task/types.ts";
import { checkHoleRatio } from "../hole_ratio.ts";
import { NETWORK_KEYS, networkOf, type SomeSettings } from "./resolve_settings.ts";
import { type RunSettings, taskSpec } from "./run_settings.ts";

/** Options of {@linkcode settingsFaults}. */
export interface SettingsFaultsOptions {
  readonly catalog: TaskCatalog;
  /** All of them. */
  readonly settings: RunSettings;
  /** Those that somebody gave, of which contradictions are told. */
  readonly given: SomeSettings;
  /** Those that were typed. */
  readonly typed: SomeSettings;
  /** Settings that must be given. */
  readonly needed: readonly ("images" | "weights")[];
  /** The config file, if there is one. */
  readonly file?: { readonly name: string; readonly keys: ReadonlySet<string> };
}

/** One sentence for each thing that cannot be: unknown names, contradictions, what is missing. */
export function settingsFaults(options: SettingsFaultsOptions): string[] {
  const { catalog, settings, given, typed, file } = options;
  const isInFile = (key: SettingKey) => file?.keys.has(key) === true && typed[key] === undefined;
  const inFile = file === undefined ? "" : ` in ${JSON.stringify(file.name)}`;
  const label = (key: SettingKey) =>
    isInFile(key)
      ? `"${key}"${inFile}`
      : `--${SETTINGS.find((known) => known.key === key)!.flag.name}`;
  const labels = (a: SettingKey, b: SettingKey) =>
    isInFile(a) && isInFile(b) ? `"${a}" with "${b}"${inFile}` : `${label(a)} with ${label(b)}`;
  /** False if the file's value was told to be wrong already. */
  const areSound = (...keys: SettingKey[]) =>
    keys.every((key) => !isInFile(key) || given[key] !== undefined);

  const faults = areSound("recipe")
    ? specFaults(catalog, taskSpec(settings), (key, name) => {
      const isTyped = key === "losses"
        ? typed.losses?.[name] !== undefined
        : typed[key as SettingKey] !== undefined;
      return !isTyped && file?.keys.has(key) ? inFile : "";
    })
    : [];
  if (areSound("weights", "recipe", ...NETWORK_KEYS)) {
    faults.push(...networkFaults(given, label, labels));
  }
  try {
    checkHoleRatio(label("maskRatio"), settings.maskRatio);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    faults.push(error.message);
  }
  const { batch, replicas } = settings;
  if (areSound("batch", "replicas") && replicas > batch) {
    faults.push(
      `Cannot share a batch of ${batch} between ${replicas} replicas: ` +
        `${label("replicas")} must not exceed ${label("batch")}`,
    );
  }
  for (const key of ["maskPolarity", "maskDilate"] as const) {
    if (settings.masks === undefined && typed[key] !== undefined && areSound("masks")) {
      faults.push(`Cannot use ${label(key)} without --masks: made masks have no files`);
    }
  }
  if (settings.latticeShare === 0 && typed.scales !== undefined && areSound("latticeShare")) {
    faults.push(`Cannot use ${label("scales")}: ${label("latticeShare")} is 0, must be above 0`);
  }
  if (isFolderShared(settings)) {
    faults.push(
      `Cannot validate on "${settings.validation}" and train on "${settings.images}": ` +
        `${label("validation")} must be another folder than ${label("images")}`,
    );
  }
  return [...faults, ...missing(options)];
}

function networkFaults(
  given: SomeSettings,
  label: (key: SettingKey) => string,
  labels: (a: SettingKey, b: SettingKey) => string,
): string[] {
  const faults: string[] = [];
  if (given.weights !== undefined) {
    for (const key of NETWORK_KEYS) {
      if (given[key] === undefined) continue;
      faults.push(`Cannot use ${labels(key, "weights")}: the weights fix the network`);
    }
    return faults;
  }
  const { base, convolution = "partial" } = networkOf(given);
  const { recipe = "" } = given;
  if (convolution === "partial" && networkOf({ recipe }).convolution === "typical") {
    faults.push(
      `Cannot use ${
        labels("convolution", "recipe")
      }: convolution is "partial", must be "typical" ` +
        `for recipe "${recipe}"`,
    );
  }
  if (convolution === "typical" && base !== "none") {
    const cause = given.convolution === undefined ? "recipe" : "convolution";
    faults.push(
      `Cannot use ${
        labels("base", cause)
      }: base is "${base}", must be "none" for typical convolutions`,
    );
  }
  if (convolution === "partial" && given.holeValue !== undefined) {
    faults.push(
      `Cannot use ${label("holeValue")}: convolution is "partial", must be "typical"`,
    );
  }
  return faults;
}

function missing({ given, needed, file }: SettingsFaultsOptions): string[] {
  return needed.filter((key) => given[key] === undefined && !file?.keys.has(key)).map((key) => {
    const { flag } = SETTINGS.find((known) => known.key === key)!;
    const value = flag.kind === "boolean" ? "" : flag.value;
    return `Missing --${key} ${value}${file === undefined ? "" : ` or "${key}" in "${file.name}"`}`;
  });
}

/** True if validation would leave nothing to train on; a folder within that of the images is left out of them. */
function isFolderShared({ images, validation }: RunSettings): boolean {
  if (images === "" || validation === "auto" || validation === "none") return false;
  const path = relative(resolve(validation), resolve(images));
  return !isAbsolute(path) && path.split(/[/\\]/)[0] !== "..";
}
