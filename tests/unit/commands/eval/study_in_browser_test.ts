/**
 * A study as a participant goes through it, by keyboard; ignored where there is no Chromium.
 */
import assert from "node:assert/strict";
import { studyFiles } from "../../../../src/commands/eval/study_files.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { parseStudyAnswers } from "../../../../src/evaluation/study/study_answers.ts";
import { parseStudyKey } from "../../../../src/evaluation/study/study_key.ts";
import { planStudy, TRUTH } from "../../../../src/evaluation/study/study_plan.ts";
import { studyResults } from "../../../../src/evaluation/study/study_results.ts";
import { type ChromiumPage, findChromium, withChromiumPage } from "../../../support/chromium.ts";

const browser = findChromium();

/** Two trials without a limit of time, three within one; the longest time is cut for the sake of the test. */
function smallStudy() {
  const plan = planStudy({
    methods: ["ours", "telea"],
    pairs: Array.from({ length: 6 }, (_, pair) => ({
      pair,
      border: pair % 2 === 0 ? "N" as const : "B" as const,
      bin: pair,
    })),
    seed: 3,
    unlimited: 2,
    limited: 3,
  });
  const trials = plan.trials.map((trial) => ({
    ...trial,
    durationMs: trial.durationMs === 4000 ? 500 : trial.durationMs,
  }));
  return { ...plan, trials };
}

/** What a participant could know: which method each picture is. The truth and our method are always chosen. */
const preference = (method: string) => method === TRUTH ? 2 : method === "ours" ? 1 : 0;

/** Notes, frame by frame and apart from the page's own script, when pictures are to be seen. */
const WATCH = `(() => {
  window.glances = [];
  let [last, since, gap, isCrossed] = [0, null, 0, false];
  const look = (now) => {
    const picture = document.querySelector("#left img");
    const isSeen = picture !== null && getComputedStyle(picture).opacity === "1" &&
      !document.getElementById("task").hidden;
    gap = Math.max(gap, now - last);
    // Counted anew from the cross on.
    if (!document.getElementById("cross").hidden && !isCrossed) [gap, isCrossed] = [0, true];
    if (isSeen && since === null) since = now;
    if (!isSeen && since !== null) {
      window.glances.push({ shownMs: now - since, gap });
      since = null;
      isCrossed = false;
    }
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    window.saved = blob;
    return make.call(URL, blob);
  };
})()`;

