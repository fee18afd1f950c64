/**
 * The plan of a study in which people compare pictures.
 * @module
 */
import { UsageError } from "../../errors.ts";
import type { HoleBin } from "../../metrics/hole_bin.ts";
import { createRandom, type Random } from "../../random.ts";
import { dealTrials, type DealtTrial, type StudyCondition, type StudyPair } from "./deal_trials.ts";
import { spreadOrder } from "./spread_order.ts";

/** Stands for the photograph itself where a method is named. */
export const TRUTH = "truth";

/** How long pictures are shown in limited time, in milliseconds. */
export const SHOWN_MS: readonly number[] = [250, 1000, 4000];

/** One of the two pictures of a trial. */
export interface StudyPicture {
  /** File name without ending: 16 hexadecimal digits that say nothing. No two trials share a file. */
  readonly picture: string;
  /** The method whose result it is, or {@linkcode TRUTH}. */
  readonly method: string;
}

/** Two pictures of one pair of image and mask, side by side. */
export interface StudyTrial {
  /** 12 hexadecimal digits that say nothing. */
  readonly id: string;
  /** "unlimited": two methods, "which looks more realistic?"; "limited": a method and the truth, "which is real?" */
  readonly experiment: "unlimited" | "limited";
  /** Number of the pair in the evaluation. */
  readonly pair: number;
  readonly border: HoleBin["border"];
  readonly bin: HoleBin["bin"];
  /** How long it is shown in milliseconds; null without a limit. */
  readonly durationMs: number | null;
  readonly left: StudyPicture;
  readonly right: StudyPicture;
}

/** A study, as its key tells it. */
export interface StudyPlan {
  /** 12 hexadecimal digits, another for every other study. */
  readonly study: string;
  readonly seed: number;
  /** In the order of tables. */
  readonly methods: readonly string[];
  /** The method that is compared with each other one; null if every two methods are. */
  readonly focus: string | null;
  /** In random order; a page orders them anew for every participant. */
  readonly trials: readonly StudyTrial[];
}

/** Options of {@linkcode planStudy}. */
export interface PlanStudyOptions {
  readonly methods: readonly string[];
  /** Pairs that all methods have filled, with different numbers. */
  readonly pairs: readonly StudyPair[];
  /** A whole number from 0, below 2^53. */
  readonly seed: number;
  /**
   * The method that is compared with each other one; null compares every two.
   * @default The first method
   */
  readonly focus?: string | null;
  /** Trials of two methods without a limit of time. */
  readonly unlimited: number;
  /** Trials of a method and the truth in limited time. */
  readonly limited: number;
}

/**
 * Plans both experiments. The same options give the same plan; see {@linkcode dealTrials} for what is even.
 *
 * @throws {UsageError} If methods or pairs do not suffice.
 *
 * Source: Liu et al. 2018, section 4.3 "User Study". Differs: they draw 300 images for every method by chance; here
 * conditions are dealt evenly.
 */
export function planStudy(options: PlanStudyOptions): StudyPlan {
  const { methods, pairs, seed, unlimited, limited } = options;
  const focus = options.focus === undefined ? methods[0] ?? null : options.focus;
  const comparisons = methods.flatMap((first, i) =>
    methods.slice(i + 1).map((second): StudyCondition => ({
      sides: second === focus ? [second, first] : [first, second],
      durationMs: null,
    }))
  ).filter(({ sides }) => focus === null || sides.includes(focus));
  const glances = methods.flatMap((method) =>
    SHOWN_MS.map((durationMs): StudyCondition => ({ sides: [method, TRUTH], durationMs }))
  );
  check(options, { focus, comparisons: comparisons.length, glances: glances.length });
  const code = hash(JSON.stringify([methods, focus, unlimited, limited, pairs]));
  const random = createRandom(seed, code);
  const uses = new Map<number, number>();
  const dealt = [
    ...dealTrials({ conditions: glances, pairs, count: limited, uses, random }),
    ...dealTrials({ conditions: comparisons, pairs, count: unlimited, uses, random }),
  ];
  const order = spreadOrder(dealt, { groupOf: ({ pair }) => pair.pair, random });
  const nextName = createNames(random);
  return {
    study: nextName(12),
    seed,
    methods,
    focus,
    // Named in their random order, so that names tell nothing.
    trials: order.map((trial) => nameTrial(trial, nextName)),
  };
}

function check(
  { methods, pairs, unlimited, limited }: PlanStudyOptions,
  made: { focus: string | null; comparisons: number; glances: number },
): void {
  const fail = (reason: string, hint?: string) => {
    throw new UsageError(`Cannot plan study: ${reason}`, hint === undefined ? {} : { hint });
  };
  if (methods.includes(TRUTH)) fail(`a method is called "${TRUTH}", which names the photographs`);
  if (new Set(methods).size !== methods.length) fail("two methods have the same name");
  if (new Set(pairs.map(({ pair }) => pair)).size !== pairs.length) {
    throw new RangeError("Cannot plan study: two pairs have the same number");
  }
  if (made.focus !== null && !methods.includes(made.focus)) {
    fail(`focus is "${made.focus}", must be one of ${methods.join(", ")}`);
  }
  for (const [name, count] of [["unlimited", unlimited], ["limited", limited]] as const) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`Cannot plan study: ${name} is ${count}, must be a whole number from 0`);
    }
  }
  if (unlimited + limited === 0) fail("it has no trials, must have at least one");
  if (unlimited > 0 && methods.length < 2) {
    fail(
      `there is ${methods.length} method, trials without a limit of time must have two`,
      "Name a second method, or plan trials of limited time alone",
    );
  }
  const room = (count: number, conditions: number, what: string) => {
    const most = conditions * pairs.length;
    if (count > most) {
      fail(
        `${count} trials ${what} are asked for, ${conditions} comparisons of ${pairs.length} pairs allow ${most}`,
        "Ask for fewer trials, or evaluate more pairs",
      );
    }
  };
  room(unlimited, made.comparisons, "without a limit of time");
  room(limited, made.glances, "in limited time");
}

function nameTrial(
  { condition: { sides: [first, second], durationMs }, pair, isFirstLeft }: DealtTrial,
  nextName: (digits: number) => string,
): StudyTrial {
  const id = nextName(12);
  const [left, right] = [isFirstLeft ? first : second, isFirstLeft ? second : first].map((
    method,
  ) => ({ picture: nextName(16), method }));
  return {
    id,
    experiment: durationMs === null ? "unlimited" : "limited",
    ...{ pair: pair.pair, border: pair.border, bin: pair.bin },
    durationMs,
    left: left!,
    right: right!,
  };
}

/** Gives names of hexadecimal digits, never one twice. */
function createNames(random: Random): (digits: number) => string {
  const given = new Set<string>();
  return (digits) => {
    for (;;) {
      const name = Array.from({ length: digits }, () => random.integer(0, 15).toString(16)).join(
        "",
      );
      if (given.has(name)) continue;
      given.add(name);
      return name;
    }
  };
}

/** FNV-1a over UTF-16 units, 32 bits: enough to tell the few studies of one seed apart. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
