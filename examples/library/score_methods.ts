/**
 * Scores ways of filling holes against each other, over generated masks.
 *
 *   deno run -A examples/library/score_methods.ts photo.jpg 3
 */
import {
  createRandom,
  type FillMethod,
  generateHoleMask,
  opencvInpaint,
  psnr,
  pyramid,
  readImageFile,
  ssim,
  withoutAlpha,
} from "../../src/mod.ts";

const [photo, masks] = [Deno.args[0]!, Number(Deno.args[1])];
const { width, height, rgba } = await readImageFile(photo);
const truth = withoutAlpha(rgba);

// Anything that turns a damaged picture into a whole one can take part.
const methods: readonly FillMethod[] = [pyramid(), opencvInpaint({ algorithm: "telea" })];

for (let seed = 1; seed <= masks; seed++) {
  // The same seed gives the same mask everywhere.
  const holeMask = generateHoleMask(createRandom(seed), { width, height, ratio: [0.1, 0.2] });
  for (const method of methods) {
    // What lies in the hole is never looked at, so the truth itself may go in.
    const filled = await method.fill({ width, height, rgb255: truth, holeMask });
    const db = psnr(filled, truth, { holeMask }).toFixed(2);
    const similarity = ssim(filled, truth, { width, height }).toFixed(4);
    console.log(`mask ${seed}  ${method.name}  hole ${db} dB  SSIM ${similarity}`);
  }
}
for (const method of methods) method.close?.();
