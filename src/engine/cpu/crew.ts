/**
 * Threads that work through the same steps, all of each before the next.
 * @module
 */

/** One call of a kernel: its index, then its five arguments. */
export type WorkItem = readonly [
  kernel: number,
  layer: number,
  first: number,
  last: number,
  block: number,
  lastBlock: number,
];

/** A kernel of the module. */
export type Kernel = (
  layer: number,
  first: number,
  last: number,
  block: number,
  lastBlock: number,
) => void;

/** Words of the shared control block. */
const WORD = { round: 0, idle: 1, isClosing: 2, steps: 3, items: 4 } as const;

/** Bytes of the control block: its words, two counters for each step, where each step's items begin, the items. */
export const CREW_BYTES = 4 * (16 + 3 * 64 + 6 * 32768);

const [NEXT, ARRIVED, STARTS, ITEMS] = [16, 16 + 64, 16 + 128, 16 + 192] as const;

/** Most steps and items of a round. */
const MOST = { steps: 63, items: 32768 } as const;

/** Looks at a counter so many times before the thread goes to sleep. */
const SPINS = 2000;

/** Sleeps so long in the middle of a round, then looks whether the crew is closed: Deno ends no thread that is busy. */
const MOST_SLEEP_MS = 100;

/** What one thread of a crew can do. */
export class Crew {
  readonly #words: Int32Array;
  readonly #threads: number;
  readonly #kernels: readonly Kernel[];

  /**
   * @param words The control block, shared by all threads, zeros at first.
   * @param threads Of the crew, the leader included.
   */
  constructor(words: Int32Array, threads: number, kernels: readonly Kernel[]) {
    this.#words = words;
    this.#threads = threads;
    this.#kernels = kernels;
  }

  /**
   * As the leader: has all items done, step by step, and takes part. Items of one step may run at the same time.
   *
   * @throws {RangeError} If there are more steps or items than the control block holds.
   * @throws {Error} If the crew is closed meanwhile.
   */
  lead(steps: readonly (readonly WorkItem[])[]): void {
    this.begin(steps);
    this.finish();
  }

  /**
   * As the leader: lets the followers begin. The leader may do something else meanwhile, then takes part with
   * {@linkcode finish}, before the next round.
   *
   * @throws {RangeError} If there are more steps or items than the control block holds.
   */
  begin(steps: readonly (readonly WorkItem[])[]): void {
    const words = this.#words;
    const count = steps.reduce((sum, items) => sum + items.length, 0);
    if (steps.length > MOST.steps || count > MOST.items) {
      throw new RangeError(
        `Cannot share out work: ${steps.length} steps with ${count} items, ` +
          `must be at most ${MOST.steps} with ${MOST.items}`,
      );
    }
    let item = 0;
    steps.forEach((items, step) => {
      words[STARTS + step] = item;
      Atomics.store(words, NEXT + step, item);
      Atomics.store(words, ARRIVED + step, 0);
      for (const values of items) words.set(values, ITEMS + 6 * item++);
    });
    words[STARTS + steps.length] = item;
    Atomics.store(words, WORD.steps, steps.length);
    Atomics.store(words, WORD.idle, 0);
    Atomics.add(words, WORD.round, 1);
    Atomics.notify(words, WORD.round);
  }

  /** As the leader: takes part in what was begun until all of it is done. @throws {Error} If the crew is closed. */
  finish(): void {
    const words = this.#words;
    // The next round writes over this one's counters, so everybody has to be out of it.
    let isDone = false;
    try {
      isDone = this.#work() && waitUntil(words, WORD.idle, this.#threads - 1);
    } finally {
      // A kernel that throws leaves followers in the middle of the round: nobody can meet them any more.
      if (!isDone) this.close();
    }
    if (!isDone) throw new Error("Cannot share out work: the crew is closed");
  }

  /** As a follower: takes part in rounds until the crew is closed. */
  follow(): void {
    const words = this.#words;
    for (let seen = 0;; seen++) {
      // Rounds are counted, so none can be missed.
      for (let spins = 0; Atomics.load(words, WORD.round) === seen; spins++) {
        if (spins > SPINS) Atomics.wait(words, WORD.round, seen);
      }
      if (isClosing(words) || !this.#work()) return;
      Atomics.add(words, WORD.idle, 1);
      Atomics.notify(words, WORD.idle);
    }
  }

  /** Sends all followers home. */
  close(): void {
    closeCrew(this.#words);
  }

  /** Does items of a round until all are done. @returns False if the crew was closed first. */
  #work(): boolean {
    const words = this.#words;
    const steps = Atomics.load(words, WORD.steps);
    for (let step = 0; step < steps; step++) {
      const end = words[STARTS + step + 1]!;
      for (;;) {
        if (isClosing(words)) return false;
        const item = Atomics.add(words, NEXT + step, 1);
        if (item >= end) break;
        const at = ITEMS + 6 * item;
        this.#kernels[words[at]!]!(
          words[at + 1]!,
          words[at + 2]!,
          words[at + 3]!,
          words[at + 4]!,
          words[at + 5]!,
        );
      }
      Atomics.add(words, ARRIVED + step, 1);
      Atomics.notify(words, ARRIVED + step);
      if (!waitUntil(words, ARRIVED + step, this.#threads)) return false;
    }
    return true;
  }
}

function isClosing(words: Int32Array): boolean {
  return Atomics.load(words, WORD.isClosing) !== 0;
}

/** Sends the followers of a crew home, and ends a round that is on; any thread may. */
export function closeCrew(words: Int32Array): void {
  Atomics.store(words, WORD.isClosing, 1);
  Atomics.add(words, WORD.round, 1);
  Atomics.notify(words, WORD.round);
}

/**
 * Looks a while, then sleeps until a word has a value that it only ever rises to.
 *
 * @returns False if the crew was closed first.
 */
function waitUntil(words: Int32Array, word: number, wanted: number): boolean {
  for (let spins = 0;; spins++) {
    const value = Atomics.load(words, word);
    if (value >= wanted) return true;
    if (isClosing(words)) return false;
    if (spins > SPINS) Atomics.wait(words, word, value, MOST_SLEEP_MS);
  }
}
