/**
 * The part of a run report that shows preview sheets over the steps.
 * @module
 */
import { type Html, markup } from "./html.ts";
import { formatCount } from "./number_text.ts";
import type { PreviewImage } from "./run_record.ts";

/** Most sheets on a page. */
export const MOST_PREVIEWS = 12;

/** Bytes of all sheets; base64 makes a third more of them. */
const MOST_BYTES = 11_000_000;

/**
 * Draws the strip: without a script all sheets below one another, with one a slider.
 *
 * @param total How many sheets the run has, if these are not all.
 */
export function previewStrip(
  previews: readonly PreviewImage[],
  total: number = previews.length,
): Html {
  if (previews.length === 0) {
    return markup`<section id="previews">
<h2>Previews</h2>
<p class="empty">No previews yet</p>
</section>`;
  }
  const chosen = choosePreviews(previews);
  const all = markup`all of them are in the folder <code>previews</code> of the run.`;
  const thinned = chosen.length === total
    ? undefined
    : chosen.length === 0
    ? markup` They are too large for this page; ${all}`
    : markup` Shown: ${chosen.length} of ${total} sheets, evenly chosen; ${all}`;
  const last = chosen.length - 1;
  const slider =
    markup`<div class="slider"><button type="button" class="before" aria-label="Step before">&#9664;</button>
<input type="range" min="0" max="${last}" value="${last}" step="1" aria-label="Preview">
<button type="button" class="after" aria-label="Step after">&#9654;</button> <output></output></div>`;
  return markup`<section id="previews">
<h2>Previews</h2>
<p>The same images at every step: input, mask, raw output, composite, truth.${thinned}</p>
${chosen.length > 1 ? slider : undefined}
<div class="sheets">
${chosen.map((preview, i) => drawPreview(preview, i === last))}
</div>
</section>`;
}

function drawPreview({ step, png }: PreviewImage, isLast: boolean): Html {
  const caption = `Step ${formatCount(step)}`;
  const size = pngSize(png);
  const attributes = size === undefined
    ? undefined
    : markup` width="${size.width}" height="${size.height}"`;
  return markup`<figure class="sheet${isLast ? " current" : ""}"><figcaption>${caption}</figcaption>
<div class="scroll"><img src="data:image/png;base64,${png.toBase64()}" alt="Preview sheet at step ${
    formatCount(step)
  }"${attributes}></div></figure>`;
}

/** As many as the page may hold, evenly spaced, with the first and the last; none if the last is too large alone. */
export function choosePreviews(
  previews: readonly PreviewImage[],
  mostBytes: number = MOST_BYTES,
): PreviewImage[] {
  for (let count = Math.min(MOST_PREVIEWS, previews.length); count > 0; count--) {
    const chosen = chooseEvenly(previews, count);
    if (chosen.reduce((sum, { png }) => sum + png.length, 0) <= mostBytes) return chosen;
  }
  return [];
}

/** Some of the items, evenly spaced, with the first and the last; of one, the last. */
export function chooseEvenly<T>(items: readonly T[], most: number): T[] {
  const count = Math.min(most, items.length);
  return Array.from({ length: count }, (_, i) => {
    const place = count === 1 ? 1 : i / (count - 1);
    return items[Math.round(place * (items.length - 1))]!;
  });
}

/** Size in the header of a PNG file, so that the page does not jump when pictures are decoded. */
function pngSize(png: Uint8Array): { width: number; height: number } | undefined {
  if (png.length < 24 || png[1] !== 0x50 || png[2] !== 0x4e || png[3] !== 0x47) return undefined;
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
