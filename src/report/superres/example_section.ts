/**
 * The parts of a page of super-resolution that have pictures: by scale, the best gains, the worst losses.
 * @module
 */
import { type Html, markup } from "../html.ts";
import type { SuperresExample, SuperresPageRecord } from "./superres_page_record.ts";

type PictureRecord = Pick<
  SuperresPageRecord,
  "examples" | "gains" | "losses" | "primary" | "table"
>;

/** Draws the examples, small scales first, with buttons that set all of them at once; undefined without any. */
export function exampleSection({ examples, primary, table }: PictureRecord): Html | undefined {
  if (examples.length === 0) return undefined;
  const methods = table.methods.filter((method) =>
    examples.some(({ results }) => results.some((result) => result.method === method))
  );
  const left = ["small picture", "truth", ...methods.filter((name) => name === table.reference)];
  const right = Math.max(0, methods.indexOf(primary));
  return markup`<section id="examples"><h2>Examples</h2>
<p>Parts of pictures where ${table.reference} errs most, every pixel as it is. Move the border with the pointer, or with the arrow keys when it has the focus. Beside each method stands its PSNR on Y of the whole picture.</p>
<div class="switches for-all">${choice("left", "All left", left, left.length - 1)}${
    choice("right", "All right", methods, right)
  }</div>
${grid(examples.toSorted((a, b) => a.scale - b.scale), "chosen", { primary, table })}</section>`;
}

/** Draws what the primary method gained most over the reference and lost most to it; undefined without any. */
export function extremeSection({ gains, losses, ...record }: PictureRecord): Html | undefined {
  if (gains.length + losses.length === 0) return undefined;
  const { primary, table: { reference } } = record;
  const part = (title: string, id: string, examples: readonly SuperresExample[]) =>
    examples.length === 0 ? undefined : markup`<h3>${title}</h3>${grid(examples, id, record)}`;
  return markup`<section id="extremes"><h2>${primary} against ${reference}: best and worst</h2>
<p>By the difference of PSNR on Y.</p>
${part("Worst losses", "loss", losses)}
${part("Best gains", "gain", gains)}</section>`;
}

function grid(
  examples: readonly SuperresExample[],
  id: string,
  record: Pick<PictureRecord, "primary" | "table">,
): Html {
  return markup`<div class="examples">${
    examples.map((example, i) => slider(example, `${id}-${i}`, record))
  }</div>`;
}

interface Layer {
  readonly name: string;
  readonly picture: Uint8Array;
  /** Empty for what no method made. */
  readonly psnr: string;
}

/** A slider as eval_script.ts moves it; every picture is embedded once a side. */
function slider(
  example: SuperresExample,
  id: string,
  { primary, table }: Pick<PictureRecord, "primary" | "table">,
): Html {
  const { image, scale, width, height, left: x, top: y, results } = example;
  const right = results.map(({ method, picture, psnrY }): Layer => ({
    name: method,
    picture,
    psnr: psnrY === null ? "no error" : `${psnrY.toFixed(2)} dB`,
  }));
  const left: readonly Layer[] = [
    { name: "small picture", picture: example.small, psnr: "" },
    { name: "truth", picture: example.truth, psnr: "" },
    ...right.filter(({ name }) => name === table.reference),
  ];
  const chosen = Math.max(0, right.findIndex(({ name }) => name === primary));
  const side = (name: "left" | "right", layers: readonly Layer[], first: number) => ({
    layers: layers.map((layer, i) =>
      markup`<span class="layer ${name}${
        i === first ? " current" : ""
      }"><img src="data:${example.mimeType};base64,${layer.picture.toBase64()}" alt="${image}: ${layer.name}" width="${width}" height="${height}" decoding="async"><span class="tag">${layer.name}${
        layer.psnr === "" ? "" : `, ${layer.psnr}`
      }</span></span>`
    ),
    choice:
      markup`<fieldset class="pick-${name}"><legend class="unseen">Picture on the ${name}</legend>${
        layers.map((layer, i) =>
          markup`<label><input type="radio" name="${id}-${name}" value="${i}" data-name="${layer.name}"${
            i === first ? markup` checked` : undefined
          }><span>${layer.name}${
            layer.psnr === "" ? undefined : markup` <small>${layer.psnr}</small>`
          }</span></label>`
        )
      }</fieldset>`,
  });
  const [a, b] = [side("left", left, left.length - 1), side("right", right, chosen)];
  return markup`<figure class="example" id="${id}">
<div class="frame">${a.layers}${b.layers}<input type="range" min="0" max="100" value="50" step="1" aria-label="Border between the pictures of ${image}"></div>
<div class="choice">${a.choice}${b.choice}</div>
<figcaption><b>${image}</b> <span class="quiet">x${scale}, ${width}x${height} px from (${x}, ${y})</span></figcaption>
</figure>`;
}

function choice(side: string, title: string, names: readonly string[], first: number): Html {
  return markup`<fieldset class="all-${side}"><legend>${title}</legend>${
    names.map((name, i) =>
      markup`<label><input type="radio" name="all-${side}" value="${name}"${
        i === first ? markup` checked` : undefined
      }><span>${name}</span></label>`
    )
  }</fieldset>`;
}
