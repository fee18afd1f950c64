/**
 * A window of the canvas that a small picture is enlarged on, as the network takes it.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { latticeGuess } from "../data/lattice_guess.ts";
import { crop, padTo, type Window } from "../ops/crop.ts";
import type { MaskedFeatures } from "../ops/partial_conv.ts";
import { pyramidFill } from "../ops/pyramid_fill.ts";
import type { SmallPicture } from "./upscaler.ts";

/** The canvas and the grid on which windows start. */
export interface Canvas {
  /** Enlargement, a whole number of 2 or more. */
  readonly scale: number;
  /** Height in pixels with what is added at the bottom; a multiple of `multiple`. */
  readonly rows: number;
  /** Width in pixels with what is added at the right; a multiple of `multiple`. */
  readonly columns: number;
  /** Windows start at and measure multiples of this. */
  readonly multiple: number;
}

/** A window in memory; {@linkcode disposeWindow} frees it. */
export interface CanvasWindow extends MaskedFeatures {
  readonly window: Window;
  /** Fill of the window by level, finest first. */
  readonly fills: readonly tf.Tensor4D[];
}

/** A canvas of at most this many pixels is one window, whatever the tiles; larger ones are opened tile by tile. */
const WHOLE_PIXELS = 2048 * 2048;

/** Pixels around a tile that its fill is made from if there are holes; what is farther hardly counts. */
const HOLE_HALO = 512;

/**
 * Pixels of the small picture around a window: those that the kernel of the guess reaches, and one more.
 */
const SMALL_MARGIN = 3;

/** Options of {@linkcode planWindow}. */
export interface PlanWindowOptions extends Canvas {
  /** @default 2048 · 2048 */
  readonly wholePixels?: number;
}

/**
 * Chooses the window whose fill a tile takes its part of, so that the tile's fill is that of the whole canvas.
 *
 * Where nothing of the guess is missing, a fill of level k depends on less than 2^(k + 1) pixels around, so one
 * multiple is enough, and all is exact. Around holes the fill comes from farther away, and 512 pixels are taken.
 */
export function planWindow(
  tile: Window,
  picture: SmallPicture,
  { scale, rows, columns, multiple, wholePixels = WHOLE_PIXELS }: PlanWindowOptions,
): Window {
  if (rows * columns <= wholePixels) return { top: 0, left: 0, height: rows, width: columns };
  const grown = (halo: number): Window => {
    const [top, left] = [Math.max(0, tile.top - halo), Math.max(0, tile.left - halo)];
    const bottom = Math.min(rows, tile.top + tile.height + halo);
    const right = Math.min(columns, tile.left + tile.width + halo);
    return { top, left, height: bottom - top, width: right - left };
  };
  const far = grown(Math.ceil(HOLE_HALO / multiple) * multiple);
  return hasHole(picture, smallPart(picture, far, scale)) ? far : grown(multiple);
}

/**
 * Puts the known pixels of a window and its fill on the device. What lies beyond the canvas is hole.
 *
 * @param levels Levels of the fill that are needed; 0 for none.
 */
export function openWindow(
  picture: SmallPicture,
  { window, scale, levels }: {
    readonly window: Window;
    readonly scale: number;
    readonly levels: number;
  },
): CanvasWindow {
  const small = smallPart(picture, window, scale);
  const lattice = latticeGuess(cutOut(picture, small), { scale });
  const { width, height } = lattice;
  const top = window.top - small.top * scale;
  const left = window.left - small.left * scale;
  const inside = {
    ...{ top, left },
    height: Math.min(window.height, height - top),
    width: Math.min(window.width, width - left),
  };
  const place = (values: Uint8Array, channels: 1 | 3) => {
    const tensor = tf.tensor4d(values, [1, height, width, channels], "float32");
    return padTo(crop(tensor, inside), { ...window, top: 0, left: 0 });
  };
  const rgb01 = (rgb255: Uint8Array) => tf.div(place(rgb255, 3), 255) as tf.Tensor4D;
  const tensors = tf.tidy(() => ({
    features: rgb01(lattice.known255),
    validMask: place(lattice.holeMask.map((hole) => 1 - hole), 1),
    fills: levels === 0 ? [] : pyramidFill({
      features: rgb01(lattice.guess255),
      validMask: place(lattice.guessMask, 1),
    }).slice(0, levels),
  }));
  return { window, ...tensors };
}

/** Takes the part of a window that a tile inside it needs; the caller's scope owns it. */
export function cutTile({ window, features, validMask, fills }: CanvasWindow, tile: Window) {
  const cut = (x: tf.Tensor4D, factor: number) =>
    crop(x, {
      top: (tile.top - window.top) / factor,
      left: (tile.left - window.left) / factor,
      height: tile.height / factor,
      width: tile.width / factor,
    });
  return {
    features: cut(features, 1),
    validMask: cut(validMask, 1),
    fills: fills.map((fill, level) => cut(fill, 2 ** level)),
  };
}

/** Frees a window. */
export function disposeWindow({ features, validMask, fills }: CanvasWindow): void {
  tf.dispose([features, validMask, ...fills]);
}

/** The small pixels that a window of the canvas depends on. */
function smallPart({ width, height }: SmallPicture, window: Window, scale: number): Window {
  const begin = (at: number) => Math.max(0, Math.floor(at / scale) - SMALL_MARGIN);
  const end = (at: number, size: number) => Math.min(size, Math.ceil(at / scale) + SMALL_MARGIN);
  const [left, top] = [begin(window.left), begin(window.top)];
  return {
    ...{ left, top },
    width: end(window.left + window.width, width) - left,
    height: end(window.top + window.height, height) - top,
  };
}

function hasHole({ width, holeMask }: SmallPicture, part: Window): boolean {
  if (holeMask === undefined) return false;
  for (let y = part.top; y < part.top + part.height; y++) {
    const from = y * width + part.left;
    if (holeMask.subarray(from, from + part.width).includes(1)) return true;
  }
  return false;
}

function cutOut({ width, rgb255, holeMask }: SmallPicture, part: Window): SmallPicture {
  const rgb = new Uint8Array(part.width * part.height * 3);
  const holes = holeMask === undefined ? undefined : new Uint8Array(part.width * part.height);
  for (let y = 0; y < part.height; y++) {
    const from = (part.top + y) * width + part.left;
    rgb.set(rgb255.subarray(from * 3, (from + part.width) * 3), y * part.width * 3);
    holes?.set(holeMask!.subarray(from, from + part.width), y * part.width);
  }
  const picture = { width: part.width, height: part.height, rgb255: rgb };
  return holes === undefined ? picture : { ...picture, holeMask: holes };
}
