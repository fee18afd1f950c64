/**
 * A window of the canvas that a small picture is enlarged on, as the network takes it.
 * @module
 */
import { latticeGuess } from "../data/lattice_guess.ts";
import { pyramidPlanes } from "../engine/plan/pyramid_planes.ts";
import type { ForwardRequest } from "../engine/types.ts";
import { cutPlane, type PlaneWindow } from "./cut_plane.ts";
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

/** A window in memory: known pixels, their mask, and the fill by level. */
export interface CanvasWindow extends Pick<ForwardRequest, "rgb01" | "validMask"> {
  readonly window: PlaneWindow;
  /** Fill of the window by level, finest first, `[h, w, 3]`. */
  readonly fills: readonly Float32Array[];
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
  tile: PlaneWindow,
  picture: SmallPicture,
  { scale, rows, columns, multiple, wholePixels = WHOLE_PIXELS }: PlanWindowOptions,
): PlaneWindow {
  if (rows * columns <= wholePixels) return { top: 0, left: 0, height: rows, width: columns };
  const grown = (halo: number): PlaneWindow => {
    const [top, left] = [Math.max(0, tile.top - halo), Math.max(0, tile.left - halo)];
    const bottom = Math.min(rows, tile.top + tile.height + halo);
    const right = Math.min(columns, tile.left + tile.width + halo);
    return { top, left, height: bottom - top, width: right - left };
  };
  const far = grown(Math.ceil(HOLE_HALO / multiple) * multiple);
  return hasHole(picture, smallPart(picture, far, scale)) ? far : grown(multiple);
}

/**
 * Makes the known pixels of a window and its fill. What lies beyond the canvas is hole.
 *
 * @param levels Levels of the fill that are needed; 0 for none.
 */
export function openWindow(
  picture: SmallPicture,
  { window, scale, levels }: {
    readonly window: PlaneWindow;
    readonly scale: number;
    readonly levels: number;
  },
): CanvasWindow {
  const small = smallPart(picture, window, scale);
  const lattice = latticeGuess(cutOut(picture, small), { scale });
  const top = window.top - small.top * scale;
  const left = window.left - small.left * scale;
  const { height, width } = window;
  const rgb01 = new Float32Array(height * width * 3);
  const validMask = new Uint8Array(height * width);
  const hasFill = levels > 0;
  const guess = new Float32Array(hasFill ? rgb01.length : 0);
  const guessMask = new Uint8Array(hasFill ? validMask.length : 0);
  const [rows, columns] = [
    Math.min(height, lattice.height - top),
    Math.min(width, lattice.width - left),
  ];
  for (let y = 0; y < rows; y++) {
    let from = (top + y) * lattice.width + left;
    for (let x = 0, to = y * width; x < columns; x++, to++, from++) {
      validMask[to] = 1 - lattice.holeMask[from]!;
      if (hasFill) guessMask[to] = lattice.guessMask[from]!;
      for (let c = 0; c < 3; c++) {
        rgb01[to * 3 + c] = lattice.known255[from * 3 + c]! / 255;
        if (hasFill) guess[to * 3 + c] = lattice.guess255[from * 3 + c]! / 255;
      }
    }
  }
  const fills = hasFill
    ? pyramidPlanes({ height, width, rgb: guess, validMask: guessMask }).slice(0, levels)
    : [];
  return { window, rgb01, validMask, fills };
}

/** Takes the part of a window that a tile inside it needs. */
export function cutTile(
  { window, rgb01, validMask, fills }: CanvasWindow,
  tile: PlaneWindow,
): Omit<ForwardRequest, "wanted"> {
  const cut = <P extends Uint8Array | Float32Array>(plane: P, channels: 1 | 3, factor: number) =>
    cutPlane(plane, { width: window.width / factor, channels }, {
      top: (tile.top - window.top) / factor,
      left: (tile.left - window.left) / factor,
      height: tile.height / factor,
      width: tile.width / factor,
    });
  return {
    ...{ height: tile.height, width: tile.width },
    rgb01: cut(rgb01, 3, 1),
    validMask: cut(validMask, 1, 1),
    ...(fills.length === 0 ? {} : { fills: fills.map((fill, k) => cut(fill, 3, 2 ** k)) }),
  };
}

/** The small pixels that a window of the canvas depends on. */
function smallPart(
  { width, height }: SmallPicture,
  window: PlaneWindow,
  scale: number,
): PlaneWindow {
  const begin = (at: number) => Math.max(0, Math.floor(at / scale) - SMALL_MARGIN);
  const end = (at: number, size: number) => Math.min(size, Math.ceil(at / scale) + SMALL_MARGIN);
  const [left, top] = [begin(window.left), begin(window.top)];
  return {
    ...{ left, top },
    width: end(window.left + window.width, width) - left,
    height: end(window.top + window.height, height) - top,
  };
}

function hasHole({ width, holeMask }: SmallPicture, part: PlaneWindow): boolean {
  if (holeMask === undefined) return false;
  for (let y = part.top; y < part.top + part.height; y++) {
    const from = y * width + part.left;
    if (holeMask.subarray(from, from + part.width).includes(1)) return true;
  }
  return false;
}

function cutOut({ width, rgb255, holeMask }: SmallPicture, part: PlaneWindow): SmallPicture {
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
