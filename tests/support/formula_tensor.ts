/**
 * Inputs from formulas, written the same way in tests/oracle/generate/formulas.py, so that fixtures need not store
 * them.
 * @module
 */
import type { Values } from "./assert_all_close.ts";

/**
 * `sine`: `sin(0.7·i + 0.013·i² + phase)`, smooth, with no period and of no low rank on any axis.
 * `ramp`: whole steps of 1/50 in [-1, 1] with many equal values, exact in every language.
 */
export type FormulaKind = "sine" | "ramp";

/** Options of {@linkcode formulaTensor}. */
export interface FormulaOptions {
  /** @default "sine" */
  readonly kind?: FormulaKind;
  /**
   * Makes tensors of one kind differ.
   * @default 0
   */
  readonly phase?: number;
  /** @default 1 */
  readonly scale?: number;
  /** @default 0 */
  readonly shift?: number;
}

/** Makes float32 numbers from their position alone. */
export function formulaTensor(shape: readonly number[], options: FormulaOptions = {}): Values {
  const { kind = "sine", phase = 0, scale = 1, shift = 0 } = options;
  const size = shape.reduce((a, b) => a * b, 1);
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const value = kind === "sine"
      ? Math.sin(0.7 * i + 0.013 * i * i + phase)
      : ((i * 37 + 11 * phase) % 101) / 50 - 1;
    data[i] = scale * value + shift;
  }
  return { shape: [...shape], data };
}

/**
 * `block`: only the left third and the last row are known. `speckle`: about two of seven pixels are hole. `full`: all
 * known. `empty`: all hole.
 */
export type MaskKind = "block" | "speckle" | "full" | "empty";

/** Makes a validMask `[n, h, w, 1]`, 1 = known, one kind per item. */
export function formulaMask(kinds: readonly MaskKind[], height: number, width: number): Values {
  const data = new Float32Array(kinds.length * height * width);
  let i = 0;
  for (const kind of kinds) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) data[i++] = isKnown(kind, y, x, height, width) ? 1 : 0;
    }
  }
  return { shape: [kinds.length, height, width, 1], data };
}

function isKnown(kind: MaskKind, y: number, x: number, height: number, width: number): boolean {
  if (kind === "full") return true;
  if (kind === "empty") return false;
  if (kind === "block") return 3 * x < width || y === height - 1;
  return (3 * x + 5 * y + x * y) % 7 > 1;
}
