/**
 * Writing a file so that its name never stands for half of it.
 * @module
 */
import { dirname, join } from "node:path";
import { InputError, UserError } from "../errors.ts";
import { reasonOf } from "../system_reason.ts";

/** Options of {@linkcode writeFileAtomic}. */
export interface WriteFileAtomicOptions {
  /**
   * Stands in the temporary's name, so that a later run can tell whose it was; letters and digits.
   * @default the number of the process
   */
  readonly tag?: string;
  /**
   * False fails if the name is taken by the time the file gets it.
   * @default true
   */
  readonly mayReplace?: boolean;
  /**
   * Called when the disk has all bytes and before the file has its name. What it throws is thrown, and the file is not kept.
   *
   * @param readBack Reads the written bytes from the disk.
   */
  readonly beforeNaming?: (readBack: () => Promise<Uint8Array>) => Promise<void>;
}

/**
 * Writes a file whole or not at all: to a hidden temporary beside it, flushed to the disk, then renamed.
 * A reader sees the old file or the new one. Missing parent folders are made. If writing fails the
 * temporary is removed and an existing file is left as it was; a killed process leaves at most a file
 * `.pconv-TAG-UUID.tmp`.
 *
 * @param path Where the file shall be. A symbolic link there is replaced, not followed.
 * @param bytes Whole content.
 * @throws {InputError} If the folder cannot be made or the file cannot be written.
 */
export async function writeFileAtomic(
  path: string,
  bytes: Uint8Array,
  { tag = String(Deno.pid), mayReplace = true, beforeNaming }: WriteFileAtomicOptions = {},
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.pconv-${tag}-${crypto.randomUUID()}.tmp`);
  try {
    await Deno.mkdir(folder, { recursive: true });
    await writeFlushed(temporary, bytes);
    await beforeNaming?.(() => Deno.readFile(temporary));
    if (mayReplace) await Deno.rename(temporary, path);
    else await giveFreeName(temporary, path);
  } catch (cause) {
    // The first failure is the one to report, and the temporary may not exist.
    await Deno.remove(temporary).catch(() => {});
    if (cause instanceof UserError) throw cause;
    throw new InputError(`Cannot write ${JSON.stringify(path)}: ${reasonOf(cause)}`, { cause });
  }
}

/** Gives a file a name that nothing else may have. */
async function giveFreeName(temporary: string, path: string): Promise<void> {
  try {
    // Unlike a renaming it fails if the name is taken.
    await Deno.link(temporary, path);
  } catch (error) {
    const isTaken = await Deno.lstat(path).then(() => true, () => false);
    if (isTaken) throw new InputError(`Cannot write ${JSON.stringify(path)}: it exists`);
    if (error instanceof Deno.errors.NotFound) throw error;
    // A file system without hard links.
    return await Deno.rename(temporary, path);
  }
  await Deno.remove(temporary);
}

/** Creates a file, writes all bytes and waits until the disk has them. */
async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
  await file.sync();
}
