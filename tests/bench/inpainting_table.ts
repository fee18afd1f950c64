/**
 * Measures inpainting quality against OpenCV; run by hand, see README.md.
 *
 * ```
 * deno run -A tests/bench/inpainting_table.ts --images DIR --masks DIR --output FOLDER
 *   [--weights NAME|FILE] [--device cpu] [--pairs N] [--generated N] [--seed N] [--sheets DIR --sheet N]
 * ```
 * @module
 */
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { type DeviceChoice, openBackend } from "../../src/backend/open_backend.ts";
import { readNetwork } from "../../src/checkpoint/weights.ts";
import { writeFileAtomic } from "../../src/data/atomic_write.ts";
import { listImages } from "../../src/data/list_images.ts";
import { pconv } from "../../src/methods/pconv.ts";
import { HOLE_BINS } from "../../src/metrics/hole_bin.ts";
import { filePair, generatedPair, readMask } from "./inpainting/load_pair.ts";
import { measure, type MeasureOptions } from "./inpainting/measure.ts";
import { dealBins, dealMasks } from "./inpainting/pairs.ts";
import { collectProvenance } from "./inpainting/provenance.ts";
import { type PairSet, reportJson, reportMarkdown } from "./inpainting/report.ts";
import { baseFill, meanColour } from "./inpainting/simple_fills.ts";

/** Defaults of `pconv inpaint`. */
const PROGRAM_DEFAULTS = { context: "auto", tile: 1024 } as const;

const { values: flags } = parseArgs({
  options: {
    images: { type: "string" },
    masks: { type: "string" },
    output: { type: "string" },
    weights: { type: "string", default: "pconv-lite" },
    device: { type: "string", default: "cpu" },
    pairs: { type: "string" },
    generated: { type: "string", default: "120" },
    seed: { type: "string", default: "1" },
    sheets: { type: "string" },
    sheet: { type: "string", default: "12" },
  },
});

function required(name: "images" | "masks" | "output"): string {
  const value = flags[name];
  if (value === undefined) throw new Error(`Cannot measure: --${name} is missing`);
  return value;
}

function whole(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`Cannot use --${name} ${text}: must be a whole number`);
  return Number(text);
}

const output = required("output");
const { images } = await listImages(required("images"));
const masks = (await listImages(required("masks"))).images;
const seed = whole("seed", flags.seed);
const pairs = whole("pairs", flags.pairs ?? String(2 * images.length));
const generated = whole("generated", flags.generated);
const sheetCount = whole("sheet", flags.sheet);

// The backend comes first: reading a network puts its tensors there.
const backend = await openBackend(flags.device as DeviceChoice);
const network = await readNetwork(flags.weights);
const options: Omit<MeasureOptions, "label"> = {
  fills: {
    pconv: pconv({ ...network, backend, ...PROGRAM_DEFAULTS }),
    base: baseFill,
    mean: meanColour,
  },
  sheets: flags.sheets === undefined ? undefined : { folder: flags.sheets, count: sheetCount },
  log: (line) => console.error(line),
};

const holeMasks = await Promise.all(masks.map(({ path }) => readMask(path)));
const fromFiles = await measure(
  dealMasks({ images: images.length, masks: masks.length, pairs, seed }).map(({ image, mask }) =>
    filePair(images[image]!.path, basename(masks[mask]!.path), holeMasks[mask]!)
  ),
  { ...options, label: "files" },
);
const fromGenerator = await measure(
  dealBins({ images: images.length, bins: HOLE_BINS.length, pairs: generated, seed }).map(
    ({ image, bin }, index) => generatedPair(images[image]!.path, bin, [seed, 4, index]),
  ),
  { ...options, label: "generated" },
);

const sets: PairSet[] = [
  {
    title: "Mask files",
    how:
      `${pairs} pairs of ${images.length} images and ${masks.length} masks of "${flags.masks}", ` +
      `seed ${seed}; images and masks are used equally often, give or take one.`,
    pairs: fromFiles.scores,
  },
  {
    title: "Generated masks",
    how: `${generated} pairs of the same images with masks of src/data/mask_generator.ts, ` +
      `seed ${seed}, dealt evenly over the bins.`,
    pairs: fromGenerator.scores,
  },
];
const provenance = await collectProvenance({
  device: `${backend.device}, ${backend.name}`,
  opencv: fromFiles.opencv,
  weights: network,
});
const markdown = reportMarkdown(sets, provenance);
const encoder = new TextEncoder();
await writeFileAtomic(join(output, "table.md"), encoder.encode(markdown));
await writeFileAtomic(join(output, "table.json"), encoder.encode(reportJson(sets, provenance)));
console.log(markdown);
