/**
 * Puts a task together.
 * @module
 */
import type { TaskPart, TrainingTask } from "./types.ts";

/**
 * Composes a task from parts, applied from left to right.
 *
 * @param name Shown in logs and stored in checkpoints.
 * @param parts At least one loss, a learning rate and a number of steps.
 * @throws {RangeError} If losses, learning rate or steps are missing.
 *
 * @example A task of one's own
 * ```ts ignore
 * const task = compose("mine", withLoss(hole(), 6), withLearningRate(1e-3), withSteps(1000));
 * ```
 */
export function compose(name: string, ...parts: readonly TaskPart[]): TrainingTask {
  const empty: TrainingTask = {
    name,
    steps: 0,
    terms: [],
    learningRate: () => Number.NaN,
    freezes: [],
  };
  const task = parts.reduce((whole, part) => part(whole), empty);
  const missing = [
    task.terms.length === 0 ? "no loss (withLoss)" : undefined,
    Number.isNaN(task.learningRate(0)) ? "no learning rate (withLearningRate)" : undefined,
    task.steps < 1 ? "no steps (withSteps)" : undefined,
  ].filter((fault) => fault !== undefined);
  if (missing.length > 0) {
    throw new RangeError(`Cannot compose task "${name}": it has ${missing.join(" and ")}`);
  }
  return task;
}
