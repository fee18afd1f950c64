import assert from "node:assert/strict";
import { STUDY_SCRIPT, STUDY_WORDS } from "../../../../src/report/study/study_script.ts";

// What the script does is tested in a browser, in ../commands/eval/study_in_browser_test.ts.
Deno.test("STUDY_SCRIPT is a script that cannot end its element", () => {
  assert.doesNotThrow(() => new Function(STUDY_SCRIPT));
  assert.equal(STUDY_SCRIPT.includes("</"), false);
});

Deno.test("STUDY_SCRIPT never turns text into markup, sends nothing and draws nothing unseeded", () => {
  assert.equal(
    /innerHTML|outerHTML|insertAdjacent|document\.write|fetch\(|https?:|import\(|sendBeacon|XMLHttp|WebSocket|Math\.random/
      .test(STUDY_SCRIPT),
    false,
  );
});

Deno.test("STUDY_SCRIPT asks what the paper asks", () => {
  assert.equal(STUDY_WORDS.unlimited.question, "Which looks more realistic?");
  for (const { title, text, question } of Object.values(STUDY_WORDS)) {
    for (const part of [title, text, question]) assert.ok(STUDY_SCRIPT.includes(part), part);
  }
});
