/**
 * Takes lines out of wider ones.
 * @module
 */
import type { Take, Workspace } from "./workspace.ts";

/** What {@linkcode copyLines} copies; addresses and steps in bytes. */
export interface LineCopy {
  readonly source: number;
  /** From one line to the next. */
  readonly sourceStep: number;
  /** Densely packed. */
  readonly target: number;
  /** Numbers of a line. */
  readonly numbers: number;
  readonly lines: number;
}

/** Copies lines of numbers, dropping what stands behind them in the source. */
export function copyLines(
  { kernels, numbers: view }: Workspace,
  take: Take,
  { source, sourceStep, target, numbers, lines }: LineCopy,
): void {
  const one = take(4);
  view()[one >>> 2] = 1;
  if (sourceStep === 4 * numbers) {
    kernels.scale(source, target, 1, lines * sourceStep, one, 0);
    return;
  }
  for (let line = 0; line < lines; line++) {
    kernels.scale(source + line * sourceStep, target + 4 * line * numbers, 1, 4 * numbers, one, 0);
  }
}
