/**
 * Fills the holes of a picture: file in, file out.
 *
 *   deno run -A examples/library/fill_picture.ts photo.jpg mask.png filled.png [weights]
 */
import {
  encodeImage,
  openEngine,
  pconv,
  readHoleMask,
  readImageFile,
  readNetworkFile,
  withAlpha,
  withoutAlpha,
} from "../../src/mod.ts";

const [photo, mask, out, weights = "pconv-lite"] = Deno.args;

// A network is numbers in a file; an engine is the device that runs it. Open both once, fill many pictures.
const network = await readNetworkFile(weights);
const engine = await openEngine({ device: "auto", network, log: console.error });
const method = pconv({ config: network.config, engine, context: "auto", tile: 1024 });

// Pictures are rgb255, masks have 1 where a pixel is missing; white of the mask picture is the hole.
const { width, height, rgba } = await readImageFile(photo!);
const { holeMask } = readHoleMask(await readImageFile(mask!));
const filled = await method.fill({ width, height, rgb255: withoutAlpha(rgba), holeMask });
method.close?.();

// The known pixels are exactly those of the photograph, so a lossless format keeps them.
const picture = { width, height, rgba: withAlpha(filled) };
await Deno.writeFile(out!, await encodeImage(picture, { format: "png", keepAlpha: false }));
