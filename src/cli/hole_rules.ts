/**
 * What the flags about holes may not be together, as a part of the table in `rules.ts`.
 * @module
 */
import type { Rule, RuleInput } from "./rules.ts";

const PICTURES = ["inpaint", "superres"] as const;

/** Flags that each say where holes are. */
const SOURCES = ["mask", "pairs", "mask-color", "box"];

/** Rules of {@linkcode HOLE_FLAGS}. */
export const HOLE_RULES: readonly Rule[] = [
  {
    commands: PICTURES,
    isBroken: ({ given, positionals }) => positionals.length === 0 && !given.has("pairs"),
    message: "Missing INPUT",
  },
  {
    commands: PICTURES,
    isBroken: ({ given, positionals }) => positionals.length > 0 && given.has("pairs"),
    message: "Cannot use --pairs with INPUT: the list names the inputs",
  },
  {
    commands: PICTURES,
    isBroken: ({ given, values }) =>
      given.has("pairs") && (!given.has("output") || values.get("output") === "-"),
    message: "Missing --output DIR for --pairs",
  },
  {
    commands: PICTURES,
    isBroken: ({ given }) => given.has("pairs") && given.has("watch"),
    message: "Cannot use --watch with --pairs: the list names the inputs",
  },
  {
    commands: ["inpaint"],
    isBroken: (line) => !hasSome(line, SOURCES),
    message: "Missing --mask FILE|DIR|alpha, or --pairs, --mask-color or --box",
  },
  {
    commands: PICTURES,
    isBroken: ({ given, values }) =>
      given.has("invert-mask") && given.has("mask-polarity") &&
      values.get("mask-polarity") !== "black",
    message: "Cannot use --invert-mask with --mask-polarity: it means --mask-polarity black",
  },
  {
    commands: PICTURES,
    isBroken: ({ given, values }) =>
      values.get("mask-polarity") === "auto" && values.get("mask") === "alpha" &&
      !given.has("pairs"),
    message: "Cannot use --mask-polarity auto with --mask alpha: the transparent is the hole",
  },
  {
    commands: PICTURES,
    isBroken: ({ given }) => given.has("mask-color-tolerance") && !given.has("mask-color"),
    message: "Cannot use --mask-color-tolerance without --mask-color: it says how near is near",
  },
  ...["invert-mask", "mask-polarity", "mask-threshold", "missing-mask", "strict"].flatMap((
    name,
  ): Rule[] => {
    const message = `Cannot use --${name} without --mask: it says how a mask is read`;
    const lacksMask = (line: RuleInput) =>
      line.given.has(name) && !hasSome(line, ["mask", "pairs"]);
    return [
      { commands: ["superres"], isBroken: lacksMask, message },
      // Of a line without any hole it is told already.
      {
        commands: ["inpaint"],
        isBroken: (line) => lacksMask(line) && hasSome(line, SOURCES),
        message,
      },
    ];
  }),
  {
    commands: ["superres"],
    isBroken: (line) => line.given.has("mask-grow") && !hasSome(line, SOURCES),
    message: "Cannot use --mask-grow without --mask: there is no hole to grow",
  },
  ...SOURCES.map((name): Rule => ({
    commands: ["superres"],
    isBroken: ({ given, values }) => given.has(name) && values.get("method") !== "superres",
    message: `Cannot use --${name} here: --method must be superres`,
  })),
];

function hasSome({ given }: RuleInput, names: readonly string[]): boolean {
  return names.some((name) => given.has(name));
}
