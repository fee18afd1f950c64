/**
 * Tags under which TensorBoard shows a run.
 * @module
 */
import type { LogLine, MeanScores, ValidationLine } from "./run_record.ts";

/** Lists the scalars of a line of the log; losses stand as "loss/NAME", unweighted. */
export function logScalars(line: LogLine): Record<string, number> {
  const scalars: Record<string, number> = { total: line.total };
  for (const [name, value] of Object.entries(line.parts)) scalars[`loss/${name}`] = value;
  scalars.learning_rate = line.learningRate;
  scalars.step_ms = line.stepMs;
  if (line.waitShare !== undefined) scalars.wait_share = line.waitShare;
  return scalars;
}

/** Lists the scalars of a validation: "validation/psnr" over all images, "validation/psnr/(0.01, 0.1]" of a range. */
export function validationScalars(line: ValidationLine): Record<string, number> {
  const scalars: Record<string, number> = {};
  const add = ({ l1Percent, psnr, ssim, holePsnr }: MeanScores, ending: string) => {
    scalars[`validation/l1_percent${ending}`] = l1Percent;
    scalars[`validation/psnr${ending}`] = psnr;
    scalars[`validation/ssim${ending}`] = ssim;
    scalars[`validation/hole_psnr${ending}`] = holePsnr;
  };
  add(line, "");
  for (const bin of line.bins) add(bin, `/${bin.bin}`);
  return scalars;
}
