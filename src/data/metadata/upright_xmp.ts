/**
 * XMP of a picture whose pixels were turned upright. Packets are edited as text: their bytes outside of the edit stay.
 * @module
 */
import { latin1Bytes, latin1Text } from "./join_bytes.ts";

/** Properties that change places when a picture is turned by a quarter. */
const PAIRS = [
  ["tiff:ImageWidth", "tiff:ImageLength"],
  ["exif:PixelXDimension", "exif:PixelYDimension"],
  ["tiff:XResolution", "tiff:YResolution"],
] as const;

/**
 * Sets `tiff:Orientation` to 1, as attribute or element; where it was 5 to 8, widths and heights change places.
 *
 * @param xmp Packet, UTF-8.
 * @returns A copy of the same length.
 */
export function resetXmpOrientation(xmp: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = latin1Text(xmp);
  const found = propertyAt(text, "tiff:Orientation");
  if (found === undefined || !/^[1-8]$/.test(found.value)) return xmp.slice();
  const upright = replaced(text, found, "1");
  return latin1Bytes(found.value < "5" ? upright : PAIRS.reduce(exchange, upright));
}

interface Property {
  readonly value: string;
  readonly at: number;
}

/** First value of a property: `name="value"` or `<name>value</name>`. */
function propertyAt(text: string, name: string): Property | undefined {
  const match = new RegExp(`\\b${name}(?:\\s*=\\s*["']|>)([^"'<>]{0,40})["'<]`, "d").exec(text);
  const range = match?.indices?.[1];
  return range === undefined ? undefined : { value: text.slice(...range), at: range[0] };
}

function replaced(text: string, { value, at }: Property, by: string): string {
  return text.slice(0, at) + by + text.slice(at + value.length);
}

function exchange(text: string, [first, second]: readonly [string, string]): string {
  const [a, b] = [propertyAt(text, first), propertyAt(text, second)];
  if (a === undefined || b === undefined) return text;
  const [early, late] = a.at < b.at ? [a, b] : [b, a];
  // From the back, so that the place in front stays right.
  return replaced(replaced(text, late, early.value), early, late.value);
}
