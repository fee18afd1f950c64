/**
 * Config files of training runs.
 * @module
 */
import { readSettings } from "../cli/settings_file.ts";
import { UsageError } from "../errors.ts";
import { reasonOf } from "../system_reason.ts";
import type { SomeSettings } from "./resolve_settings.ts";

/** A config file that was read. */
export interface RunConfig {
  readonly name: string;
  /** Settings that are right by themselves. */
  readonly settings: SomeSettings;
  /** All keys, those with a wrong value too. */
  readonly keys: ReadonlySet<string>;
  /** One sentence for each mistake. */
  readonly problems: readonly string[];
}

/**
 * Reads a config file.
 *
 * @throws {UsageError} If it cannot be read. What is wrong inside is told in `problems`, so that it can be told
 * together with what the whole request lacks.
 */
export async function readRunConfig(path: string): Promise<RunConfig> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new UsageError(`Cannot read config file "${path}": ${reasonOf(cause)}`, { cause });
  }
  const { settings, ...rest } = readSettings(text, path);
  // The table of keys gives each value the type that RunSettings says.
  return { name: path, settings: settings as SomeSettings, ...rest };
}
