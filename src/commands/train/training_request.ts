/**
 * What a command line asks to train, with its config file, checked.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import { readSettings } from "../../cli/settings_file.ts";
import { SETTINGS } from "../../cli/settings_table.ts";
import { UsageError } from "../../errors.ts";
import type { TaskCatalog } from "../../task/types.ts";
import { settingsFaults } from "./check_settings.ts";
import {
  completeSettings,
  networkOf,
  overlay,
  resumedSettings,
  type SomeSettings,
  type TrainingCommand,
} from "./resolve_settings.ts";
import { readRunConfig } from "./run_config.ts";
import type { RunSettings } from "./run_settings.ts";

/** Options of {@linkcode readTrainingRequest}. */
export interface TrainingRequestOptions {
  readonly catalog: TaskCatalog;
  /** Decides the recipe where nobody names one. */
  readonly command: TrainingCommand;
  /** Path of the config file, if there is one. */
  readonly config: string | undefined;
  /** Settings that were typed. */
  readonly typed: SomeSettings;
  /** Settings that must be given. */
  readonly needed: readonly ("images" | "weights")[];
  /** Reads standard input, which the config file "-" is. */
  readonly stdin: CommandIo["stdin"];
}

/**
 * Reads the config file, if there is one, and lays the flags over it. Everything that can be wrong with a new run's
 * settings is found here, before a device is opened.
 *
 * @returns The settings that somebody gave.
 * @throws {UsageError} If something is wrong; its message has one line for each fault.
 */
export async function readTrainingRequest(options: TrainingRequestOptions): Promise<SomeSettings> {
  const { catalog, command, config, typed, needed, stdin } = options;
  const file = config === undefined ? undefined : await readRunConfig(config, stdin);
  const given = overlay(file?.settings ?? {}, typed);
  const settings = completeSettings(given, command, networkOf(given));
  const faults = settingsFaults({
    ...{ catalog, settings, given, typed, needed },
    ...(file === undefined ? {} : { file }),
  });
  const problems = [...file?.problems ?? [], ...faults];
  if (problems.length === 0) return given;
  const hint = 'Run "pconv train --print-config" for all keys and their defaults';
  throw new UsageError(problems.join("\n"), file === undefined ? {} : { hint });
}

/**
 * Takes the settings of a checkpoint up again and lays the flags over them.
 *
 * @param run As the checkpoint holds them: a JSON object.
 * @param typed Settings that were typed.
 * @throws {UsageError} If something is wrong; its message has one line for each fault.
 */
export function resumeSettings(
  catalog: TaskCatalog,
  run: string,
  typed: SomeSettings,
): RunSettings {
  const { stored, problems } = readStored(run);
  const settings = resumedSettings(stored, typed);
  const missing = NEVER_DEFAULT.filter((key) => settings[key] === undefined)
    .map((key) => `Cannot resume: the checkpoint does not say "${key}"`);
  if (problems.length + missing.length > 0) {
    throw new UsageError([...problems, ...missing].join("\n"));
  }
  const faults = settingsFaults({ catalog, settings, given: typed, typed, needed: [] });
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  return settings;
}

/** Settings that every checkpoint has and no flag has a default for. */
const NEVER_DEFAULT = ["recipe", "images", "size", "batch"] as const;

/** As strict as with a config file, since a checkpoint can be damaged; keys of other versions are left out. */
function readStored(
  run: string,
): { readonly stored: SomeSettings; readonly problems: readonly string[] } {
  const all = Object.entries(JSON.parse(run) as object);
  const known = all.filter(([key]) => SETTINGS.some((setting) => setting.key === key));
  const text = JSON.stringify(Object.fromEntries(known));
  const { settings, problems } = readSettings(text, "settings of the checkpoint");
  return { stored: settings as SomeSettings, problems };
}
