/**
 * The report page as a browser shows it; ignored where there is no Chromium.
 */
import assert from "node:assert/strict";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { formatRunReport } from "../../../src/report/run_report.ts";
import { findChromium, withChromiumPage } from "../../support/chromium.ts";
import { logLines, runRecord } from "./records.ts";

const browser = findChromium();

Deno.test({
  name: "a run report works in Chromium: curves, switches, values under the pointer, slider",
  ignore: browser === undefined,
  async fn() {
    const rgba = new Uint8Array(40 * 30 * 4).fill(200);
    const png = await encodeImage({ width: 40, height: 30, rgba }, {
      format: "png",
      keepAlpha: false,
    });
    const html = formatRunReport(runRecord({
      log: logLines(40),
      previews: [{ step: 100, png }, { step: 200, png }],
    }));
    await withChromiumPage({ browser: browser!, html, sizePx: [800, 900] }, async (page) => {
      const display = (selector: string) =>
        page.evaluate(`getComputedStyle(document.querySelector("${selector}")).display`);
      const click = (selector: string) =>
        page.evaluate(`document.querySelector("${selector}").click()`);

      assert.equal(await display(".losses svg.log"), "none");
      await click(".log-scale");
      assert.equal(await display(".losses svg.log"), "block");
      assert.equal(await display(".losses svg.linear"), "none");

      assert.notEqual(await display(".losses .curve.raw"), "none");
      await click(".show-raw");
      assert.equal(await display(".losses .curve.raw"), "none");

      const [x, y] = await page.evaluate(`(() => {
        const svg = document.querySelector(".losses svg.log");
        svg.scrollIntoView();
        const box = svg.getBoundingClientRect();
        return [box.left + box.width - 5, box.top + box.height / 2];
      })()`) as [number, number];
      await page.movePointer(x, y);
      const tip = await page.evaluate(`document.querySelector(".losses .tip").innerText`) as string;
      // The last line: 6 / 40 + 0.5
      assert.match(tip, /^Step 400\s+raw\s+0\.65\s+smoothed\s+0\.6/);

      const shown =
        `[...document.querySelectorAll(".sheet")].map((sheet) => sheet.offsetHeight > 0)`;
      assert.deepEqual(await page.evaluate(shown), [false, true]);
      await click(".slider .before");
      assert.deepEqual(await page.evaluate(shown), [true, false]);
      assert.equal(
        await page.evaluate(`document.querySelector(".slider output").textContent`),
        "Step 100",
      );
      assert.equal(await page.evaluate(`document.querySelector(".sheet img").naturalWidth`), 40);

      const overflow =
        "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      assert.equal(await page.evaluate(overflow), 0);
      assert.deepEqual(page.complaints, []);
    });
  },
});
