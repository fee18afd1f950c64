/**
 * Whether the page of a run may be written, told before any work.
 * @module
 */
import { InputError, UsageError } from "../../errors.ts";
import { OccupiedError } from "./occupied_error.ts";

/** What stands near the beginning of every page of this program. */
const MARK = / - pconv<\/title>/;

/**
 * Refuses a name that is none of a page, a folder, and a file that is not a page of this program unless it may be replaced.
 *
 * @throws {UsageError} If the name does not end in .html or .htm.
 * @throws {InputError} If something lies there that must stay.
 */
export async function checkPagePlace(
  path: string,
  { overwrite }: { readonly overwrite: boolean },
): Promise<void> {
  const name = JSON.stringify(path);
  if (!/\.html?$/i.test(path)) {
    throw new UsageError(`Cannot write the page ${name}: its name must end in .html`);
  }
  const info = await Deno.stat(path).catch(() => undefined);
  if (info === undefined || (overwrite && info.isFile)) return;
  if (!info.isFile) throw new InputError(`Cannot write the page ${name}: it is no file`);
  if (await isOurs(path)) return;
  throw new OccupiedError(`Cannot write the page ${name}: it exists and is no page of pconv`, {
    hint: "Give --overwrite to replace it",
  });
}

async function isOurs(path: string): Promise<boolean> {
  try {
    using file = await Deno.open(path);
    const start = new Uint8Array(4096);
    const length = await file.read(start) ?? 0;
    return MARK.test(new TextDecoder().decode(start.subarray(0, length)));
  } catch {
    return false;
  }
}
