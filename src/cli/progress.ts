/**
 * One line of progress on standard error: rewritten in place on a terminal, a plain line now and then
 * elsewhere. No colour.
 * @module
 */
import { formatDuration, formatRate } from "./duration.ts";

/** How far the work is. */
export interface ProgressUpdate {
  /** Units finished. */
  readonly done: number;
  /** Units in all, if known; then the time left is told. */
  readonly total?: number | undefined;
  /** What is being counted, in the plural: "images". */
  readonly unit: string;
  /** What is being worked on, or a figure of interest; cut to the width of the terminal. */
  readonly text: string;
}

/** Where a command tells how far it is. Cheap enough to be told at every step. */
export interface Progress {
  /** Tells how far the work is. Counting from a lower `done` than before starts anew. */
  update(update: ProgressUpdate): void;
  /** Ends the count and, if there is a text, writes it as a line that stays. */
  finish(text?: string): void;
}

/** A progress line that makes room for other lines. */
export interface ProgressLine extends Progress {
  /** Wipes the line from the terminal; the next update brings it back. */
  clear(): void;
}

/** Options of {@linkcode createProgress}. */
export interface CreateProgressOptions {
  /** Writes text as it is. */
  readonly write: (text: string) => void;
  /** True if the line can be rewritten in place. */
  readonly isTerminal: boolean;
  /** Width of the terminal at this moment, in characters. */
  readonly columns: () => number;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Says nothing at all. @default {false} */
  readonly isQuiet?: boolean;
  /** Seconds between two lines where there is no terminal. @default {10} */
  readonly everySeconds?: number;
}

/** Milliseconds between two rewrites on a terminal. */
const REWRITE_MS = 100;
const CLEAR_LINE = "\r\x1b[K";

/** Makes the progress line of one run. */
export function createProgress(options: CreateProgressOptions): ProgressLine {
  const { write, isTerminal, columns, now, isQuiet = false, everySeconds = 10 } = options;
  const periodMs = isTerminal ? REWRITE_MS : everySeconds * 1000;
  let first: { readonly atMs: number; readonly done: number } | undefined;
  let lastDone = 0;
  let shownAtMs = 0;
  let isShown = false;

  const clear = () => {
    if (isShown) write(CLEAR_LINE);
    isShown = false;
  };

  return {
    update(update) {
      if (isQuiet) return;
      const atMs = now();
      if (first === undefined || update.done < lastDone) {
        first = { atMs, done: update.done };
        // A terminal shows life at once; a log gets its first line only from work that lasts.
        shownAtMs = isTerminal ? -Infinity : atMs;
      }
      lastDone = update.done;
      if (atMs - shownAtMs < periodMs) return;
      shownAtMs = atMs;
      const text = describe(update, atMs - first.atMs, update.done - first.done);
      // The last column stays free: some terminals wrap as soon as it is filled.
      write(isTerminal ? CLEAR_LINE + [...text].slice(0, columns() - 1).join("") : `${text}\n`);
      isShown = isTerminal;
    },
    finish(text) {
      clear();
      first = undefined;
      if (!isQuiet && text !== undefined) write(`${text}\n`);
    },
    clear,
  };
}

/** For example "12/100 images  2.1 images/s  42 s left  photo.jpg". */
function describe(update: ProgressUpdate, elapsedMs: number, doneSince: number): string {
  const { done, total, unit, text } = update;
  const parts = [`${done}${total === undefined ? "" : `/${total}`} ${unit}`];
  if (doneSince > 0 && elapsedMs > 0) {
    parts.push(formatRate(doneSince * 1000 / elapsedMs, unit));
    if (total !== undefined && total > done) {
      parts.push(`${formatDuration(elapsedMs / doneSince * (total - done))} left`);
    }
  }
  parts.push(text.replace(/\p{Cc}+/gu, " "));
  return parts.filter((part) => part !== "").join("  ");
}
