/**
 * Cleaning up after runs that were killed.
 * @module
 */
import { join } from "node:path";

/**
 * Removes the temporary files of earlier runs. Folders that are missing or cannot be read are passed over: what cannot be
 * removed disturbs nobody.
 *
 * @param folders Where results are written.
 * @param tags Of runs that are known to have ended.
 */
export async function removeLeftovers(
  folders: Iterable<string>,
  tags: readonly string[],
): Promise<void> {
  if (tags.length === 0) return;
  const former = new Set(tags);
  for (const folder of new Set(folders)) {
    const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
    for (const { name } of entries) {
      const tag = /^\.pconv-([0-9a-z]+)-[0-9a-f-]+\.tmp$/.exec(name)?.[1];
      if (tag !== undefined && former.has(tag)) {
        await Deno.remove(join(folder, name)).catch(() => {});
      }
    }
  }
}
