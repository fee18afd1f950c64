/**
 * Tasks one after the other.
 * @module
 */
import type { Freeze, Term, TrainingTask } from "./types.ts";

/**
 * Runs tasks one after the other as one task: their steps add up, and schedules and freezes of each see steps
 * counted from its own start. Losses of the same name become one term, in the order in which names first appear, with
 * weight 0 in tasks that lack it; such losses must be the same loss, of which the first is computed. After the end
 * the last task goes on. The optimiser is not reset between tasks.
 *
 * Sequences are associative, and without tasks the result has 0 steps, which changes nothing in another sequence.
 *
 * @param name Shown in logs and stored in checkpoints.
 *
 * @example The paper's two stages
 * ```ts ignore
 * const task = sequence("pconv", pconvInitial({ steps: 500_000 }), pconvFinetune({ steps: 50_000 }));
 * ```
 */
export function sequence(name: string, ...tasks: readonly TrainingTask[]): TrainingTask {
  const parts = tasks.filter(({ steps }) => steps > 0);
  const starts: number[] = [];
  let steps = 0;
  for (const part of parts) {
    starts.push(steps);
    steps += part.steps;
  }
  const indexAt = (step: number) => Math.max(0, starts.findLastIndex((start) => start <= step));

  const terms = new Map<string, Term>();
  for (const { loss } of parts.flatMap((part) => part.terms)) {
    if (terms.has(loss.name)) continue;
    const schedules = parts.map((part) => part.terms.find((term) => term.loss.name === loss.name));
    const weight = (step: number) => {
      const index = indexAt(step);
      return schedules[index]?.weight(step - starts[index]!) ?? 0;
    };
    terms.set(loss.name, { loss, weight });
  }
  const freezes = parts.flatMap(({ freezes }, index) =>
    freezes.map((freeze): Freeze => ({
      name: freeze.name,
      holdsParameter: (parameter, step) =>
        indexAt(step) === index && freeze.holdsParameter(parameter, step - starts[index]!),
      holdsStatistics: (layerPath, step) =>
        indexAt(step) === index && freeze.holdsStatistics(layerPath, step - starts[index]!),
    }))
  );
  return {
    name,
    steps,
    terms: [...terms.values()],
    learningRate: (step) => {
      const index = indexAt(step);
      return parts[index]?.learningRate(step - starts[index]!) ?? Number.NaN;
    },
    freezes,
  };
}
