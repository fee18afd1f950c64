/**
 * The picture that shows what a network makes of a few fixed images.
 * @module
 */
import { drawText, fitText, TEXT_HEIGHT } from "./bitmap_font.ts";
import { type Pixels, reducePixels } from "./reduce_pixels.ts";

/** One image and what became of it; all five pictures are `[height, width, 3]`, rgb255, row-major. */
export interface PreviewRow {
  /** Stands above the row. */
  readonly name: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** The image with its holes. */
  readonly input: Uint8Array;
  /** The mask as a picture. */
  readonly mask: Uint8Array;
  /** What the network put out. */
  readonly raw: Uint8Array;
  /** The output in the holes, the image elsewhere. */
  readonly composite: Uint8Array;
  /** The image without holes. */
  readonly truth: Uint8Array;
}

/** Options of {@linkcode drawPreviewSheet}. */
export interface DrawPreviewSheetOptions {
  /**
   * Largest side of a picture on the sheet in pixels; larger pictures are averaged down.
   * @default 256
   */
  readonly largestSide?: number;
}

/** A picture that an image encoder takes. */
export interface PreviewSheet {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, opaque. */
  readonly rgba: Uint8ClampedArray;
}

const COLUMNS = ["input", "mask", "raw", "composite", "truth"] as const;

/** Pictures that are smaller are enlarged by whole numbers. */
const SMALLEST_SIDE = 96;

/** From this width on, column names are drawn twice as large. */
const WIDE = 112;

/** In pixels. */
const MARGIN = 16;
const COLUMN_GAP = 6;
const ROW_GAP = 14;
const TEXT_GAP = 6;

/** Neutral and dark, so that it does not move the eye's judgement of colour. */
const BACKGROUND = [30, 32, 36] as const;
const COLUMN_COLOUR = [236, 238, 242] as const;
const NAME_COLOUR = [158, 164, 174] as const;

/**
 * Draws a sheet: a row for each image, and the columns input, mask, raw, composite and truth. Pictures may differ in
 * size.
 *
 * @throws {RangeError} If there are no rows, or a picture does not have the size stated.
 */
export function drawPreviewSheet(
  rows: readonly PreviewRow[],
  { largestSide = 256 }: DrawPreviewSheetOptions = {},
): PreviewSheet {
  if (rows.length === 0) throw new RangeError("Cannot draw a preview sheet: there are no rows");
  const tiles = rows.map((row) => COLUMNS.map((column) => tileOf(row, column, largestSide)));
  const columnWidth = Math.max(...tiles.map(([tile]) => tile!.width));
  const scale = columnWidth >= WIDE ? 2 : 1;
  const lineHeight = TEXT_HEIGHT * scale + 2 * TEXT_GAP;
  const nameHeight = TEXT_HEIGHT + TEXT_GAP;
  const innerWidth = COLUMNS.length * (columnWidth + COLUMN_GAP) - COLUMN_GAP;
  const width = innerWidth + 2 * MARGIN;
  const height = 2 * MARGIN + lineHeight + (rows.length - 1) * ROW_GAP +
    tiles.reduce((sum, [tile]) => sum + nameHeight + tile!.height, 0);
  const sheet = { width, height, rgba: new Uint8ClampedArray(width * height * 4) };
  for (let i = 0; i < sheet.rgba.length; i += 4) sheet.rgba.set([...BACKGROUND, 255], i);

  const left = (column: number) => MARGIN + column * (columnWidth + COLUMN_GAP);
  COLUMNS.forEach((column, i) =>
    drawText(sheet, column, { x: left(i), y: MARGIN, rgb255: COLUMN_COLOUR, scale })
  );
  let y = MARGIN + lineHeight;
  rows.forEach((row, i) => {
    const name = fitText(row.name, innerWidth);
    drawText(sheet, name, { x: MARGIN, y, rgb255: NAME_COLOUR });
    y += nameHeight;
    tiles[i]!.forEach((tile, column) => place(sheet, tile, left(column), y));
    y += tiles[i]![0]!.height + ROW_GAP;
  });
  return sheet;
}

/** A picture of a row at the size of the sheet. */
function tileOf(row: PreviewRow, column: typeof COLUMNS[number], largestSide: number): Pixels {
  const { width, height, name } = row;
  const rgb255 = row[column];
  if (rgb255.length !== width * height * 3) {
    throw new RangeError(
      `Cannot draw ${column} of "${name}": it has ${rgb255.length} values, ` +
        `must have ${width}x${height}x3`,
    );
  }
  const factor = Math.ceil(Math.max(width, height) / largestSide);
  if (factor > 1) return reducePixels({ width, height, rgb255 }, factor);
  return enlarge({ width, height, rgb255 }, Math.ceil(SMALLEST_SIDE / Math.max(width, height)));
}

function enlarge({ width, height, rgb255 }: Pixels, factor: number): Pixels {
  if (factor <= 1) return { width, height, rgb255 };
  const large = new Uint8Array(rgb255.length * factor * factor);
  const stride = width * factor;
  for (let y = 0; y < height * factor; y++) {
    for (let x = 0; x < stride; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 3;
      large.set(rgb255.subarray(from, from + 3), (y * stride + x) * 3);
    }
  }
  return { width: stride, height: height * factor, rgb255: large };
}

function place(sheet: PreviewSheet, tile: Pixels, left: number, top: number): void {
  for (let y = 0; y < tile.height; y++) {
    for (let x = 0; x < tile.width; x++) {
      const from = (y * tile.width + x) * 3;
      const to = ((top + y) * sheet.width + left + x) * 4;
      sheet.rgba.set(tile.rgb255.subarray(from, from + 3), to);
    }
  }
}
