/**
 * Many small pictures on one sheet, each with a few lines of text.
 * @module
 */
import { drawText, fitText, TEXT_HEIGHT, wrapText } from "./bitmap_font.ts";
import { type Pixels, reducePixels } from "./reduce_pixels.ts";

/** One picture of the sheet. */
export interface ContactTile {
  /** First line below the picture. */
  readonly name: string;
  /** Second line. */
  readonly label: string;
  /** Words for what is wrong, in red from the third line on, in as many lines as they need. */
  readonly faults: readonly string[];
  /** Not larger than {@linkcode CONTACT_TILE}; see {@linkcode contactThumbnail}. */
  readonly pixels: Pixels;
}

/** A picture that an image encoder takes. */
export interface ContactSheet {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, opaque. */
  readonly rgba: Uint8ClampedArray;
}

/** Largest side of a picture in pixels. */
export const CONTACT_TILE = 128;

/** In pixels. */
const MARGIN = 16;
const GAP = 12;
const LINE = TEXT_HEIGHT + 3;
/** Wider than a picture, for the sake of names. */
const TEXT_WIDTH = 160;
const CELL_WIDTH = TEXT_WIDTH + GAP;

/** Grey, so that the edges of black and of white masks are seen. */
const BACKGROUND = [72, 76, 84] as const;
const NAME_COLOUR = [236, 238, 242] as const;
const LABEL_COLOUR = [196, 200, 208] as const;
const FAULT_COLOUR = [255, 150, 120] as const;

/** Averages a picture down until it fits a tile. */
export function contactThumbnail(pixels: Pixels): Pixels {
  const factor = Math.ceil(Math.max(pixels.width, pixels.height) / CONTACT_TILE);
  return factor > 1 ? reducePixels(pixels, factor) : pixels;
}

/**
 * Draws a sheet, about as many pictures wide as high, row by row. All rows have room for the longest text.
 *
 * @throws {RangeError} If there are no tiles, or a picture is too large.
 */
export function drawContactSheet(tiles: readonly ContactTile[]): ContactSheet {
  if (tiles.length === 0) throw new RangeError("Cannot draw a contact sheet: there are no tiles");
  const columns = Math.ceil(Math.sqrt(tiles.length));
  const rows = Math.ceil(tiles.length / columns);
  const faults = tiles.map((tile) => wrapText(tile.faults.join(" "), TEXT_WIDTH));
  const lines = 2 + Math.max(...faults.map(({ length }) => length));
  const cellHeight = CONTACT_TILE + GAP + lines * LINE;
  const width = 2 * MARGIN + columns * CELL_WIDTH - GAP;
  const height = 2 * MARGIN + rows * cellHeight - GAP;
  const sheet = { width, height, rgba: new Uint8ClampedArray(width * height * 4) };
  for (let i = 0; i < sheet.rgba.length; i += 4) sheet.rgba.set([...BACKGROUND, 255], i);
  tiles.forEach((tile, i) => {
    const x = MARGIN + (i % columns) * CELL_WIDTH;
    const y = MARGIN + Math.floor(i / columns) * cellHeight;
    place(sheet, tile, x, y);
    const text = y + CONTACT_TILE + 4;
    const write = (line: number, words: string, rgb255: readonly [number, number, number]) =>
      drawText(sheet, fitText(words, TEXT_WIDTH), { x, y: text + line * LINE, rgb255 });
    write(0, tile.name, NAME_COLOUR);
    write(1, tile.label, LABEL_COLOUR);
    faults[i]!.forEach((words, line) => write(2 + line, words, FAULT_COLOUR));
  });
  return sheet;
}

/** Puts a picture on the floor of its square, so that it stands on its name. */
function place(sheet: ContactSheet, { name, pixels }: ContactTile, x: number, y: number): void {
  const { width, height, rgb255 } = pixels;
  if (width > CONTACT_TILE || height > CONTACT_TILE) {
    throw new RangeError(
      `Cannot draw "${name}": it is ${width}x${height}, must be at most ${CONTACT_TILE} a side`,
    );
  }
  const top = y + CONTACT_TILE - height;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 3;
      const to = ((top + row) * sheet.width + x + column) * 4;
      sheet.rgba.set(rgb255.subarray(from, from + 3), to);
    }
  }
}
