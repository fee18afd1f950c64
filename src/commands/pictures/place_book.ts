/**
 * Which output places belong to whom, while several pictures are worked on at once.
 * @module
 */
import { placeOf } from "./canonical_path.ts";
import { checkPlace, type OccupiedPlaces } from "./output_place.ts";

/** Places held for one picture. */
export interface HeldPlaces {
  /** Says that something was written: from now on they are results of this run. */
  keep(): void;
  /** Lets go of them, unless they are kept. */
  release(): void;
}

/** Gives out places. */
export interface PlaceBook {
  /**
   * Holds paths for one picture. A picture that wants a place which an earlier one holds waits until that one is done:
   * so the earlier one gets it if it succeeds, as if they came one after the other.
   *
   * Is asked by one picture at a time, in their order.
   *
   * @param own Those of the paths at which only this program's own results lie, which may be replaced.
   * @throws {InputError} If nothing may be written there.
   */
  hold(paths: readonly string[], own?: readonly string[]): Promise<HeldPlaces>;
}

/** Options of {@linkcode createPlaceBook}. */
export interface PlaceBookOptions extends OccupiedPlaces {
  /**
   * True if a picture may come again when it has changed: its result is then like any file that exists.
   * @default false
   */
  readonly isRepeated?: boolean;
}

/**
 * Opens the book of a run.
 *
 * @param occupied Places of inputs and masks, and whether other files may be replaced.
 */
export function createPlaceBook(
  { taken: given, overwrite, isRepeated = false }: PlaceBookOptions,
): PlaceBook {
  const taken = new Set(given);
  const held = new Map<string, Promise<void>>();
  return {
    async hold(paths, own = []) {
      const places = paths.map(placeOf);
      for (const place of places) await held.get(place);
      for (const path of paths) {
        await checkPlace(path, { taken, overwrite: overwrite || own.includes(path) });
      }
      const { promise, resolve: settle } = Promise.withResolvers<void>();
      for (const place of places) held.set(place, promise);
      return {
        keep() {
          if (!isRepeated) { for (const place of places) taken.add(place); }
        },
        release() {
          for (const place of places) if (held.get(place) === promise) held.delete(place);
          settle();
        },
      };
    },
  };
}
