/**
 * What a flag is, as data.
 * @module
 */
import type { CommandName } from "./commands_table.ts";

/** Heading that a flag stands under in the help text. */
export type FlagCategory =
  | "Data"
  | "Network"
  | "Methods"
  | "Scores"
  | "Training"
  | "Output"
  | "Many pictures"
  | "Other work"
  | "General";

interface FlagBase {
  /** Long name without dashes, words joined by "-". */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  /** The commands that take it. */
  readonly commands: readonly CommandName[];
  /** Heading in the help text. */
  readonly category: FlagCategory;
  /** One line under 70 characters, without final period and without the default. */
  readonly help: string;
  /** More sentences, for the README. */
  readonly longHelp?: string;
  /** True leaves it out of the short help. */
  readonly isRare?: true;
  /** True if the command cannot run without it; conditions stand in `rules.ts`. */
  readonly required?: true;
  /** Default in words, where it is not one fixed value. */
  readonly defaultText?: string;
}

interface ValueFlagBase extends FlagBase {
  /** Placeholder of the value in the help text. */
  readonly value: string;
  /** True if it may be given several times; its option is then a list, empty if not given. */
  readonly repeatable?: true;
}

/** True if given. */
export interface BooleanFlag extends FlagBase {
  readonly kind: "boolean";
}

/** Any text but the empty one. */
export interface StringFlag extends ValueFlagBase {
  readonly kind: "string";
  readonly default?: string;
}

/** One of a few words. */
export interface ChoiceFlag extends ValueFlagBase {
  readonly kind: "choice";
  readonly choices: readonly string[];
  /** Other spellings that are taken silently, to the choice that each means: `{ jpg: "jpeg" }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly default?: string;
}

/** A decimal number, or a whole one. */
export interface NumberFlag extends ValueFlagBase {
  readonly kind: "integer" | "number";
  readonly min?: number;
  readonly max?: number;
  /** Words taken in place of a number, for example "auto". */
  readonly words?: readonly string[];
  readonly default?: number | string;
}

/** Two numbers in rising order: "0.1,0.2". */
export interface RangeFlag extends ValueFlagBase {
  readonly kind: "range";
  readonly min: number;
  readonly max: number;
  /** True if both numbers must be whole. */
  readonly isWhole?: true;
  readonly default?: readonly [number, number];
}

/** A name and a number: "hole=6". */
export interface PairFlag extends ValueFlagBase {
  readonly kind: "pair";
  /** Limits of the number. */
  readonly min: number;
  readonly max: number;
  readonly default?: never;
}

/** What a pair flag gives. */
export interface NamedNumber {
  readonly name: string;
  readonly number: number;
}

/** Width and height in pixels: "512x384". */
export interface SizeFlag extends ValueFlagBase {
  readonly kind: "size";
  readonly min: number;
  readonly max: number;
  readonly default?: ImageSize;
}

/** Width and height in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** A flag that is followed by a value. */
export type ValueFlag = StringFlag | ChoiceFlag | NumberFlag | RangeFlag | SizeFlag | PairFlag;

/** One flag of one or more commands. */
export type Flag = BooleanFlag | ValueFlag;
