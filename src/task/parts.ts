/**
 * The parts that a task is composed of.
 * @module
 */
import type { Freeze, Loss, Schedule, TaskPart } from "./types.ts";

/**
 * Adds a loss.
 *
 * @param weight Non-negative, or a schedule of weights. Where it is 0 the loss is not computed.
 * @throws {RangeError} If a loss of that name is there already, or the weight is negative.
 */
export function withLoss(loss: Loss, weight: number | Schedule<number>): TaskPart {
  if (typeof weight === "number" && !(weight >= 0)) {
    throw new RangeError(`Cannot add loss "${loss.name}": weight is ${weight}, must be 0 or more`);
  }
  return (task) => {
    if (task.terms.some((term) => term.loss.name === loss.name)) {
      throw new RangeError(`Cannot add loss "${loss.name}": task "${task.name}" has one already`);
    }
    return { ...task, terms: [...task.terms, { loss, weight: toSchedule(weight) }] };
  };
}

/** Adds a freeze. A parameter is held if any freeze holds it, so order and repetition do not matter. */
export function withFreeze(freeze: Freeze): TaskPart {
  return (task) => ({ ...task, freezes: [...task.freezes, freeze] });
}

/** Sets the learning rate; the last one wins. */
export function withLearningRate(rate: number | Schedule<number>): TaskPart {
  return (task) => ({ ...task, learningRate: toSchedule(rate) });
}

/**
 * Sets the number of optimiser steps; the last one wins.
 *
 * @throws {RangeError} If it is not a whole number from 1.
 */
export function withSteps(steps: number): TaskPart {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`Cannot set steps: ${steps} is not a whole number from 1`);
  }
  return (task) => ({ ...task, steps });
}

function toSchedule(value: number | Schedule<number>): Schedule<number> {
  return typeof value === "number" ? () => value : value;
}
