/**
 * Records of invented runs.
 * @module
 */
import type { LogLine, RunRecord, ValidationLine } from "../../../src/report/run_record.ts";

/** A log whose losses fall from step to step, without noise. */
export function logLines(count: number, changes: Partial<LogLine> = {}): LogLine[] {
  return Array.from({ length: count }, (_, i) => {
    const hole = 1 / (i + 1);
    return {
      step: (i + 1) * 10,
      total: 6 * hole + 0.5,
      parts: { hole, valid: 0.5 },
      learningRate: 2e-4,
      held: [],
      stepMs: 100,
      waitShare: 0.25,
      ...changes,
    };
  });
}

/** A validation of ten images in two ranges. */
export function validationLine(step: number, holePsnr = 20): ValidationLine {
  const scores = { count: 5, l1Percent: 1.25, psnr: 28.5, ssim: 0.875, holePsnr };
  return {
    step,
    ...scores,
    count: 10,
    bins: [
      { bin: "(0.01, 0.1]", ...scores, psnr: 33.25 },
      { bin: "(0.1, 0.2]", ...scores, psnr: 23.75 },
    ],
    elapsedMs: 1000,
  };
}

/** A run of 200 steps that ended, with two validations. */
export function runRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    name: "first",
    folder: "runs/first",
    settings: { recipe: "reconstruction", images: "photos", maskRatio: [0.01, 0.6] },
    network: "3 levels",
    parameters: 12_345,
    task: "reconstruction",
    steps: 200,
    log: logLines(20),
    validations: [validationLine(100, 21.5), validationLine(200)],
    previews: [],
    leftOut: [],
    best: { step: 100, holePsnr: 21.5 },
    state: "done",
    ...changes,
  };
}
