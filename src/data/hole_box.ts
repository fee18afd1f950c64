/**
 * Rectangles as holes: a stamped date, a logo, a number plate.
 * @module
 */

/** A length along one side of a picture. */
export interface BoxLength {
  readonly value: number;
  /** Pixels, or hundredths of the side. */
  readonly unit: "px" | "%";
}

/** A rectangle that may be laid on pictures of different sizes. */
export interface HoleBox {
  /** As the user wrote it. */
  readonly text: string;
  /** Left edge; below 0 it is counted from the right side. */
  readonly x: BoxLength;
  /** Upper edge; below 0 it is counted from the lower side. */
  readonly y: BoxLength;
  /** Above 0. */
  readonly width: BoxLength;
  /** Above 0. */
  readonly height: BoxLength;
}

/** A rectangle of whole pixels inside a picture; `right` and `bottom` are the first pixels outside it. */
export interface PlacedBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** True if a part of the box lies outside the picture and was cut off. */
  readonly isClipped: boolean;
}

const LENGTH = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(%?)\s*$/;

/**
 * Reads "x,y,width,height": whole pixels, or percentages such as "12.5%", in any mixture.
 *
 * @returns Undefined if the text is no such box, or one without area.
 */
export function readHoleBox(text: string): HoleBox | undefined {
  const lengths = text.split(",").map(readLength);
  const [x, y, width, height] = lengths;
  if (lengths.length !== 4 || !x || !y || !width || !height) return undefined;
  return width.value > 0 && height.value > 0 ? { text, x, y, width, height } : undefined;
}

function readLength(text: string): BoxLength | undefined {
  const [, digits, percent] = LENGTH.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = Number(digits);
  if (percent === "%") return { value, unit: "%" };
  return Number.isSafeInteger(value) ? { value, unit: "px" } : undefined;
}

/**
 * Lays a box on a picture. A pixel belongs to it if the box covers any part of the pixel.
 *
 * @param size Of the upright picture, in pixels.
 * @returns Undefined if the whole box lies outside the picture.
 */
export function placeBox(
  box: HoleBox,
  { width, height }: { readonly width: number; readonly height: number },
): PlacedBox | undefined {
  const across = span(box.x, box.width, width);
  const down = span(box.y, box.height, height);
  if (across === undefined || down === undefined) return undefined;
  return {
    left: across.from,
    right: across.to,
    top: down.from,
    bottom: down.to,
    isClipped: across.isClipped || down.isClipped,
  };
}

/** Sets the pixels of a box to hole. @param holeMask `[height, width]`, changed in place. */
export function markBox(
  holeMask: Uint8Array,
  { left, top, right, bottom }: PlacedBox,
  width: number,
): void {
  for (let y = top; y < bottom; y++) holeMask.fill(1, y * width + left, y * width + right);
}

/** One side of a box. */
function span(
  start: BoxLength,
  length: BoxLength,
  side: number,
): { from: number; to: number; isClipped: boolean } | undefined {
  const offset = inPixels(start, side);
  const from = start.value < 0 ? side + offset : offset;
  const end = from + inPixels(length, side);
  if (end <= 0 || from >= side) return undefined;
  return {
    from: Math.max(0, Math.floor(from)),
    to: Math.min(side, Math.ceil(end)),
    isClipped: from < 0 || end > side,
  };
}

/** A few millionths of a pixel are rounding of percentages and must not take a pixel more. */
function inPixels({ value, unit }: BoxLength, side: number): number {
  return unit === "px" ? value : Math.round(value * side / 100 * 1e6) / 1e6;
}
