/**
 * What must be known of an ICC profile to carry it along: whether it is one, and for which kind of pixels.
 * @module
 */
import { latin1Text } from "./join_bytes.ts";

/** Length of the header of a profile. */
const HEADER = 128;

/**
 * Reads for which pixels a profile is made.
 *
 * @returns Its colour space signature without spaces, such as `RGB`, `GRAY` or `CMYK`; undefined if this is no whole
 * profile.
 *
 * Source: ICC.1:2022, 7.2.
 */
export function iccColourSpace(profile: Uint8Array): string | undefined {
  if (profile.length < HEADER || latin1Text(profile.subarray(36, 40)) !== "acsp") return undefined;
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  if (view.getUint32(0) > profile.length) return undefined;
  return latin1Text(profile.subarray(16, 20)).trim();
}
