/**
 * An example with a slider between what was there and what a method made of it.
 * @module
 */
import { type Html, markup } from "../html.ts";
import { formatShare } from "../number_text.ts";
import type { EvalExample, EvalExampleResult } from "./eval_page_record.ts";

/** Options of {@linkcode pictureSlider}. */
export interface PictureSliderOptions {
  /** Of our own making and not twice on a page. */
  readonly id: string;
  /** The method whose result is shown first, if the example has it. */
  readonly primary: string;
}

interface Layer {
  readonly name: string;
  readonly picture: Uint8Array;
  /** Empty for what no method made. */
  readonly psnr: string;
}

/**
 * Draws an example; every picture is embedded once. Without a script all pictures stand side by side; eval_script.ts
 * lays them over one another and moves the border between them.
 */
export function pictureSlider(example: EvalExample, { id, primary }: PictureSliderOptions): Html {
  const { image, mask, bin, border, ratio, dilate, width, height, results } = example;
  const size = `${width}x${height}`;
  const chosen = Math.max(0, results.findIndex(({ method }) => method === primary));
  const left: readonly Layer[] = [
    { name: "damaged", picture: example.damaged, psnr: "" },
    { name: "truth", picture: example.truth, psnr: "" },
  ];
  const right = results.map((result): Layer => ({
    name: result.method,
    picture: result.picture,
    psnr: psnrText(result),
  }));
  const layers = (side: "left" | "right", entries: readonly Layer[], first: number) =>
    entries.map(({ name, picture, psnr }, i) =>
      markup`<span class="layer ${side}${i === first ? " current" : ""}">${
        embed(example, picture, `${image}: ${name}`)
      }<span class="tag">${name}${psnr === "" ? "" : `, ${psnr}`}</span></span>`
    );
  const choice = (side: "left" | "right", entries: readonly Layer[], first: number) =>
    markup`<fieldset class="pick-${side}"><legend class="unseen">Picture on the ${side}</legend>${
      entries.map(({ name, psnr }, i) =>
        markup`<label><input type="radio" name="${id}-${side}" value="${i}" data-name="${name}"${
          i === first ? markup` checked` : undefined
        }><span>${name}${psnr === "" ? undefined : markup` <small>${psnr}</small>`}</span></label>`
      )
    }</fieldset>`;
  return markup`<figure class="example" id="${id}">
<div class="frame">${layers("left", left, 0)}${layers("right", right, chosen)}${
    results.length === 0
      ? undefined
      : markup`<input type="range" min="0" max="100" value="50" step="1" aria-label="Border between the pictures of ${image}">`
  }</div>
<div class="choice">${choice("left", left, 0)}${choice("right", right, chosen)}</div>
<figcaption><b>${image}</b> <span class="quiet">${formatShare(ratio)} hole, ${bin} ${border}${
    dilate > 0 ? `, dilation kernel ${dilate} px` : ""
  }, ${size}, mask ${mask}</span></figcaption>
</figure>`;
}

/** A picture within the page, with its size, so that nothing jumps when it is decoded. */
export function embed(
  { mimeType, width, height }: EvalExample,
  picture: Uint8Array,
  text: string,
): Html {
  return markup`<img src="data:${mimeType};base64,${picture.toBase64()}" alt="${text}" width="${width}" height="${height}" decoding="async">`;
}

/** "24.10 dB", "no error". */
export function psnrText({ holePsnr }: Pick<EvalExampleResult, "holePsnr">): string {
  return holePsnr === null ? "no error" : `${holePsnr.toFixed(2)} dB`;
}
