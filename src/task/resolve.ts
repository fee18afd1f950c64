/**
 * From the names that flags and config files use to a task.
 * @module
 */
import { didYouMean } from "../edit_distance.ts";
import { UsageError } from "../errors.ts";
import type { Freeze, TaskCatalog, TrainingTask } from "./types.ts";

/** A task by names and numbers: plain JSON, so that it can be stored and sent to threads. */
export interface TaskSpec {
  /** A name of the catalog. */
  readonly recipe: string;
  /** Optimiser steps; default: the recipe's. */
  readonly steps?: number;
  /** Highest learning rate; default: the recipe's. */
  readonly learningRate?: number;
  /** Constant weights by loss, in place of the recipe's; 0 removes a loss. */
  readonly losses?: Readonly<Record<string, { readonly weight: number }>>;
  /** Names of freezes, in place of all of the recipe's. */
  readonly freezes?: readonly string[];
}

/**
 * Makes the task that a spec names. A loss that the recipe has keeps its place and gets the weight given; others
 * are added from the catalog in the order given. The task keeps the recipe's name.
 *
 * @throws {UsageError} If a name is unknown, a weight is negative, or no loss is left; the message has one line
 * for each fault.
 */
export function resolveTask(catalog: TaskCatalog, spec: TaskSpec): TrainingTask {
  const recipe = catalog.recipes.get(spec.recipe);
  const faults = specFaults(catalog, spec);
  if (recipe === undefined || faults.length > 0) throw new UsageError(faults.join("\n"));
  const { steps, learningRate } = spec;
  const task = recipe({
    ...(steps === undefined ? {} : { steps }),
    ...(learningRate === undefined ? {} : { learningRate }),
  });
  const terms = new Map(task.terms.map((term) => [term.loss.name, term]));
  for (const [name, { weight }] of Object.entries(spec.losses ?? {})) {
    const loss = terms.get(name)?.loss ?? catalog.losses.get(name)!();
    if (weight === 0) terms.delete(name);
    else terms.set(name, { loss, weight: () => weight });
  }
  const freezes = spec.freezes?.map((name): Freeze => catalog.freezes.get(name)!());
  return { ...task, terms: [...terms.values()], freezes: freezes ?? task.freezes };
}

/**
 * One sentence for each thing in a spec that cannot be used.
 *
 * @param origin Says where a key, or the entry of a name in it, was written: ` in "run.json"`.
 */
export function specFaults(
  catalog: TaskCatalog,
  spec: TaskSpec,
  origin: (key: keyof TaskSpec, name: string) => string = () => "",
): string[] {
  const { losses = {}, freezes = [] } = spec;
  const faults: string[] = [];
  const need = (key: "recipe" | "losses" | "freezes", name: string, known: Iterable<string>) => {
    const names = [...known];
    if (names.includes(name)) return;
    const kind = { recipe: "recipe", losses: "loss", freezes: "freeze" }[key];
    faults.push(`Unknown ${kind} ${quoted(name)}${origin(key, name)}: ${didYouMean(name, names)}`);
  };
  need("recipe", spec.recipe, catalog.recipes.keys());
  const own = catalog.recipes.get(spec.recipe)?.().terms.map(({ loss }) => loss.name) ?? [];
  const known = new Set([...catalog.losses.keys(), ...own]);
  for (const [name, { weight }] of Object.entries(losses)) {
    need("losses", name, known);
    if (!(weight >= 0 && weight < Infinity)) {
      const loss = `loss ${quoted(name)}${origin("losses", name)}`;
      faults.push(`Cannot use ${loss}: weight is ${weight}, must be 0 or more`);
    }
  }
  for (const name of freezes) need("freezes", name, catalog.freezes.keys());
  const isEmpty = own.every((name) => losses[name]?.weight === 0) &&
    Object.values(losses).every(({ weight }) => weight === 0);
  if (isEmpty && own.length > 0) {
    faults.push(
      `Cannot train without a loss: all weights are 0, one of recipe "${spec.recipe}" must be above 0`,
    );
  }
  return faults;
}

/** A name of a config file, on one line and short. */
function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 57)}...` : name);
}
