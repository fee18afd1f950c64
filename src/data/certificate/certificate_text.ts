/**
 * A certificate as one line.
 * @module
 */
import type { Certificate } from "./certificate.ts";

/**
 * Says what was proven or what differs, such as
 * `verified: 183,204 known pixels identical, alpha and metadata too`.
 *
 * @returns One line without an end.
 */
export function certificateText(certificate: Certificate): string {
  const { isExact, size, metadata } = certificate;
  if (size !== undefined) {
    return `differs: size is ${size.after.join("x")}, must be ${size.before.join("x")}`;
  }
  const parts = [...pixelParts(certificate)];
  if (typeof metadata === "object") {
    const { lost, changed, unsupported } = metadata;
    if (lost.length > 0) parts.push(`lost: ${inWords(lost)}`);
    if (changed.length > 0) parts.push(`changed: ${inWords(changed)}`);
    if (unsupported.length > 0) {
      parts.push(
        `${LABELS[certificate.format] ?? certificate.format} does not hold ${inWords(unsupported)}`,
      );
    }
  }
  return `${isExact ? "verified" : "differs"}: ${parts.join("; ")}`;
}

/** Names of formats. */
const LABELS: Readonly<Record<string, string>> = {
  png: "PNG",
  jpeg: "JPEG",
  webp: "WebP",
  tiff: "TIFF",
  avif: "AVIF",
};

/** Most names that one line lists. */
const MOST_NAMES = 4;

function pixelParts(certificate: Certificate): string[] {
  const { knownPixels, changedPixels, changedAlpha, metadata, blocks } = certificate;
  const kept = [
    ...(changedAlpha === 0 ? ["alpha"] : []),
    ...(metadata === "same" ? ["metadata"] : []),
  ].join(" and ");
  const too = kept === "" ? "" : `, ${kept} too`;
  const known = `${count(knownPixels)} known pixels`;
  const parts: string[] = [];
  if (blocks?.changed === 0) {
    const same = `${count(blocks.total - blocks.touched)} of ${
      count(blocks.total)
    } blocks identical`;
    const near = changedPixels === 0
      ? ""
      : ` (beside the hole ${pixels(changedPixels)} changed, ${largest(certificate)})`;
    parts.push(same + near + too);
  } else if (changedPixels === 0) parts.push(`${known} identical${too}`);
  else {
    parts.push(`${count(changedPixels)} of ${known} changed, ${largest(certificate)}`);
    if (blocks !== undefined) {
      const free = count(blocks.total - blocks.touched);
      parts.push(`${count(blocks.changed)} of ${free} blocks away from the hole changed`);
    }
    if (kept !== "") parts.push(`${kept} kept`);
  }
  if (changedAlpha > 0) parts.push(`alpha of ${pixels(changedAlpha)} changed`);
  return parts;
}

function largest({ maxDifference, bits }: Certificate): string {
  return `by at most ${bits === 16 ? maxDifference.toFixed(3) : maxDifference} of 255`;
}

function pixels(number: number): string {
  return number === 1 ? "1 pixel" : `${count(number)} pixels`;
}

/** With commas, in every locale. */
function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

function inWords(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 1 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
}
