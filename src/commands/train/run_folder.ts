/**
 * The files of a training run: their names, who may write them, and what a killed run leaves behind.
 * @module
 */
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { InputError, UsageError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";

/** Names within a run folder. */
export const RUN_FILES = {
  /** Whole state after the last checkpoint. */
  checkpoint: "checkpoint.safetensors",
  /** Network after the last checkpoint. */
  weights: "weights.safetensors",
  /** Network of the best validation. */
  best: "best.safetensors",
  /** A line per report. */
  log: "log.jsonl",
  /** A line per validation. */
  validation: "validation.jsonl",
  /** Settings. */
  config: "config.json",
  report: "report.html",
  /** Holds the process that writes here. */
  lock: ".lock",
  /** Folder of checkpoints that stay. */
  kept: "checkpoints",
  /** Folder of preview sheets. */
  previews: "previews",
} as const;

/** Names what belongs to a step, so that names sort as steps do: "step-000500.png". */
export function stepFile(step: number, ending: "png" | "safetensors"): string {
  return `step-${String(step).padStart(6, "0")}.${ending}`;
}

/** The step that {@linkcode stepFile} wrote into a name, or undefined if it is no such name. */
export function stepOfFile(name: string): number | undefined {
  const digits = /^step-(\d{6,})\.(?:png|safetensors)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The run folder that a checkpoint file belongs to: those that stay lie in a folder of their own. */
export function runFolderOf(checkpoint: string): string {
  const folder = dirname(checkpoint);
  const isKept = stepOfFile(basename(checkpoint)) !== undefined;
  return isKept && basename(folder) === RUN_FILES.kept ? dirname(folder) : folder;
}

/**
 * Makes the run folder and keeps other processes out of it until the result is disposed of. The lock is the
 * operating system's: it ends with the process, however that ends.
 *
 * @param warn Told if the file system knows no locks; the run then goes on without.
 * @throws {UsageError} If another process works there.
 * @throws {InputError} If the folder cannot be written.
 */
export async function lockRunFolder(
  folder: string,
  warn: (line: string) => void,
): Promise<Disposable> {
  const path = join(folder, RUN_FILES.lock);
  let file: Deno.FsFile;
  try {
    await Deno.mkdir(folder, { recursive: true });
    file = await Deno.open(path, { read: true, write: true, create: true });
  } catch (cause) {
    throw new InputError(`Cannot write to run folder "${folder}": ${reasonOf(cause)}`, { cause });
  }
  try {
    if (!await file.tryLock(true)) {
      // Some systems keep others from reading a locked file too.
      const holder = (await Deno.readTextFile(path).catch(() => "")).trim();
      throw new UsageError(
        `Cannot write to "${folder}": another process${holder && ` (${holder})`} works there, ` +
          "must have ended",
        { hint: "Wait for it or stop it with Ctrl-C, or give another folder with --output" },
      );
    }
    await file.truncate();
    await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  } catch (error) {
    if (error instanceof UsageError) {
      file.close();
      throw error;
    }
    warn(`cannot lock run folder "${folder}": ${reasonOf(error)}; start no second run in it`);
  }
  return { [Symbol.dispose]: () => file.close() };
}

/**
 * Appends a value as one line of JSON and waits until the disk has it.
 *
 * @throws {InputError} If that fails.
 */
export async function appendLine(path: string, value: unknown): Promise<void> {
  await appendBytes(path, new TextEncoder().encode(`${JSON.stringify(value)}\n`));
}

/**
 * Appends to a file, which is made if it is missing, and waits until the disk has it.
 *
 * @throws {InputError} If that fails.
 */
export async function appendBytes(path: string, bytes: Uint8Array): Promise<void> {
  try {
    using file = await Deno.open(path, { append: true, create: true });
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    await file.syncData();
  } catch (cause) {
    throw new InputError(`Cannot write "${path}": ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Reads the lines of a file of JSON lines. A last line that a killed run did not finish is left out.
 *
 * @returns None if there is no such file.
 * @throws {InputError} If it cannot be read, or a line that was finished is no JSON.
 */
export async function readLines<T>(path: string): Promise<T[]> {
  const lines = (await readText(path)).split("\n");
  // What stands behind the last line break was not finished, unless it is nothing.
  return lines.slice(0, -1).map((line, i) => {
    try {
      return JSON.parse(line) as T;
    } catch (cause) {
      throw new InputError(`Cannot read "${path}": line ${i + 1} is damaged, must be JSON`, {
        cause,
      });
    }
  });
}

/**
 * Takes a last line away that a killed run did not finish, so that the next one begins on its own.
 *
 * @throws {InputError} If the file cannot be read or written.
 */
export async function mendLines(path: string): Promise<void> {
  const text = await readText(path);
  if (text === "" || text.endsWith("\n")) return;
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  await writeFileAtomic(path, new TextEncoder().encode(whole));
}

/** What has a step. */
interface Stepped {
  readonly step: number;
}

/**
 * Takes a run folder back to the step of its checkpoint: later lines and previews of a killed run go, since the run
 * that goes on makes them again; so do its half-written files. At step 0 nothing stays, for the run begins anew, maybe
 * with other weights.
 *
 * @throws {InputError} If a file cannot be read or written.
 */
export async function rewindRunFolder(folder: string, step: number): Promise<void> {
  for (const name of [RUN_FILES.log, RUN_FILES.validation]) {
    const path = join(folder, name);
    const lines = (await readLines<Stepped>(path)).filter((line) => step > 0 && line.step <= step);
    const kept = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    if (kept !== await readText(path)) {
      await writeFileAtomic(path, new TextEncoder().encode(kept));
    }
  }
  const previews = join(folder, RUN_FILES.previews);
  for (const file of await namesIn(previews)) {
    if (step === 0 || (stepOfFile(file) ?? 0) > step) await Deno.remove(join(previews, file));
  }
  for (const name of ["", RUN_FILES.kept, RUN_FILES.previews]) {
    for (const file of await namesIn(join(folder, name))) {
      // Names as writeFileAtomic() makes them; the lock says that nobody else is writing.
      if (/^\.pconv-\d+-.*\.tmp$/.test(file)) await Deno.remove(join(folder, name, file));
    }
  }
}

/** Names of the entries of a folder; none if there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new InputError(`Cannot read "${folder}": ${reasonOf(cause)}`, { cause });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return "";
    throw new InputError(`Cannot read "${path}": ${reasonOf(cause)}`, { cause });
  }
}
