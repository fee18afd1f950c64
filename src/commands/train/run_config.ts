/**
 * Config files of training runs.
 * @module
 */
import type { CommandIo } from "../../cli/io.ts";
import { readSettings } from "../../cli/settings_file.ts";
import { UsageError, UserError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";
import type { SomeSettings } from "./resolve_settings.ts";

/** A config file that was read. */
export interface RunConfig {
  readonly name: string;
  /** Settings that are right by themselves. */
  readonly settings: SomeSettings;
  /** All keys, those with a wrong value too; every key there is if the file cannot be read at all. */
  readonly keys: ReadonlySet<string>;
  /** One sentence for each mistake. */
  readonly problems: readonly string[];
}

/**
 * Reads a config file; "-" is standard input.
 *
 * @param stdin Reads standard input; see `CommandIo`.
 * @throws {UsageError} If it cannot be read. What is wrong inside is told in `problems`, so that it can be told
 * together with what the whole request lacks.
 */
export async function readRunConfig(
  path: string,
  stdin: CommandIo["stdin"],
): Promise<RunConfig> {
  const isStream = path === "-";
  const name = isStream ? "standard input" : path;
  let text: string;
  try {
    text = isStream
      ? new TextDecoder().decode(await stdin("a config"))
      : await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UsageError(`Cannot read config file "${name}": ${reasonOf(cause)}`, {
      cause,
      ...(cause instanceof Deno.errors.NotCapable
        ? { hint: 'For standard input say "--config -"' }
        : {}),
    });
  }
  const { settings, ...rest } = readSettings(text, name);
  // The table of keys gives each value the type that RunSettings says.
  return { name, settings: settings as SomeSettings, ...rest };
}
