/**
 * The parts of an evaluation's page that have pictures: by range, the best, the worst.
 * @module
 */
import { HOLE_BINS, holeBinName } from "../../metrics/hole_bin.ts";
import { type Html, markup } from "../html.ts";
import type { EvalExample, EvalPageRecord } from "./eval_page_record.ts";
import { pictureSlider } from "./picture_slider.ts";

/** Draws the examples range by range, with buttons that set all of them at once; undefined without any. */
export function exampleSection(
  { examples, primary, table }: Pick<EvalPageRecord, "examples" | "primary" | "table">,
): Html | undefined {
  if (examples.length === 0) return undefined;
  const groups = binNames(examples).map((bin, i) => {
    const mine = examples.filter((example) => example.bin === bin);
    return markup`<h3>Holes of ${bin}</h3>${grid(mine, { id: `bin-${i}`, primary })}`;
  });
  const isShown = (method: string) =>
    examples.some(({ results }) => results.some((result) => result.method === method));
  const methods = table.methods.filter(isShown);
  return markup`<section id="examples">
<h2>Examples</h2>
<p>Move the border in a picture with the pointer, or with the arrow keys when it has the focus. Beside each method stands the PSNR of the holes.</p>
<div class="switches for-all">${choice("left", "All left", ["damaged", "truth"], 0)}${
    choice("right", "All right", methods, Math.max(0, methods.indexOf(primary)))
  }</div>
${groups}
</section>`;
}

/** Draws what the primary method did best and worst; undefined without any. */
export function extremeSection(
  { best, worst, primary }: Pick<EvalPageRecord, "best" | "worst" | "primary">,
): Html | undefined {
  if (best.length + worst.length === 0) return undefined;
  const part = (title: string, id: string, examples: readonly EvalExample[]) =>
    examples.length === 0 ? undefined : markup`<h3>${title}</h3>${grid(examples, { id, primary })}`;
  return markup`<section id="extremes">
<h2>Best and worst of ${primary}</h2>
<p>By PSNR of the holes. The worst show where a method fails, the best what lies within its reach.</p>
${part("Worst", "worst", worst)}
${part("Best", "best", best)}
</section>`;
}

function grid(
  examples: readonly EvalExample[],
  { id, primary }: { id: string; primary: string },
): Html {
  return markup`<div class="examples">${
    examples.map((example, i) => pictureSlider(example, { id: `${id}-${i}`, primary }))
  }</div>`;
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

/** Ranges that occur, from small holes to large ones; names that are none of ours come last. */
function binNames(examples: readonly EvalExample[]): string[] {
  const order = ["below", ...HOLE_BINS.keys(), "above"] as const;
  const known = order.map((bin) => holeBinName(bin));
  const names = new Set(examples.map(({ bin }) => bin));
  return [...known.filter((name) => names.has(name)), ...names.difference(new Set(known))];
}
