/**
 * The page of a run as a browser shows it; ignored where there is no Chromium.
 */
import assert from "node:assert/strict";
import { runPage } from "../../../../src/report/run/run_page.ts";
import type { PictureRow } from "../../../../src/report/run/run_page_record.ts";
import { FIRST_ROWS } from "../../../../src/report/run/run_script.ts";
import { findChromium, withChromiumPage } from "../../../support/chromium.ts";
import { failedRow, HOSTILE, pictureRow, runExample, runPageRecord } from "./run_records.ts";

const browser = findChromium();

/** Names of the rows that are in the table. */
const NAMES =
  `[...document.querySelectorAll("#pictures tbody th")].map((th) => th.firstChild.data)`;

const OUTPUT = `document.querySelector("#pictures output").textContent`;

const OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Types into the filter. */
const filter = (text: string) =>
  `(() => { const find = document.querySelector("#pictures input[type=search]");
    find.value = ${JSON.stringify(text)}; find.dispatchEvent(new Event("input")); })()`;

/** Turns a switch of results over. */
const toggle = (name: string) => `document.querySelector("#pictures input[value=${name}]").click()`;

const clickHead = (name: string) =>
  `[...document.querySelectorAll("#pictures thead button")]
    .find((one) => one.textContent === ${JSON.stringify(name)}).click()`;

Deno.test({
  name: "the page of a run filters, sorts, shows more and moves its borders, and runs no name",
  ignore: browser === undefined,
  async fn() {
    const others = Array.from(
      { length: 700 },
      (_, i): PictureRow => ({ input: `more/${i}.png`, status: "copied", warnings: [] }),
    );
    const html = runPage(runPageRecord({
      rows: [
        pictureRow({ input: "in/10.png", elapsedMs: 30 }),
        pictureRow({ input: "in/9.png", elapsedMs: 2000 }),
        failedRow(HOSTILE, "cut short"),
        pictureRow({ input: "in/11.png", elapsedMs: 400, status: "done before" }),
        ...others,
      ],
      examples: [runExample("in/10.png"), runExample(HOSTILE)],
    }));
    await withChromiumPage({ browser: browser!, html, sizePx: [420, 800] }, async (page) => {
      const first = async (count: number) =>
        (await page.evaluate(NAMES) as string[]).slice(0, count);
      const count = () => page.evaluate(`${NAMES}.length`);
      const inOrder = ["in/10.png", "in/9.png", HOSTILE, "in/11.png", "more/0.png"];
      assert.deepEqual(await first(5), inOrder);
      assert.equal(await count(), FIRST_ROWS);
      assert.ok(Number(await page.evaluate(OVERFLOW)) <= 0);
      assert.equal(await page.evaluate("document.querySelectorAll('script').length"), 1);

      // Words in any order, of any column, of rows that were not drawn yet.
      await page.evaluate(filter("SHORT cut"));
      assert.deepEqual(await first(9), [HOSTILE]);
      assert.equal(await page.evaluate(OUTPUT), "1 of 704 pictures");
      await page.evaluate(filter("/699"));
      assert.deepEqual(await first(9), ["more/699.png"]);
      await page.evaluate(filter(""));
      await page.evaluate(toggle("done-before"));
      assert.deepEqual(await first(9), ["in/11.png"]);
      await page.evaluate(toggle("done-before"));

      await page.evaluate(clickHead("Time"));
      assert.deepEqual(await first(4), ["in/9.png", "in/11.png", "in/10.png", HOSTILE]);
      await page.evaluate(clickHead("Time"));
      assert.deepEqual(await first(4), ["in/10.png", "in/11.png", "in/9.png", HOSTILE]);
      assert.equal(
        await page.evaluate(`document.querySelectorAll("[aria-sort=ascending]").length`),
        1,
      );
      await page.evaluate(clickHead("Time"));
      assert.deepEqual(await first(5), inOrder);
      await page.evaluate(clickHead("Picture"));
      assert.deepEqual(await first(4), ["in/9.png", "in/10.png", "in/11.png", "more/0.png"]);

      await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
      assert.equal(await count(), 704);
      await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
      assert.equal(await count(), FIRST_ROWS);
      await page.evaluate(`document.querySelector("#pictures .more button").click()`);
      assert.equal(await count(), 704);
      assert.equal(await page.evaluate(`document.querySelector("#pictures .more").hidden`), true);

      await page.evaluate(`document.querySelector("#example-0 input").focus()`);
      await page.pressKey("ArrowRight");
      assert.equal(
        await page.evaluate(
          `document.querySelector("#example-0 input").getAttribute("aria-valuetext")`,
        ),
        "51 % before, 49 % after",
      );
      assert.deepEqual(page.complaints, []);
    });
  },
});
