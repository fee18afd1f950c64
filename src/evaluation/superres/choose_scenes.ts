/**
 * Which pictures the page of super-resolution shows.
 * @module
 */
import { REFERENCE } from "./summarise_superres.ts";
import type { SuperresRecord } from "./superres_record.ts";

/** A picture at a scale. */
export interface ChosenScene {
  readonly image: string;
  readonly scale: number;
}

/** What {@linkcode chooseScenes} returns. */
export interface ChosenScenes {
  /** The first of every scale, by name. */
  readonly examples: readonly ChosenScene[];
  /** By scale, then falling gain of the primary method over bicubic. */
  readonly gains: readonly ChosenScene[];
  /** By scale, then rising gain; only where it is below bicubic. */
  readonly losses: readonly ChosenScene[];
}

/** Options of {@linkcode chooseScenes}. */
export interface ChooseScenesOptions {
  /** Pictures of each scale and kind. */
  readonly count: number;
  /** Method whose gains and losses are looked for. */
  readonly primary: string;
}

/** Chooses pictures that the primary method was scored on; gains and losses by PSNR on Y. */
export function chooseScenes(
  records: readonly SuperresRecord[],
  { count, primary }: ChooseScenesOptions,
): ChosenScenes {
  const key = ({ image, scale }: ChosenScene) => `${scale} ${image}`;
  const reference = new Map(
    records.filter(({ method }) => method === REFERENCE)
      .map((record) => [key(record), record.psnrY]),
  );
  const mine = records.filter(({ method }) => method === primary)
    .toSorted((a, b) => a.scale - b.scale || (a.image < b.image ? -1 : 1));
  const byScale = [...Map.groupBy(mine, ({ scale }) => scale).values()];
  const pick = (choose: (of: readonly SuperresRecord[]) => readonly ChosenScene[]) =>
    byScale.flatMap((of) => choose(of).slice(0, count))
      .map(({ image, scale }): ChosenScene => ({ image, scale }));
  const ranked = (of: readonly SuperresRecord[], sign: 1 | -1) =>
    of.flatMap((record) => {
      const other = reference.get(key(record)) ?? null;
      return record.psnrY === null || other === null
        ? []
        : [{ ...record, gain: sign * (record.psnrY - other) }];
    }).filter(({ gain }) => gain > 0).toSorted((a, b) => b.gain - a.gain);
  return {
    examples: pick((of) => of),
    gains: pick((of) => ranked(of, 1)),
    losses: pick((of) => ranked(of, -1)),
  };
}
