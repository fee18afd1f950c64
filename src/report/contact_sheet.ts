/**
 * Many small pictures on one sheet, each with two lines of text.
 * @module
 */
import { drawText, fitText, TEXT_HEIGHT } from "./bitmap_font.ts";
import { type Pixels, reducePixels } from "./reduce_pixels.ts";

/** One picture of the sheet. */
export interface ContactTile {
  /** First line below the picture. */
  readonly name: string;
  /** Second line. */
  readonly label: string;
  /** True draws the second line in red. */
  readonly isFaulty: boolean;
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
const CELL = { width: TEXT_WIDTH + GAP, height: CONTACT_TILE + GAP + 2 * LINE };

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
 * Draws a sheet, about as wide as it is high, row by row.
 *
 * @throws {RangeError} If there are no tiles, or a picture is too large.
 */
export function drawContactSheet(tiles: readonly ContactTile[]): ContactSheet {
  if (tiles.length === 0) throw new RangeError("Cannot draw a contact sheet: there are no tiles");
  const columns = Math.ceil(Math.sqrt(tiles.length));
  const rows = Math.ceil(tiles.length / columns);
  const width = 2 * MARGIN + columns * CELL.width - GAP;
  const height = 2 * MARGIN + rows * CELL.height - GAP;
  const sheet = { width, height, rgba: new Uint8ClampedArray(width * height * 4) };
  for (let i = 0; i < sheet.rgba.length; i += 4) sheet.rgba.set([...BACKGROUND, 255], i);
  tiles.forEach((tile, i) => {
    const x = MARGIN + (i % columns) * CELL.width;
    const y = MARGIN + Math.floor(i / columns) * CELL.height;
    place(sheet, tile, x, y);
    const text = y + CONTACT_TILE + 4;
    const line = (words: string) => fitText(words, TEXT_WIDTH);
    drawText(sheet, line(tile.name), { x, y: text, rgb255: NAME_COLOUR });
    const rgb255 = tile.isFaulty ? FAULT_COLOUR : LABEL_COLOUR;
    drawText(sheet, line(tile.label), { x, y: text + LINE, rgb255 });
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
