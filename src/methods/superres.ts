/**
 * Enlarging by the network: the pixels of the small picture stand apart, and what is between them is hole.
 * @module
 */
import { superresLattice } from "../data/pixel_lattice.ts";
import type { ForwardRequest, NetworkEngine } from "../engine/types.ts";
import { sizeMultiple, type UNetConfig } from "../model/unet_config.ts";
import { type CanvasWindow, cutTile, openWindow, planWindow } from "./canvas_window.ts";
import type { PlaneWindow } from "./cut_plane.ts";
import { blendWeights, type TileSpan, tileSpans } from "./tiles.ts";
import { toByte } from "./to_byte.ts";
import type { SmallPicture, Upscaler } from "./upscaler.ts";

/** Options of {@linkcode superres}. */
export interface SuperresOptions {
  /** Of the network that the engine runs. */
  readonly config: UNetConfig;
  /** The network, ready to run. The method's `close()` closes it. */
  readonly engine: NetworkEngine;
  /** Largest side that goes through the network at once, in pixels of the result; larger ones are tiled and blended. */
  readonly tile: number;
  /** True takes the network's output at known pixels too; false copies them. */
  readonly blend: boolean;
  /**
   * A result of at most this many pixels has one base fill for all tiles.
   * @default 2048 · 2048
   */
  readonly wholePixels?: number;
}

/**
 * Enlarges with a network of partial convolutions, and fills the small picture's holes on the way.
 *
 * A network over the pyramid fill gets that of the bicubic enlargement, see `latticeGuess`: the fill of the lattice
 * alone would be blurred. Results larger than a tile are blended from overlapping tiles, row by row of tiles.
 *
 * Source: Liu et al. 2018, section 5.2 and Figure 10. Differs: the base, of which the paper has none.
 */
export function superres(options: SuperresOptions): Upscaler {
  return {
    name: "superres",
    async upscale(picture, { scale, signal }) {
      checkPicture(picture, scale);
      const { width, height } = picture;
      const rgb255 = await paint(picture, { ...options, scale, signal });
      if (!options.blend) putKnown(rgb255, picture, scale);
      return { width: width * scale, height: height * scale, rgb255 };
    },
    close: () => options.engine.close(),
  };
}

interface PaintOptions extends SuperresOptions {
  readonly scale: number;
  readonly signal: AbortSignal | undefined;
}

/** The network's picture of the whole canvas, `[scale·height, scale·width, 3]`. */
async function paint(
  picture: SmallPicture,
  { config, scale, signal, ...options }: PaintOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const [width, height] = [picture.width * scale, picture.height * scale];
  const multiple = sizeMultiple(config);
  const roundUp = (size: number) => Math.ceil(size / multiple) * multiple;
  const canvas = { scale, multiple, rows: roundUp(height), columns: roundUp(width) };
  const { wholePixels } = options;
  const plan = wholePixels === undefined ? canvas : { ...canvas, wholePixels };
  const levels = config.base === "none" ? 0 : config.encoder.length;
  // A tile of one multiple could not overlap the next.
  const tile = Math.max(2 * multiple, roundUp(options.tile));
  const down = tileSpans(canvas.rows, tile, multiple);
  const across = tileSpans(canvas.columns, tile, multiple);
  const rgb255 = new Uint8Array(width * height * 3);
  const rows = new RowSums(width, Math.min(down[0]!.size, height));
  let open: CanvasWindow | undefined;
  for (const [index, vertical] of down.entries()) {
    for (const horizontal of across) {
      signal?.throwIfAborted();
      const place = windowOf(vertical, horizontal);
      const window = planWindow(place, picture, plan);
      if (open === undefined || !isSame(open.window, window)) {
        open = openWindow(picture, { window, scale, levels });
      }
      const cut = cutTile(open, place);
      const wanted = wantedOf(cut, { place, width, height, blend: options.blend });
      const [values] = await options.engine.run([{ ...cut, wanted }]);
      rows.add(values!, {
        ...{ vertical, horizontal, width, height },
        down: blendWeights(vertical, down, canvas.rows),
        across: blendWeights(horizontal, across, canvas.columns),
      });
    }
    const end = Math.min(height, down[index + 1]?.start ?? height);
    rows.flush(rgb255, vertical.start, end);
  }
  return rgb255;
}

