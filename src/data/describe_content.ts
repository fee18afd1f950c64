/**
 * Naming what a file is that is not what it should be.
 * @module
 */

/** Start of a file (offset, bytes) and what that file is. */
const OTHER_SIGNATURES: readonly (readonly [number, string, string])[] = [
  [4, "ftyphe", "looks like HEIC"],
  [4, "ftypmif1", "looks like HEIC"],
  [4, "ftypmsf1", "looks like HEIC"],
  [4, "ftyp", "looks like a video or camera raw file"],
  [0, "\xff\x0a", "looks like JPEG XL"],
  [4, "JXL ", "looks like JPEG XL"],
  [4, "jP  ", "looks like JPEG 2000"],
  [0, "8BPS", "looks like a Photoshop document"],
  [0, "\0\0\x01\0", "looks like a Windows icon"],
  [0, "%PDF", "looks like PDF"],
  [0, "PK\x03\x04", "looks like a ZIP archive"],
  [0, "\x1f\x8b", "looks like a gzip archive"],
  [0, "RIFF", "is a RIFF file other than WebP"],
  [1, "PNG", "looks like PNG that a text-mode transfer has damaged"],
  [0, "version https://git-lfs", "is a Git LFS pointer, not the picture itself"],
];

/**
 * Says in a few words what a file that is no readable picture seems to be.
 *
 * @param bytes The file or its beginning.
 * @returns Such as `looks like PDF`, to follow the word "file".
 */
export function describeContent(bytes: Uint8Array): string {
  const start = latin1(bytes, 0, 256);
  if (latin1(bytes, 257, 262) === "ustar") return "looks like a tar archive, which is read from -";
  const other = OTHER_SIGNATURES.find(([at, signature]) => start.startsWith(signature, at));
  if (other !== undefined) return other[2];
  if (/^\s*(<\?xml[^]*)?<svg/i.test(start)) return "looks like SVG";
  if (/^\s*<(!doctype|html|head|\?xml)/i.test(start)) return "looks like HTML or XML";
  if (/^[\t\n\r\x20-\x7e]+$/.test(start)) return "looks like text";
  const hex = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `starts with the bytes ${hex.join(" ")}, which is no known format`;
}

/** Bytes as text, one character per byte. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
