/**
 * How the page of a study orders trials for a participant; script that runs in the page.
 * @module
 */

/**
 * Defines `orderTrials(trials, text)`: the trials with a limit of time, then those without, each block shuffled by the
 * text, no two neighbours of one group where that can be done. The same text gives the same order.
 *
 * Trials have `durationMs` (a number or null) and `group` (a number).
 *
 * Source: seed by FNV-1a, generator mulberry32 of Tommy Ettinger; the order is that of
 * src/evaluation/study/spread_order.ts.
 */
export const STUDY_ORDER = `
  const randomOf = (text) => {
    let state = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) {
      state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
    }
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  };

  const spread = (trials, random) => {
    const left = [...trials];
    const counts = new Map();
    for (const { group } of left) counts.set(group, (counts.get(group) ?? 0) + 1);
    const order = [];
    let last;
    while (left.length > 0) {
      // A group of more than half of what is left must come now, or its own would meet at the end.
      const urgent = left.find(({ group }) => group !== last && 2 * counts.get(group) > left.length);
      const fits = [...left.keys()].filter((i) =>
        urgent === undefined ? left[i].group !== last : left[i].group === urgent.group
      );
      const among = fits.length > 0 ? fits : [...left.keys()];
      const [trial] = left.splice(among[Math.floor(random() * among.length)], 1);
      order.push(trial);
      last = trial.group;
      counts.set(last, counts.get(last) - 1);
    }
    return order;
  };

  const orderTrials = (trials, text) => {
    const random = randomOf(text);
    return [
      ...spread(trials.filter(({ durationMs }) => durationMs !== null), random),
      ...spread(trials.filter(({ durationMs }) => durationMs === null), random),
    ];
  };
`;
