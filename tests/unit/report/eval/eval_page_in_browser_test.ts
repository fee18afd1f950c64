/**
 * The page of an evaluation as a browser shows it; ignored where there is no Chromium.
 */
import assert from "node:assert/strict";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { formatEvalPage } from "../../../../src/report/eval/eval_page.ts";
import { findChromium, withChromiumPage } from "../../../support/chromium.ts";
import { evalExample, evalPageRecord, evalTable } from "./records.ts";

const browser = findChromium();

/** An evaluation with pictures that can be decoded and names that are long. */
async function page(): Promise<string> {
  const rgba = new Uint8Array(40 * 30 * 4).fill(200);
  const png = await encodeImage({ width: 40, height: 30, rgba }, {
    format: "png",
    keepAlpha: false,
  });
  const long = `${"a_rather_long_name_".repeat(8)}.jpg`;
  const example = (image: string) =>
    evalExample({
      image,
      mask: long,
      truth: png,
      damaged: png,
      results: evalExample().results.map((result) => ({ ...result, picture: png })),
    });
  return formatEvalPage(evalPageRecord({
    title: long,
    command: `pconv eval ${long}`,
    problems: [long],
    table: evalTable([0, 5, 15, 35, 55, 95]),
    examples: [example("garden.jpg"), example(long)],
    best: [example("sky.jpg")],
    worst: [],
    dilationExamples: [0, 5, 15, 35, 55, 95].map((dilate) => ({ ...example(long), dilate })),
  }));
}

const click = (selector: string) => `document.querySelector(${JSON.stringify(selector)}).click()`;

/** By how many pixels the page is wider than the window. */
const OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Headings of the tables that are seen, and texts of the first row's cells. */
const SEEN = `(() => {
  const isSeen = (one) => one.offsetHeight > 0;
  const tables = [...document.querySelectorAll(".dilate .measure")].filter(isSeen);
  return {
    titles: tables.map((one) => one.querySelector("h3").firstChild.data.trim()),
    cells: tables.flatMap((one) => [...one.querySelectorAll("tbody tr:first-child td")])
      .filter(isSeen).map((one) => one.firstChild.data),
    heads: tables.flatMap((one) => [...one.querySelectorAll("thead th")])
      .filter(isSeen).map((one) => one.textContent),
    paper: [...document.querySelectorAll(".paper .measure")].filter(isSeen)
      .map((one) => one.textContent.slice(0, 20)),
  };
})()`;

Deno.test({
  name:
    "the page of an evaluation works in Chromium: switches of the table, 1280 px (ignored without Chromium)",
  ignore: browser === undefined,
  async fn() {
    await withChromiumPage({ browser: browser!, html: await page() }, async (page) => {
      const base = {
        titles: ["PSNR, dB ↑"],
        // Of (0.01, 0.1] N and B, of all together, of (0.6, 1] B.
        cells: ["30.00", "30.00", "30.00", "20.00"],
        heads: ["(0.01, 0.1]", "all", "(0.6, 1]", "N", "B", "N+B", "B"],
        paper: ["PSNR, dB ↑ of Places"],
      };
      const check = async (changes: Partial<typeof base>) => {
        assert.deepEqual(await page.evaluate(SEEN), { ...base, ...changes });
      };
      await check({});
      await page.evaluate(click(".pick-n"));
      await check({ cells: ["30.00", "30.00"], heads: ["(0.01, 0.1]", "all"] });
      await page.evaluate(click(".pick-both"));
      await check({
        cells: ["30.00", "30.00", "20.00"],
        heads: ["(0.01, 0.1]", "all", "(0.6, 1]"],
      });
      await page.evaluate(click(".pick-b"));
      await page.evaluate(click(".pick-hole-psnr"));
      await check({
        cells: ["20.00", "20.00", "10.00"],
        heads: ["(0.01, 0.1]", "all", "(0.6, 1]"],
        paper: ["The paper has no suc"],
      });
      await page.evaluate(click(".pick-pair"));
      await page.evaluate(click(".pick-dilate-5"));
      const dilate = await page.evaluate(
        `[...document.querySelectorAll(".dilate")].findIndex((one) => one.offsetHeight > 0)`,
      );
      assert.equal(dilate, 5);
      assert.equal(await page.evaluate(OVERFLOW), 0);
      assert.deepEqual(page.complaints, []);
    });
  },
});

Deno.test({
  name:
    "the page of an evaluation works in Chromium: sliders over pictures, 800 px (ignored without Chromium)",
  ignore: browser === undefined,
  async fn() {
    const html = await page();
    await withChromiumPage({ browser: browser!, html, sizePx: [800, 900] }, async (page) => {
      const current = () =>
        page.evaluate(`[...document.querySelectorAll("#bin-0-0 .layer.current .tag")]
          .filter((one) => one.offsetHeight > 0).map((one) => one.textContent)`);
      const clip = () =>
        page.evaluate(
          `getComputedStyle(document.querySelector("#bin-0-0 .layer.right.current")).clipPath`,
        );
      assert.deepEqual(await current(), ["damaged", "pconv, no error"]);
      assert.equal(await clip(), "inset(0px 0px 0px 50%)");

      await page.evaluate(`(() => {
        const slider = document.querySelector("#bin-0-0 input[type=range]");
        slider.value = "20";
        slider.dispatchEvent(new Event("input"));
      })()`);
      assert.equal(await clip(), "inset(0px 0px 0px 20%)");
      assert.equal(
        await page.evaluate(
          `document.querySelector("#bin-0-0 input[type=range]").getAttribute("aria-valuetext")`,
        ),
        "20 % damaged, 80 % pconv, no error",
      );

      await page.evaluate(click(`#bin-0-0 input[data-name="truth"]`));
      await page.evaluate(click(`#bin-0-0 input[data-name="telea"]`));
      assert.deepEqual(await current(), ["truth", "telea, 21.50 dB"]);
      // The border stays where it was.
      assert.equal(await clip(), "inset(0px 0px 0px 20%)");

      await page.evaluate(click(`.all-left input[value="damaged"]`));
      assert.deepEqual(await current(), ["truth", "telea, 21.50 dB"], "was chosen before");
      await page.evaluate(click(`.all-left input[value="truth"]`));
      await page.evaluate(click(`.all-right input[value="telea"]`));
      const all = await page.evaluate(
        `[...document.querySelectorAll("#examples .layer.current .tag")].map((one) => one.textContent)`,
      );
      assert.deepEqual(all, ["truth", "telea, 21.50 dB", "truth", "telea, 21.50 dB"]);

      // The range input lies over the whole picture, so that it takes the pointer wherever it is.
      const [x, y] = await page.evaluate(`(() => {
        const frame = document.querySelector("#bin-0-0 .frame");
        frame.scrollIntoView();
        const box = frame.getBoundingClientRect();
        return [box.left + 5, box.top + 5];
      })()`) as [number, number];
      assert.equal(await page.evaluate(`document.elementFromPoint(${x}, ${y}).type`), "range");
      assert.equal(await page.evaluate(OVERFLOW), 0);
      assert.deepEqual(page.complaints, []);
    });
  },
});
