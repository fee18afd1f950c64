/**
 * A task as text.
 * @module
 */
import type { ParameterInfo, TrainingTask } from "./types.ts";

/** How many rows a table has at most, first and last step included. */
const ROWS = 11;

/**
 * Describes a task as a table of steps, learning rate and weights, for `--dry-run`, with the layers that are held
 * below. Rows are evenly spaced steps, without those that only repeat both neighbours; "held" counts parameters that
 * no update reaches, "stored" the batch norm layers that read stored statistics. What is held is followed to the step
 * where it changes, if that happens no more than once between two rows.
 *
 * @param parameters Of the network that the task will train.
 * @param statistics Paths of its batch norm layers.
 */
export function describeTask(
  task: TrainingTask,
  parameters: readonly ParameterInfo[],
  statistics: readonly string[] = [],
): string {
  const heldAt = (step: number): Held => ({
    parameters: parameters.filter((info) => task.freezes.some((f) => f.holdsParameter(info, step))),
    statistics: statistics.filter((path) =>
      task.freezes.some((f) => f.holdsStatistics(path, step))
    ),
  });
  const count = Math.min(ROWS, task.steps);
  const steps = Array.from(
    { length: count },
    (_, i) => count === 1 ? 0 : Math.round(i * (task.steps - 1) / (count - 1)),
  );
  const rows = steps.map((step) => {
    const held = heldAt(step);
    return [
      String(step),
      task.learningRate(step).toExponential(2),
      ...task.terms.map(({ weight }) => String(Number(weight(step).toPrecision(4)))),
      share(held.parameters.length, parameters.length),
      ...(statistics.length === 0 ? [] : [share(held.statistics.length, statistics.length)]),
    ];
  });
  const names = task.terms.map(({ loss }) => loss.name);
  const head = ["step", "rate", ...names, "held", ...(statistics.length === 0 ? [] : ["stored"])];
  const freezes = [...new Set(task.freezes.map(({ name }) => name))].join(", ") || "none";
  return [
    `task "${task.name}", ${task.steps} steps, freezes: ${freezes}`,
    ...layOut([head, ...withoutRepeats(rows)]),
    ...describeHeld(steps, (step) => heldText(heldAt(step))),
  ].join("\n");
}

interface Held {
  readonly parameters: readonly ParameterInfo[];
  readonly statistics: readonly string[];
}

function share(part: number, whole: number): string {
  return part === 0 ? "none" : `${part} of ${whole}`;
}

/** Keeps the ends of every stretch of rows that are equal apart from their step. */
function withoutRepeats(rows: readonly (readonly string[])[]): (readonly string[])[] {
  const texts = rows.map(([, ...cells]) => cells.join("|"));
  return rows.filter((_, i) => texts[i] !== texts[i - 1] || texts[i] !== texts[i + 1]);
}

function layOut(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, i) => cell.padStart(widths[i]!)).join("  "));
}

/** Lines for each stretch of steps in which the same is held; none if nothing ever is. */
function describeHeld(steps: readonly number[], textAt: (step: number) => string): string[] {
  const stretches: { first: number; text: string }[] = [{ first: 0, text: textAt(0) }];
  steps.forEach((step, i) => {
    const before = stretches.at(-1)!.text;
    const text = textAt(step);
    if (text === before) return;
    let [same, other] = [steps[i - 1]!, step];
    while (other - same > 1) {
      const middle = (same + other) >> 1;
      if (textAt(middle) === before) same = middle;
      else other = middle;
    }
    stretches.push({ first: other, text });
  });
  if (stretches.every(({ text }) => text === "")) return [];
  return stretches.map(({ first, text }) =>
    `held${stretches.length === 1 ? "" : ` from step ${first}`}: ${text || "nothing"}`
  );
}

/** Names layers compactly: "encoder/2..8 batch_norm (affine, statistics)". */
function heldText({ parameters, statistics }: Held): string {
  const partsByLayer = new Map<string, Set<string>>();
  const add = (layer: string, part: string) => {
    partsByLayer.set(layer, (partsByLayer.get(layer) ?? new Set()).add(part));
  };
  for (const { path, role } of parameters) {
    const isAffine = role === "gamma" || role === "beta";
    add(path.slice(0, path.lastIndexOf("/")), isAffine ? "affine" : role);
  }
  for (const layer of statistics) add(layer, "statistics");
  const groups = new Map<string, { before: string; numbers: number[]; after: string }>();
  for (const [layer, parts] of partsByLayer) {
    const [, before = layer, digits, rest = ""] = /^(.*?\/)(\d+)(.*)$/.exec(layer) ?? [];
    const after = `${rest.replace("/", " ")} (${[...parts].join(", ")})`;
    const key = `${before}|${after}`;
    const group = groups.get(key) ?? { before, numbers: [], after };
    groups.set(key, group);
    if (digits !== undefined) group.numbers.push(Number(digits));
  }
  return [...groups.values()]
    .map(({ before, numbers, after }) => `${before}${ranges(numbers)}${after}`).join("; ");
}

/** Rising whole numbers as "1,3..5". */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => first === last ? `${first}` : `${first}..${last}`).join(",");
}
