/**
 * Where a run folder may lie.
 * @module
 */
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "../../errors.ts";
import type { RunSettings } from "./run_settings.ts";

/**
 * Refuses a run folder within a folder that the run reads images from: its previews would be taken for images,
 * by the same run when it is resumed and by later ones. Below a name that starts with a dot it is allowed, since
 * no listing looks there.
 *
 * @param folder Run folder; it need not exist.
 * @throws {UsageError} If it lies within the images, the masks or the validation folder, or is one of them.
 */
export async function checkRunPlace(
  folder: string,
  { images, masks, validation }: Pick<RunSettings, "images" | "masks" | "validation">,
): Promise<void> {
  const read: readonly (readonly [flag: string, path: string | undefined])[] = [
    ["--images", images],
    ["--masks", masks],
    ["--validation", validation === "auto" || validation === "none" ? undefined : validation],
  ];
  const real = await realPlace(resolve(folder));
  for (const [flag, path] of read) {
    if (path === undefined) continue;
    const way = relative(await realPlace(resolve(path)), real).split(sep);
    if (way[0] === ".." || way.some((name) => name.startsWith("."))) continue;
    throw new UsageError(
      `Cannot keep a run in "${folder}": it lies in ${flag} "${path}", must lie elsewhere`,
      { hint: "Its previews would be taken for images; give --output another folder" },
    );
  }
}

/** Path without links, also of what does not exist yet. */
async function realPlace(path: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realPlace(parent), basename(path));
  }
}
