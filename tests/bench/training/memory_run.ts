/**
 * What the memory of a run says in a few numbers.
 * @module
 */

/** Resident memory of one run over time. */
export interface MemoryRun {
  readonly name: string;
  readonly command: string;
  readonly samples: readonly {
    readonly seconds: number;
    /** Last optimiser step in the log at that time. */
    readonly step: number;
    readonly residentMiB: number;
  }[];
}

/** Numbers of {@linkcode summarise}, in MiB. */
export interface MemorySummary {
  /** Median over the second quarter of the steps: what is loaded, compiled and cached is there by then. */
  readonly earlyMiB: number;
  /** Median over the last quarter. */
  readonly lateMiB: number;
  /** Growth in 1,000 steps by a least-squares line from the second quarter on. */
  readonly slopeMiB: number;
  readonly highestMiB: number;
}

/** Sums a run up. */
export function summarise({ samples }: MemoryRun): MemorySummary {
  const last = Math.max(...samples.map(({ step }) => step));
  const within = (low: number, high: number) =>
    samples.filter(({ step }) => step >= low && step <= high);
  const median = (low: number, high: number) => {
    const sorted = within(low, high).map(({ residentMiB }) => residentMiB).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  };
  return {
    earlyMiB: median(last / 4, last / 2),
    lateMiB: median(last * 3 / 4, last),
    slopeMiB: 1000 * slope(within(last / 4, last)),
    highestMiB: Math.max(...samples.map(({ residentMiB }) => residentMiB)),
  };
}

function slope(samples: MemoryRun["samples"]): number {
  const n = samples.length;
  const meanX = samples.reduce((sum, { step }) => sum + step, 0) / n;
  const meanY = samples.reduce((sum, { residentMiB }) => sum + residentMiB, 0) / n;
  let [above, below] = [0, 0];
  for (const { step, residentMiB } of samples) {
    above += (step - meanX) * (residentMiB - meanY);
    below += (step - meanX) ** 2;
  }
  return above / below;
}
