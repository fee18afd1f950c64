import assert from "node:assert/strict";
import {
  readSuperresLists,
  SUPERRES_METHODS,
} from "../../../../../src/commands/eval/superres/superres_lists.ts";
import { parsedEval } from "../parsed_eval.ts";

const read = (line: string) => readSuperresLists(parsedEval(`--task superres ${line}`).options);

Deno.test("readSuperresLists() has all methods and the scales of the literature by default", () => {
  assert.deepEqual(read(""), {
    scales: [2, 3, 4],
    methods: [...SUPERRES_METHODS],
    networks: [],
    peers: [],
    results: [],
  });
});

Deno.test("readSuperresLists() reads lists in the order given, scales rising", () => {
  const lists = read(
    "--scale 4,2 --methods superres,bicubic --network n=f --peer p=q --results r=s --results t=u",
  );
  assert.deepEqual(lists, {
    scales: [2, 4],
    methods: ["superres", "bicubic"],
    networks: [{ name: "n", path: "f" }],
    peers: [{ name: "p", path: "q" }],
    results: [{ name: "r", path: "s" }, { name: "t", path: "u" }],
  });
  assert.deepEqual(read("--methods none --results superres=s").methods, []);
});

Deno.test("readSuperresLists() has a line for each fault", () => {
  const scale = "--scale must be whole numbers from 2 to 8, none twice, for example 2,3,4: got ";
  const cases = [
    ["--scale 1", `${scale}"1"`],
    ["--scale 2,2", `${scale}"2,2"`],
    ["--scale 2.5", `${scale}"2.5"`],
    [
      "--scale 9 --methods bicubi",
      `${scale}"9"\nUnknown method "bicubi" in --methods of ` +
      'super-resolution: did you mean "bicubic"',
    ],
    [
      "--methods telea",
      'Unknown method "telea" in --methods of super-resolution: must be of ' +
      "nearest, bilinear, bicubic, lanczos, superres, superres-blend, or none",
    ],
    ["--peer lanczos=a", 'Cannot call two methods "lanczos": each needs a name of its own'],
    [
      "--methods none --results bicubic=a",
      'Cannot call a method "bicubic": all are compared with the program\'s own',
    ],
    [
      "--methods none",
      "Nothing to score: --methods is none, and there is neither --results, " +
      "--peer nor --network",
    ],
  ] as const;
  for (const [line, message] of cases) {
    assert.throws(() => read(line), { name: "UsageError", message }, line);
  }
});
