/**
 * Where the user's own weights are kept: what was fetched or imported once and is wanted again.
 * @module
 */
import { join } from "node:path";
import { InputError } from "../errors.ts";

/** The facts of the machine that decide; tests bring their own. */
export interface UserWeightsOptions {
  /** Environment variables. @default those of the process */
  readonly env?: (name: string) => string | undefined;
  /** Operating system as `Deno.build.os` names it. @default the one that runs */
  readonly os?: string;
}

/**
 * The folder of the user's weights; it may not exist yet.
 *
 * `$PCONV_HOME` if it is set, else the folder "pconv" within `$XDG_DATA_HOME` or `~/.local/share`; on macOS
 * `~/Library/Application Support`, on Windows `%LOCALAPPDATA%`.
 *
 * @throws {InputError} If none of the variables says where.
 */
export function userWeightsFolder(options: UserWeightsOptions = {}): string {
  const { env = Deno.env.get, os = Deno.build.os } = options;
  // An empty variable counts as unset, as the XDG specification demands.
  const own = env("PCONV_HOME");
  if (own) return own;
  const within = (home: string | undefined, ...folders: readonly string[]) =>
    home ? join(home, ...folders, "pconv") : undefined;
  const found = os === "windows"
    ? within(env("LOCALAPPDATA")) ?? within(env("USERPROFILE"), "AppData", "Local")
    : os === "darwin"
    ? within(env("HOME"), "Library", "Application Support")
    : within(env("XDG_DATA_HOME")) ?? within(env("HOME"), ".local", "share");
  if (found !== undefined) return found;
  throw new InputError("Cannot find a folder for weights: the environment names no home", {
    hint: "Set PCONV_HOME to a folder, or name the file with --output",
  });
}

/** Path of the VGG-16 that `weights fetch` and `weights import` write unless told otherwise. */
export function userVgg16Path(options: UserWeightsOptions = {}): string {
  return join(userWeightsFolder(options), "vgg16.safetensors");
}
