/**
 * Where a hole comes from, in words.
 * @module
 */
import type { HoleSources, MaskSource } from "./mask_source.ts";

/** Names the sources of a picture's hole, for a row of a list: `mask "a.png" and box 0,0,100,40`. */
export function describeMask(sources: HoleSources): string {
  return sources.length === 0 ? "no mask" : sources.map(describe).join(" and ");
}

function describe(source: MaskSource): string {
  switch (source.kind) {
    case "file":
      return `mask "${source.path}"`;
    case "alpha":
      return "its own transparency";
    case "colour": {
      const hex = source.rgb255.map((level) => level.toString(16).padStart(2, "0")).join("");
      const within = source.tolerance === undefined ? "" : ` within ${source.tolerance}`;
      return `colour #${hex}${within}`;
    }
    case "boxes":
      return source.boxes.map(({ text }) => `box ${text}`).join(" and ");
  }
}