/** What of a tile's output is used: nothing beyond the canvas, and known pixels only if they are blended. */
function wantedOf(
  { validMask }: Pick<ForwardRequest, "validMask">,
  { place, width, height, blend }: {
    readonly place: PlaneWindow;
    readonly width: number;
    readonly height: number;
    readonly blend: boolean;
  },
): Uint8Array {
  const wanted = new Uint8Array(validMask.length);
  const [rows, columns] = [
    Math.min(place.height, height - place.top),
    Math.min(place.width, width - place.left),
  ];
  for (let y = 0; y < rows; y++) {
    for (let x = 0, i = y * place.width; x < columns; x++, i++) {
      wanted[i] = blend || validMask[i] === 0 ? 1 : 0;
    }
  }
  return wanted;
}

/** Where a tile's values go, and with which weights. */
interface TilePlace {
  readonly vertical: TileSpan;
  readonly horizontal: TileSpan;
  /** Of the canvas, without what was added. */
  readonly width: number;
  readonly height: number;
  /** Weight of each row. */
  readonly down: Float32Array;
  /** Weight of each column. */
  readonly across: Float32Array;
}

/** Weighted sums of the rows that tiles still add to; the others are bytes already. */
class RowSums {
  readonly #line: number;
  readonly #sums: Float32Array;

  constructor(width: number, rows: number) {
    this.#line = width * 3;
    this.#sums = new Float32Array(rows * this.#line);
  }

  /** Adds one tile; the first row of the sums is that of the tile. */
  add(values: Float32Array, { vertical, horizontal, width, height, down, across }: TilePlace) {
    const rows = Math.min(vertical.size, height - vertical.start);
    const columns = Math.min(horizontal.size, width - horizontal.start);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const weight = down[y]! * across[x]!;
        const to = y * this.#line + (horizontal.start + x) * 3;
        const from = (y * horizontal.size + x) * 3;
        for (let c = 0; c < 3; c++) this.#sums[to + c]! += weight * values[from + c]!;
      }
    }
  }

  /** Writes the rows from `start` to `end`, of which `start` is the first that is held, and forgets them. */
  flush(rgb255: Uint8Array, start: number, end: number) {
    const size = (end - start) * this.#line;
    const to = start * this.#line;
    for (let i = 0; i < size; i++) rgb255[to + i] = toByte(this.#sums[i]!);
    this.#sums.copyWithin(0, size);
    this.#sums.fill(0, this.#sums.length - size);
  }
}

/** Copies the small picture's known pixels to their places. */
function putKnown(
  large255: Uint8Array,
  { width, height, rgb255, holeMask }: SmallPicture,
  scale: number,
): void {
  const [left, top] = superresLattice(scale).phase;
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from++) {
      if (holeMask?.[from] === 1) continue;
      const to = (y * scale + top) * width * scale + x * scale + left;
      for (let c = 0; c < 3; c++) large255[to * 3 + c] = rgb255[from * 3 + c]!;
    }
  }
}

function checkPicture({ width, height, rgb255, holeMask }: SmallPicture, scale: number): void {
  const area = width * height;
  const fits = rgb255.length === 3 * area && (holeMask === undefined || holeMask.length === area);
  if (fits && area > 0 && Number.isInteger(scale) && scale >= 2) return;
  throw new RangeError(
    `Cannot enlarge ${scale} times: ${width}x${height} with ${rgb255.length} values and ` +
      `${
        holeMask?.length ?? "no"
      } of a mask, must be a whole scale of 2 or more and sizes that fit`,
  );
}

function windowOf(vertical: TileSpan, horizontal: TileSpan): PlaneWindow {
  return {
    top: vertical.start,
    left: horizontal.start,
    height: vertical.size,
    width: horizontal.size,
  };
}

function isSame(a: PlaneWindow, b: PlaneWindow): boolean {
  return a.top === b.top && a.left === b.left && a.height === b.height && a.width === b.width;
}
