/**
 * What a validation found, in a line.
 * @module
 */
import { LATTICE_BIN, type ValidationScores } from "../../training/validate.ts";

/** Says the scores; those of pictures to be enlarged and those of irregular holes apart, if both are there. */
export function scoresText(
  scores: ValidationScores,
  { isBest }: { readonly isBest: boolean },
): string {
  return `hole PSNR ${scores.holePsnr.toFixed(2)} dB${isBest ? " (best so far)" : ""}` +
    `${kindsText(scores)}, PSNR ${scores.psnr.toFixed(2)} dB, ` +
    `SSIM ${scores.ssim.toFixed(4)}, l1 ${scores.l1Percent.toFixed(2)} %`;
}

function kindsText({ bins, count, holePsnr }: ValidationScores): string {
  const lattice = bins.find(({ bin }) => bin === LATTICE_BIN);
  if (lattice === undefined || lattice.count === count) return "";
  // The bins leave out holes that are smaller or larger than the paper's.
  const rest = (count * holePsnr - lattice.count * lattice.holePsnr) / (count - lattice.count);
  return ` (lattices ${lattice.holePsnr.toFixed(2)}, holes ${rest.toFixed(2)})`;
}
