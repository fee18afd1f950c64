import assert from "node:assert/strict";
import { HOLE_RULES } from "../../../src/cli/hole_rules.ts";
import { parse } from "../../../src/cli/parse.ts";
import { RULES } from "../../../src/cli/rules.ts";
import { UsageError } from "../../../src/errors.ts";

const TRAIN = "train --images d -o run";
const RESUME = "finetune --resume run";

/** One command line that breaks exactly one rule, with what is said. */
const BROKEN: readonly (readonly [string, string])[] = [
  ["inpaint a.png -m m.png", "Missing --output FILE|DIR|-"],
  [
    "inpaint - a.png -m m.png -o out",
    "Cannot inpaint standard input together with files: - must be the only input",
  ],
  [
    "inpaint a.png b.png -m m.png -o -",
    "Cannot write several images to standard output: --output must be a folder",
  ],
  [
    "inpaint a.png -m m.png -o - --json",
    "Cannot use --json here: standard output carries the image, --output must be a file",
  ],
  [
    "inpaint - -m m.png --side-by-side",
    "Cannot use --side-by-side here: the image goes to standard output, " +
    "--output must be a file or a folder",
  ],
  [
    "inpaint a.png -m m.png -o b.png --format png --quality 80",
    "Cannot use --quality with --format png: PNG is lossless",
  ],
  [
    "superres a.png --scale 2 -o b.tif --format tif --quality 80",
    "Cannot use --quality with --format tiff: TIFF is lossless",
  ],
  [
    "inpaint a.jpg -m m.png -o b.PNG --quality 80",
    "Cannot use --quality here: the name of --output asks for PNG or TIFF, which are lossless",
  ],
  [
    "inpaint a.png -m m.png -o b.png --method external",
    "Missing --results DIR for --method external",
  ],
  [
    "inpaint a.png -m m.png -o b.png --results r",
    "Cannot use --results here: --method must be external",
  ],
  [
    "inpaint a.png -m m.png -o b.png --method mean -w x",
    "Cannot use --weights here: --method must be pconv or conv",
  ],
  [
    "superres - a.png --scale 2 -o out",
    "Cannot enlarge standard input together with files: - must be the only input",
  ],
  [
    "superres a.png --scale 2 -o b.png --method bicubic --blend",
    "Cannot use --blend here: --method must be superres",
  ],
  [
    "superres a.png --scale 2 -o b.png --method bicubic --weights x",
    "Cannot use --weights here: --method must be superres",
  ],
  [
    "superres a.png --scale 2 -o b.png --method bicubic --tile 256",
    "Cannot use --tile here: --method must be superres",
  ],
  [
    "inpaint a -m m.png -o out --suffix x/y",
    "Cannot use --suffix as it is: it must not have a slash",
  ],
  [
    "inpaint - -m m.png --watch",
    "Cannot use --watch with standard input: INPUT must be a folder",
  ],
  [
    "inpaint a -m m.png -o out --watch --dry-run",
    "Cannot use --dry-run with --watch: it would never end",
  ],
  [
    "inpaint a -m m.png -o out --watch --report r.html",
    "Cannot use --report with --watch: pconv report makes a page at any time",
  ],
  [
    "inpaint a -m m.png -o out --dry-run --report r.html",
    "Cannot use --report with --dry-run: there is nothing to show",
  ],
  ["train -o run", "Missing --images DIR or --resume DIR|FILE"],
  ["train --images d", "Missing --output DIR"],
  ["sweep -o out --vary hole=1,2", "Missing --images DIR"],
  [
    "finetune --images d -o run",
    "Missing --weights NAME|FILE or --resume DIR|FILE",
  ],
  [`${RESUME} --config c`, "Cannot use --config with --resume: the run keeps its own"],
  [`${RESUME} -w w`, "Cannot use --weights with --resume: the run keeps its own"],
  [`${RESUME} --recipe r`, "Cannot use --recipe with --resume: the run keeps its own"],
  [`${RESUME} --preset tiny`, "Cannot use --preset with --resume: the run keeps its own"],
  [`${RESUME} --base none`, "Cannot use --base with --resume: the run keeps its own"],
  [
    `${RESUME} --convolution partial`,
    "Cannot use --convolution with --resume: the run keeps its own",
  ],
  [`${RESUME} --hole-value grey`, "Cannot use --hole-value with --resume: the run keeps its own"],
  [`${RESUME} --seed 1`, "Cannot use --seed with --resume: the run keeps its own"],
  [
    `${TRAIN} -w w --preset tiny`,
    "Cannot use --preset with --weights: the weights fix the network",
  ],
  [`${TRAIN} -w w --base none`, "Cannot use --base with --weights: the weights fix the network"],
  [
    `${TRAIN} -w w --convolution partial`,
    "Cannot use --convolution with --weights: the weights fix the network",
  ],
  [
    `${TRAIN} -w w --hole-value grey`,
    "Cannot use --hole-value with --weights: the weights fix the network",
  ],
  [
    "masks generate -o m.png --size 64x64 --like a",
    "Cannot use --size with --like: the image fixes the size",
  ],
  [
    "masks generate -o m.png --bins --ratio 0.1,0.2",
    "Cannot use --ratio with --bins: the bins fix the ratio",
  ],
];

for (const [line, message] of BROKEN) {
  Deno.test(`RULES refuse "${line}"`, () => {
    assert.throws(() => parse(line.split(" ")), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, message);
      return true;
    });
  });
}

Deno.test("RULES are each broken by a test", () => {
  // Those about holes have a test of their own.
  const rules = RULES.filter((rule) => !HOLE_RULES.includes(rule));
  assert.deepEqual(rules.map(({ message }) => message), BROKEN.map(([, message]) => message));
});

Deno.test("RULES allow what only looks like a contradiction", () => {
  const lines = [
    "inpaint a.png -m alpha --invert-mask -o b.png",
    "inpaint - -m m.png",
    "inpaint - -m m.png -o b.png --json --side-by-side",
    "inpaint a.png -m m.png -o b.jpg --format jpeg --quality 80",
    "train --dry-run --preset paper",
    "train --resume run --images other --steps 900 --learning-rate 1e-5 -o elsewhere",
    "finetune --weights pconv-lite --dry-run",
    "superres - --scale 8 --method nearest",
    "superres a.png --scale 2 -m alpha --strict --blend -w x -o b.png",
  ];
  for (const line of lines) assert.equal(parse(line.split(" ")).kind, "run", line);
});
