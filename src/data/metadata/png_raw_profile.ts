/**
 * Metadata as hexadecimal text in a PNG, as ImageMagick began it before there were chunks for them.
 * @module
 */
import { latin1Bytes, latin1Text } from "./join_bytes.ts";

/** Keyword in front of the kind of profile. */
export const RAW_PROFILE = "Raw profile type ";

/**
 * Reads the text of a raw profile: an empty line, its kind, its length, then its bytes as hexadecimal digits.
 *
 * @returns Undefined if it is none or cut short.
 *
 * Source: ImageMagick, coders/png.c, `Magick_png_write_raw_profile`.
 */
export function decodeRawProfile(text: Uint8Array): Uint8Array | undefined {
  const head = /^\s*[^\n]{0,80}\n\s*(\d{1,9})\n/.exec(latin1Text(text.subarray(0, 128)));
  if (head === null) return undefined;
  const profile = new Uint8Array(Math.min(Number(head[1]), text.length));
  let [digits, byte] = [0, 0];
  for (let at = head[0].length; at < text.length && digits < 2 * profile.length; at++) {
    const digit = HEX.indexOf(String.fromCharCode(text[at]! | 0x20));
    if (digit < 0) continue;
    byte = (byte << 4 | digit) & 0xff;
    if (digits % 2 === 1) profile[digits >> 1] = byte;
    digits++;
  }
  return digits === 2 * Number(head[1]) ? profile : undefined;
}

/** Writes the text of a raw profile. */
export function encodeRawProfile(kind: string, profile: Uint8Array): Uint8Array<ArrayBuffer> {
  const lines = [`\n${kind}\n${String(profile.length).padStart(8)}\n`];
  for (let at = 0; at < profile.length; at += 36) {
    lines.push(`${profile.subarray(at, at + 36).toHex()}\n`);
  }
  return latin1Bytes(lines.join(""));
}

const HEX = "0123456789abcdef";
