/**
 * Table 1 of the paper, as numbers.
 * @module
 */
import type { Measure } from "./measures.ts";

/** One score of the table. */
export interface PaperScore {
  /** As the paper calls it. */
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly better: "higher" | "lower";
  /** The images that it is of. */
  readonly images: string;
  /** Measures of ours that one may look at beside it. */
  readonly beside: readonly Measure["key"][];
  /** One row a method, with [N, B] for each of the six ranges of hole ratios. */
  readonly rows: readonly {
    readonly method: string;
    readonly values: readonly (readonly [noBorder: number, border: number])[];
  }[];
}

/** What the methods' names stand for. */
export const PAPER_METHODS: readonly (readonly [name: string, method: string])[] = [
  ["PM", "PatchMatch"],
  ["GL", "Iizuka et al. 2017"],
  ["GntIpt", "Yu et al. 2018"],
  ["Conv", "the paper's network with plain convolutions"],
  ["PConv", "the paper's network with partial convolutions"],
];

/**
 * The table by score.
 *
 * Source: Liu et al. 2018, Table 1: 512x512 pixels, 1000 masks a column. The paper does not say whether the scores are
 * of the output or of the composite, nor how IScore, which grows with the holes, is computed.
 */
export const PAPER_TABLE: readonly PaperScore[] = [
  {
    name: "l1",
    unit: "%",
    decimals: 2,
    better: "lower",
    images: "Places2",
    beside: ["composite.l1Percent"],
    rows: [
      row("PM", "0.45 0.42 1.25 1.16 2.28 2.07 3.52 3.17 4.77 4.27 6.98 6.34"),
      row("GL", "1.39 1.53 3.01 3.22 4.51 5.00 6.05 6.77 7.34 8.20 8.60 9.78"),
      row("GntIpt", "0.78 0.88 1.98 2.09 3.34 3.72 4.98 5.50 6.51 7.13 8.33 9.19"),
      row("Conv", "0.52 0.50 1.26 1.17 2.20 2.01 3.37 3.03 4.58 4.10 6.66 6.01"),
      row("PConv", "0.49 0.47 1.18 1.09 2.07 1.88 3.19 2.84 4.37 3.85 6.45 5.72"),
    ],
  },
  {
    name: "PSNR",
    unit: "dB",
    decimals: 2,
    better: "higher",
    images: "Places2",
    beside: ["composite.psnr"],
    rows: [
      row("PM", "32.97 33.68 26.87 27.51 23.70 24.35 21.27 22.05 19.70 20.58 17.60 18.22"),
      row("GL", "30.17 29.74 23.87 23.83 20.92 20.73 18.80 18.61 17.60 17.38 16.90 16.37"),
      row("GntIpt", "29.07 28.38 23.20 22.86 20.58 19.86 18.53 17.85 17.31 16.68 16.24 15.52"),
      row("Conv", "33.21 33.79 27.30 27.89 24.23 24.90 21.79 22.60 20.20 21.13 18.24 18.94"),
      row("PConv", "33.75 34.34 27.71 28.32 24.54 25.25 22.01 22.89 20.34 21.38 18.21 19.04"),
    ],
  },
  {
    name: "SSIM",
    unit: "",
    decimals: 3,
    better: "higher",
    images: "Places2",
    beside: ["composite.ssim"],
    rows: [
      row("PM", "0.946 0.947 0.861 0.865 0.763 0.768 0.666 0.675 0.568 0.579 0.459 0.472"),
      row("GL", "0.929 0.923 0.831 0.829 0.732 0.721 0.638 0.627 0.543 0.533 0.446 0.440"),
      row("GntIpt", "0.940 0.938 0.855 0.855 0.760 0.758 0.666 0.666 0.569 0.570 0.465 0.470"),
      row("Conv", "0.943 0.943 0.862 0.865 0.769 0.772 0.674 0.682 0.576 0.587 0.463 0.478"),
      row("PConv", "0.946 0.945 0.867 0.870 0.775 0.779 0.681 0.689 0.583 0.595 0.468 0.484"),
    ],
  },
  {
    name: "IScore",
    unit: "",
    decimals: 3,
    better: "lower",
    images: "ImageNet",
    beside: ["divergence", "inception"],
    rows: [
      row("PM", "0.090 0.058 0.307 0.204 0.766 0.465 1.551 0.921 2.724 1.422 4.075 2.226"),
      row("GL", "0.183 0.112 0.619 0.464 1.607 1.046 2.774 1.941 3.920 2.825 4.877 3.362"),
      row("GntIpt", "0.127 0.088 0.396 0.307 0.978 0.621 1.757 1.126 2.759 1.801 3.967 2.525"),
      row("Conv", "0.068 0.041 0.228 0.149 0.603 0.366 1.264 0.731 2.368 1.189 4.162 2.224"),
      row("PConv", "0.051 0.032 0.163 0.109 0.446 0.270 0.954 0.565 1.881 0.838 3.603 1.588"),
    ],
  },
];

/** Pairs up what the paper prints in a line. */
function row(method: string, line: string): PaperScore["rows"][number] {
  const numbers = line.split(" ").map(Number);
  const values = Array.from(
    { length: numbers.length / 2 },
    (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!] as const,
  );
  return { method, values };
}
