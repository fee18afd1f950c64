/**
 * Images that a run measures itself on and never trains on.
 * @module
 */
import { createHash } from "node:crypto";
import { relative, sep } from "node:path";

/** Options of {@linkcode holdOut}. */
export interface HoldOutOptions {
  /** Seed of the run. */
  readonly seed: number;
  /** Names are taken relative to this folder, so that a data set that moves keeps its split. @default "" */
  readonly folder?: string;
}

/** A data set in two parts, each in the order of the whole. */
export interface DataSplit {
  readonly training: readonly string[];
  readonly validation: readonly string[];
}

/** One image of so many is held out, */
const ONE_OF = 20;
/** but of small sets enough for one of each hole-ratio bin, */
const ENOUGH = 6;
/** if that leaves most of the images to train on. */
const AT_MOST_ONE_OF = 5;
/** Fewer images than these are all trained on. */
const FEWEST = 20;
/** More than these tell little more; it does not follow a setting that a resumed run may change. */
const MOST = 100;

/**
 * Splits a data set: one image of 20 is held out, at most 100; of sets below 120 images 6, or one of 5 if that is
 * less; of fewer than 20 images none.
 *
 * The images with the smallest hashes of seed and name are held out, so the order of the list, its other
 * members and the machine hardly matter, and neighbouring names such as frames of a film do not go together.
 */
export function holdOut(paths: readonly string[], options: HoldOutOptions): DataSplit {
  const { seed, folder = "" } = options;
  const count = heldCount(paths.length);
  const hashed = paths.map((path) => {
    const name = (folder === "" ? path : relative(folder, path)).split(sep).join("/");
    return { path, hash: createHash("sha256").update(`${seed}\n${name}`).digest("hex") };
  });
  const byHash = hashed.toSorted((a, b) => a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0);
  const held = new Set(byHash.slice(0, count).map(({ path }) => path));
  return {
    training: paths.filter((path) => !held.has(path)),
    validation: paths.filter((path) => held.has(path)),
  };
}

function heldCount(images: number): number {
  if (images < FEWEST) return 0;
  const least = Math.min(ENOUGH, Math.floor(images / AT_MOST_ONE_OF));
  return Math.min(MOST, Math.max(Math.ceil(images / ONE_OF), least));
}
