/**
 * What the parts of `pconv inpaint` take over a folder, each for itself: `folder_sums.ts <photos> <masks>` prints
 * {@linkcode FolderSums}.
 * @module
 */
import { basename, extname, join } from "node:path";
import { findMethod } from "../../../src/commands/methods/method_catalog.ts";
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { readHoleMask } from "../../../src/data/mask_file.ts";
import { withAlpha } from "../../../src/data/with_alpha.ts";
import { withoutAlpha } from "../../../src/data/without_alpha.ts";

/** Milliseconds, over the whole folder. */
export interface FolderSums {
  openMs: number;
  decodeMs: number;
  maskMs: number;
  fillMs: number;
  encodeMs: number;
}

const [photos, masks] = Deno.args as [string, string];
const sums: FolderSums = { openMs: 0, decodeMs: 0, maskMs: 0, fillMs: 0, encodeMs: 0 };
const timed = async <T>(part: keyof FolderSums, work: () => Promise<T>): Promise<T> => {
  const startMs = performance.now();
  const result = await work();
  sums[part] += performance.now() - startMs;
  return result;
};
const method = await timed("openMs", () =>
  findMethod("pconv")!.open({
    ...{ weights: undefined, context: "auto", tile: 1024, seed: 0 },
    ...{ device: "cpu", log: () => {} },
  }));
for await (const { name } of Deno.readDir(photos)) {
  const image = await timed(
    "decodeMs",
    async () => await decodeImage(await Deno.readFile(join(photos, name)), { name }),
  );
  const { width, height } = image;
  const { holeMask } = await timed("maskMs", async () => {
    const path = join(masks, `${basename(name, extname(name))}.png`);
    return readHoleMask(await decodeImage(await Deno.readFile(path), { name: path }));
  });
  const rgb255 = withoutAlpha(image.rgba);
  const filled = await timed("fillMs", () => method.fill({ width, height, rgb255, holeMask }));
  await timed("encodeMs", async () =>
    await encodeImage(
      { width, height, rgba: withAlpha(filled) },
      { format: "jpeg", keepAlpha: false },
    ));
}
console.log(JSON.stringify(sums));
Deno.exit(0);
