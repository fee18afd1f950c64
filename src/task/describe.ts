/**
 * A task as text.
 * @module
 */
import type { ParameterInfo, TrainingTask } from "./types.ts";

/** How many rows a table has at most, first and last step included. */
const ROWS = 11;

/**
 * Describes a task as a table of steps, learning rate, weights and held parameters, for `--dry-run`. Rows are
 * evenly spaced steps; "held" counts parameters that no update reaches.
 *
 * @param parameters Of the network that the task will train.
 */
export function describeTask(task: TrainingTask, parameters: readonly ParameterInfo[]): string {
  const names = task.terms.map(({ loss }) => loss.name);
  const rows = [["step", "rate", ...names, "held"]];
  const last = task.steps - 1;
  const count = Math.min(ROWS, task.steps);
  for (let i = 0; i < count; i++) {
    const step = count === 1 ? 0 : Math.round(i * last / (count - 1));
    const held = parameters.filter((parameter) =>
      task.freezes.some((freeze) => freeze.holdsParameter(parameter, step))
    );
    rows.push([
      String(step),
      task.learningRate(step).toExponential(2),
      ...task.terms.map(({ weight }) => String(Number(weight(step).toPrecision(4)))),
      held.length === 0 ? "none" : `${held.length} of ${parameters.length}`,
    ]);
  }
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, i) => cell.padStart(widths[i]!)).join("  "));
  const freezes = task.freezes.map(({ name }) => name).join(", ") || "none";
  return [`task "${task.name}", ${task.steps} steps, freezes: ${freezes}`, ...lines].join("\n");
}