async function until(page: ChromiumPage, condition: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (await page.evaluate(condition) !== true) {
    assert.ok(performance.now() < deadline, `waited in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const IS_PAUSE = `document.documentElement.dataset.part === "pause"`;
const IS_READY = `document.getElementById("message").textContent.startsWith("Press space")`;
const ASKS = `document.getElementById("stage").classList.contains("asks")`;
const IS_SHOWN = `document.getElementById("stage").classList.contains("on")`;
const COUNT = `document.getElementById("count").textContent`;

Deno.test({
  name: "a study works in Chromium by keyboard, is timed by frames and survives a reload",
  ignore: browser === undefined,
  async fn() {
    const plan = smallStudy();
    const { page: html, key: keyText, pictures } = studyFiles(plan);
    const rgba = new Uint8Array(48 * 40 * 4).fill(180);
    const png = await encodeImage({ width: 48, height: 40, rgba }, {
      format: "png",
      keepAlpha: false,
    });
    const files = Object.fromEntries(pictures.map(({ path }) => [path, png]));
    const methods = new Map(pictures.map(({ path, method }) => [path, method]));
    await withChromiumPage(
      { browser: browser!, html, files, sizePx: [1280, 720] },
      async (page) => {
        const choose = async () => {
          const [left, right] = await page.evaluate(
            `["left", "right"].map((side) => document.querySelector("#" + side + " img").src)`,
          ) as [string, string];
          const worth = (address: string) => {
            const path = /pictures\/\w+\.png$/.exec(address)?.[0];
            return path === undefined ? 0 : preference(methods.get(path)!);
          };
          // Both pairs of keys.
          const isLeft = worth(left) > worth(right);
          await page.pressKey(isLeft ? (left < right ? "f" : "ArrowLeft") : "ArrowRight");
        };
        const glance = async () => {
          await until(page, IS_READY);
          const before = await page.evaluate("window.glances.length");
          await page.pressKey(" ");
          await until(page, IS_SHOWN);
          // Too early: choices count only when the pictures are gone.
          await page.pressKey("ArrowLeft");
          await until(page, `${ASKS} && !(${IS_SHOWN}) && window.glances.length > ${before}`);
          await choose();
          await until(page, `!(${ASKS})`);
        };
        const look = async () => {
          await until(page, `${ASKS} && ${IS_SHOWN}`);
          // A choice within 200 ms would not count.
          await new Promise((resolve) => setTimeout(resolve, 250));
          await choose();
          await until(page, `!(${ASKS}) || document.documentElement.dataset.part !== "task"`);
        };

        await page.evaluate(WATCH);
        for (const sign of "Anna B") await page.pressKey(sign);
        await page.pressKey("Enter");
        await until(page, IS_PAUSE);
        await page.pressKey("Enter");
        await glance(); // practice
        await until(page, IS_PAUSE);
        assert.equal(await page.evaluate(COUNT), "0 of 5 answered");
        await page.pressKey(" ");
        await glance();
        await until(page, IS_READY);
        assert.equal(await page.evaluate(COUNT), "1 of 5 answered");
        const early = await page.evaluate("window.glances");

        await page.reload();
        await page.evaluate(WATCH);
        assert.match(
          await page.evaluate(`document.getElementById("again").innerText`) as string,
          /^1 of 5 are answered under this name/,
        );
        await page.pressKey("Enter");
        await until(page, IS_PAUSE);
        await page.pressKey("Enter");
        await glance();
        await glance();
        await until(page, IS_PAUSE);
        await page.pressKey("Enter");
        await look(); // practice
        await until(page, IS_PAUSE);
        await page.pressKey("Enter");
        await look();
        await look();
        await until(page, `document.documentElement.dataset.part === "end"`);

        const text = await page.evaluate("window.saved.text()") as string;
        assert.equal(await page.evaluate(`document.getElementById("text").value`), text);
        assert.equal(
          await page.evaluate(`document.getElementById("file").download`),
          `answers-${plan.study}-Anna-B.json`,
        );
        const key = parseStudyKey(keyText, "study-key.json");
        const answers = parseStudyAnswers(text, { name: "a.json", key });
        assert.equal(answers.participant, "Anna-B");
        assert.equal(answers.answers.length, 5);

        const later = await page.evaluate("window.glances") as unknown[];
        // Practice is left out; after the reload the first three are glances.
        const seen = [...(early as unknown[]).slice(1), ...later.slice(0, 2)] as {
          shownMs: number;
          gap: number;
        }[];
        const limited = answers.answers.slice(0, 3);
        limited.forEach(({ trial, shownMs }, i) => {
          const planned = key.trials.find(({ id }) => id === trial)!.durationMs!;
          const { shownMs: watched, gap } = seen[i]!;
          // Frames are at most `gap` apart: 17 ms on an idle machine, more under load.
          const note =
            `${planned} ms planned, ${shownMs} by the page, ${watched} watched, gap ${gap}`;
          assert.ok(shownMs! >= planned - gap / 2 - 0.1 && shownMs! <= planned + gap, note);
          assert.ok(Math.abs(watched - shownMs!) <= gap + 0.1, note);
        });

        const results = studyResults(key, [answers]);
        assert.equal(results.excluded.repeated + results.excluded.early, 0);
        for (const { rate } of [...results.unlimited, ...results.limited]) assert.equal(rate, 1);
        assert.equal(results.answers + results.excluded.shown, 5);
        assert.deepEqual(page.complaints, []);
      },
    );
  },
});
