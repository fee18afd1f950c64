/**
 * A bound on what several pieces of work use at once.
 * @module
 */

/** Hands out shares of a fixed amount, in the order of asking. */
export interface Budget {
  /**
   * Waits until the amount is free, and takes it. More than there is at all is granted to one that is alone.
   *
   * @returns Gives it back; a second call does nothing.
   */
  take(amount: number): Promise<() => void>;
}

/**
 * Makes a budget.
 *
 * @param most Above 0; in what unit is the caller's matter.
 * @throws {RangeError} If it is not.
 */
export function createBudget(most: number): Budget {
  if (!(most > 0)) throw new RangeError(`Cannot make a budget of ${most}: must be above 0`);
  const waiting: { readonly amount: number; grant(): void }[] = [];
  let used = 0;

  /** Strictly in order: a large one is not overtaken for ever. */
  function serve(): void {
    while (waiting.length > 0) {
      const { amount, grant } = waiting[0]!;
      if (used > 0 && used + amount > most) return;
      waiting.shift();
      used += amount;
      grant();
    }
  }

  return {
    async take(amount) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ amount, grant: resolve });
      serve();
      await promise;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        used -= amount;
        serve();
      };
    },
  };
}
