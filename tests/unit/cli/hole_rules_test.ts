import assert from "node:assert/strict";
import { HOLE_RULES } from "../../../src/cli/hole_rules.ts";
import { parse } from "../../../src/cli/parse.ts";
import { UsageError } from "../../../src/errors.ts";

const SUPERRES = "superres a.png --scale 2 -o b.png";
const unread = (name: string) => `Cannot use --${name} without --mask: it says how a mask is read`;

/** One command line that breaks exactly one rule, with what is said. */
const BROKEN: readonly (readonly [string, string])[] = [
  ["inpaint -m m.png -o b.png", "Missing INPUT"],
  ["superres --scale 2 -o b.png", "Missing INPUT"],
  ["inpaint a.png --pairs l -o b", "Cannot use --pairs with INPUT: the list names the inputs"],
  ["inpaint --pairs l", "Missing --output DIR for --pairs"],
  ["inpaint --pairs l -o -", "Missing --output DIR for --pairs"],
  ["inpaint --pairs l -o b --watch", "Cannot use --watch with --pairs: the list names the inputs"],
  ["inpaint a.png -o b.png", "Missing --mask FILE|DIR|alpha, or --pairs, --mask-color or --box"],
  [
    "inpaint a.png -m m -o b.png --invert-mask --mask-polarity white",
    "Cannot use --invert-mask with --mask-polarity: it means --mask-polarity black",
  ],
  [
    "inpaint a.png -m alpha -o b.png --mask-polarity auto",
    "Cannot use --mask-polarity auto with --mask alpha: the transparent is the hole",
  ],
  [
    "inpaint a.png -m m -o b.png --mask-color-tolerance 3",
    "Cannot use --mask-color-tolerance without --mask-color: it says how near is near",
  ],
  ["inpaint a.png --box 1,1,1,1 -o b.png --invert-mask", unread("invert-mask")],
  [`${SUPERRES} --invert-mask`, unread("invert-mask")],
  ["inpaint a.png --box 1,1,1,1 -o b.png --mask-polarity black", unread("mask-polarity")],
  [`${SUPERRES} --mask-polarity black`, unread("mask-polarity")],
  ["inpaint a.png --mask-color f0f -o b.png --mask-threshold 9", unread("mask-threshold")],
  [`${SUPERRES} --mask-threshold 9`, unread("mask-threshold")],
  ["inpaint a.png --mask-color f0f -o b.png --missing-mask skip", unread("missing-mask")],
  [`${SUPERRES} --missing-mask skip`, unread("missing-mask")],
  ["inpaint a.png --mask-color f0f -o b.png --strict", unread("strict")],
  [`${SUPERRES} --strict`, unread("strict")],
  [`${SUPERRES} --mask-grow 3`, "Cannot use --mask-grow without --mask: there is no hole to grow"],
  [`${SUPERRES} --method bicubic -m m`, "Cannot use --mask here: --method must be superres"],
  [
    "superres --pairs l --scale 2 -o b --method nearest",
    "Cannot use --pairs here: --method must be superres",
  ],
  [
    `${SUPERRES} --method bicubic --mask-color f0f`,
    "Cannot use --mask-color here: --method must be superres",
  ],
  [
    `${SUPERRES} --method bicubic --box 1,1,1,1`,
    "Cannot use --box here: --method must be superres",
  ],
];

for (const [line, message] of BROKEN) {
  Deno.test(`HOLE_RULES refuse "${line}"`, () => {
    assert.throws(() => parse(line.split(" ")), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, message);
      return true;
    });
  });
}

Deno.test("HOLE_RULES are each broken by a test", () => {
  const tested = new Set(BROKEN.map(([, message]) => message));
  assert.deepEqual(new Set(HOLE_RULES.map(({ message }) => message)), tested);
});

Deno.test("HOLE_RULES allow what only looks like a contradiction", () => {
  const lines = [
    "inpaint --pairs l -m masks -o b --mask-polarity auto --missing-mask copy",
    "inpaint --pairs l -m alpha -o b --mask-polarity auto",
    "inpaint a.png -m m -o b.png --invert-mask --mask-polarity black",
    "inpaint a.png -m alpha -o b.png --mask-polarity black --strict",
    "inpaint a.png --box -20,-20,20,20 --box 0,0,10%,10% --mask-color f0f -m m -o b.png",
    "inpaint - --mask-color f0f --mask-color-tolerance 9 --mask-grow 2 --mask-feather 4",
    `${SUPERRES} --box 1,1,1,1 --mask-grow 2`,
    "superres --pairs l --scale 2 -o b --missing-mask copy",
  ];
  for (const line of lines) assert.equal(parse(line.split(" ")).kind, "run", line);
});
