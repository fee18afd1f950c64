/**
 * What was measured on this machine's GPU, kept between runs.
 * @module
 */

/** Where measurements are kept; neither direction ever fails. */
export interface TuningCache {
  /** Undefined if there is none, or it cannot be read. */
  readonly read: (key: string) => Promise<unknown>;
  /** Does nothing where it cannot write. */
  readonly write: (key: string, value: unknown) => Promise<void>;
}

/** Options of {@linkcode tuningCache}. */
export interface TuningCacheOptions {
  /**
   * Reads an environment variable.
   * @default `Deno.env.get`
   */
  readonly env?: (name: string) => string | undefined;
}

/**
 * A JSON file of measurements by key: `pconv/gpu_tuning.json` within `$XDG_CACHE_HOME` or `~/.cache`, on Windows within
 * `%LOCALAPPDATA%`. Damaged, it counts as empty; without permission or a home there is none.
 */
export function tuningCache({ env = Deno.env.get }: TuningCacheOptions = {}): TuningCache {
  const readAll = async (): Promise<Record<string, unknown>> => {
    const value = JSON.parse(await Deno.readTextFile(findFile(env)));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
    return value;
  };
  return {
    async read(key) {
      const all = await readAll().catch((): Record<string, unknown> => ({}));
      return Object.hasOwn(all, key) ? all[key] : undefined;
    },
    async write(key, value) {
      try {
        const file = findFile(env);
        const all = await readAll().catch(() => ({}));
        await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
        // Renamed into place, so that another run never reads half of it.
        const temporary = `${file}.${crypto.randomUUID()}.tmp`;
        await Deno.writeTextFile(
          temporary,
          `${JSON.stringify({ ...all, [key]: value }, null, 2)}\n`,
        );
        await Deno.rename(temporary, file);
      } catch {
        // It is measured again next time.
      }
    },
  };
}

/** @throws If no folder is known. */
function findFile(env: (name: string) => string | undefined): string {
  // An empty variable counts as unset, as the XDG specification demands.
  const home = env("HOME");
  const folder = env("XDG_CACHE_HOME") || env("LOCALAPPDATA") || (home && `${home}/.cache`);
  if (!folder) throw new Error("there is no folder for caches");
  return `${folder}/pconv/gpu_tuning.json`;
}
