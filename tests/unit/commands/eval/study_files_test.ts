import assert from "node:assert/strict";
import { studyFiles } from "../../../../src/commands/eval/study_files.ts";
import { parseStudyKey } from "../../../../src/evaluation/study/study_key.ts";
import { planStudy } from "../../../../src/evaluation/study/study_plan.ts";

const plan = (seed = 1) =>
  planStudy({
    methods: ["pconv", "opencv-telea", "patchmatch"],
    pairs: Array.from({ length: 10 }, (_, i) => ({
      pair: 100 + i,
      border: i % 2 === 0 ? "N" as const : "B" as const,
      bin: i % 6,
    })),
    seed,
    unlimited: 12,
    limited: 18,
  });

Deno.test("studyFiles() lists two pictures for every trial, those of a pair together", () => {
  const { pictures } = studyFiles(plan());
  assert.equal(pictures.length, 60);
  assert.equal(new Set(pictures.map(({ path }) => path)).size, 60);
  for (const { path } of pictures) assert.match(path, /^pictures\/[0-9a-f]{16}\.png$/);
  // Each picture is made once: what is the same stands together.
  const runs = pictures.filter(({ pair, method }, i) =>
    pair !== pictures[i - 1]?.pair || method !== pictures[i - 1]?.method
  );
  assert.equal(runs.length, new Set(pictures.map(({ pair, method }) => `${pair} ${method}`)).size);
  assert.deepEqual(pictures.map(({ pair }) => pair), pictures.map(({ pair }) => pair).sort());
});

Deno.test("studyFiles() gives a key that tells every picture of the list", () => {
  const { key, pictures } = studyFiles(plan());
  const told = parseStudyKey(key, "study-key.json").trials.flatMap(({ pair, left, right }) =>
    [left, right].map(({ picture, method }) => `pictures/${picture}.png ${pair} ${method}`)
  );
  const listed = pictures.map(({ path, pair, method }) => `${path} ${pair} ${method}`);
  assert.deepEqual(listed.sort(), told.sort());
});

Deno.test("studyFiles() gives a page that tells no method, no class and no number of a pair", () => {
  const { page, pictures } = studyFiles(plan());
  // The text, the script and the style aside, which are the same in every study.
  const data = /<script type="application\/json" id="study">(.*?)<\/script>/s.exec(page)![1]!;
  for (const word of ["pconv", "telea", "opencv", "patchmatch", "truth"]) {
    assert.equal(page.toLowerCase().includes(word), false, word);
  }
  assert.deepEqual(Object.keys(JSON.parse(data).trials[0]), [
    "id",
    "left",
    "right",
    "durationMs",
    "group",
  ]);
  assert.ok(JSON.parse(data).trials.every(({ group }: { group: number }) => group < 10));
  for (const { path } of pictures) assert.ok(data.includes(path.slice(9, -4)));
});

Deno.test("studyFiles() gives the same bytes for the same plan", () => {
  assert.deepEqual(studyFiles(plan()), studyFiles(plan()));
  assert.notEqual(studyFiles(plan(1)).page, studyFiles(plan(2)).page);
});
