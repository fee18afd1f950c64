/**
 * The tables as text.
 * @module
 */
import type { Provenance } from "./provenance.ts";
import { type MethodName, METHODS, type PairScores } from "./scores.ts";
import { beatsOpencv, type Difference, type Row, summarise } from "./summary.ts";

/** Pairs of one kind of masks. */
export interface PairSet {
  readonly title: string;
  /** One sentence on how the pairs were made. */
  readonly how: string;
  readonly pairs: readonly PairScores[];
}

const NAMES: Readonly<Record<MethodName, string>> = {
  pconv: "pconv",
  base: "base alone",
  telea: "Telea",
  ns: "Navier-Stokes",
  mean: "mean colour",
};

const DEFINITIONS = `## Definitions

- Every image has its own size; a mask file is resized to it by taking the nearest pixel, white = hole. Methods get
  the image with hole pixels set to 0. The bin is that of the mask as used, hole pixels over all pixels.
- All scores are of 8-bit results and are computed per image, then averaged over the pairs of a bin.
  Known pixels of every result were checked to be equal to the image.
- Hole PSNR: 10 log10(255² / MSE), MSE over hole pixels and 3 channels. PSNR: the same over all pixels.
  Hole l1: 100 mean |difference| / 255 over hole pixels. SSIM: Gaussian window of 11 taps, σ 1.5, whole windows, mean of
  3 channels, whole image.
- Δ: hole PSNR of pconv minus that of the rival on the same pair, mean ± standard error over pairs (as if pairs were
  independent, though they share images and masks). "better of both" takes the better OpenCV method on each pair
  anew. Wins: share of pairs with Δ > 0.
- pconv: the network with the program's default context and tile. base alone: the untrained pyramid fill that the
  network starts from, over the whole image, so Δ base is what training adds. mean colour: of the known pixels of the
  image, the floor.
- Telea, Navier-Stokes: cv2.inpaint, radius 3, with 1 pixel of hole added around image and mask and cut off again.
  Bare cv2.inpaint does not fill the first row and column and spreads what lies there, so its score on holes that
  touch the border depends on the pixels under the hole; with the added pixel it does not.
- ms: median per image. For OpenCV the call of cv2.inpaint alone, 1 thread; for the rest everything from 8-bit pixels to
  8-bit pixels. No time is meaningful if the machine had other work (see load).
`;

/** Writes the tables for people. */
export function reportMarkdown(sets: readonly PairSet[], provenance: Provenance): string {
  const { command, date, machine, load, device, versions, commit, weights } = provenance;
  return [
    "# Inpainting quality against OpenCV",
    ...sets.filter(({ pairs }) => pairs.length > 0).flatMap(setSections),
    DEFINITIONS,
    `## Made with\n\n\`\`\`\n${command}\n\`\`\``,
    [
      `- date: ${date}`,
      `- machine: ${machine}; load at the end ${load.join(", ")}`,
      `- device: ${device}`,
      `- versions: deno ${versions.deno}, tfjs ${versions.tfjs}, OpenCV ${versions.opencv}`,
      `- commit: ${commit}`,
      `- weights: ${weights.name}, sha256 ${weights.sha256}`,
    ].join("\n"),
  ].join("\n\n") + "\n";
}

/** Writes everything for programs: provenance, rows, and one line per pair. */
export function reportJson(sets: readonly PairSet[], provenance: Provenance): string {
  const round = (_: string, value: unknown) =>
    typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value;
  const list = (items: readonly unknown[]) =>
    items.map((item) => `\n    ${JSON.stringify(item, round)}`).join(",");
  const bodies = sets.map(({ title, pairs }) =>
    `{\n   "title": ${JSON.stringify(title)},\n   "rows": [${list(summarise(pairs))}],` +
    `\n   "pairs": [${list(pairs)}]\n  }`
  );
  return `{\n "provenance": ${JSON.stringify(provenance)},\n "sets": [${bodies.join(", ")}]\n}\n`;
}

function setSections({ title, how, pairs }: PairSet): string[] {
  const rows = summarise(pairs);
  const bins = rows.slice(0, -1);
  const beaten = bins.filter(beatsOpencv).length;
  return [
    `## ${title}`,
    how,
    `pconv has a higher mean hole PSNR than both OpenCV methods in **${beaten} of ${bins.length}** bins that occur.`,
    table(
      [
        "hole ratio",
        "pairs",
        ...METHODS.map((name) => NAMES[name]),
        "Δ base",
        "Δ Telea",
        "Δ Navier-Stokes",
        "Δ better of both",
        "wins over better",
        "beats both",
      ],
      rows.map(qualityRow),
    ),
    "Hole PSNR in dB. The other scores:",
    table(
      ["hole ratio", "method", "PSNR (dB)", "hole l1 (%)", "SSIM", "ms"],
      rows.flatMap(otherRows),
    ),
  ];
}

function qualityRow(row: Row): string[] {
  return [
    row.label,
    String(row.pairs),
    ...METHODS.map((name) => row.methods[name].holePsnr.toFixed(2)),
    differenceText(row.versusBase),
    differenceText(row.versusTelea),
    differenceText(row.versusNs),
    differenceText(row.versusBest),
    `${(100 * row.versusBest.wins).toFixed(0)} %`,
    beatsOpencv(row) ? "yes" : "no",
  ];
}

function otherRows({ label, methods }: Row): string[][] {
  return METHODS.map((name) => {
    const { psnr, holeL1, ssim, elapsedMs } = methods[name];
    return [
      label,
      NAMES[name],
      psnr.toFixed(2),
      holeL1.toFixed(2),
      ssim.toFixed(4),
      elapsedMs.toFixed(0),
    ];
  });
}

function differenceText({ mean, standardError }: Difference): string {
  const error = Number.isNaN(standardError) ? "?" : standardError.toFixed(2);
  return `${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(2)} ± ${error}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
