import assert from "node:assert/strict";
import { isInShard, readShard } from "../../../../src/commands/pictures/shard.ts";
import { UsageError } from "../../../../src/errors.ts";

const nothing = () => undefined;

Deno.test("readShard reads I/N", () => {
  assert.deepEqual(readShard("3/8", nothing), { index: 3, count: 8, source: "--shard 3/8" });
  assert.deepEqual(readShard("1/1", nothing), { index: 1, count: 1, source: "--shard 1/1" });
});

Deno.test("readShard refuses what is no part", () => {
  for (
    const text of [
      "0/8",
      "9/8",
      "3",
      "3/",
      "/8",
      "-1/8",
      "1.5/8",
      "a/b",
      "1/0",
      "1/100001",
      "Auto",
      "",
    ]
  ) {
    assert.throws(
      () => readShard(text, nothing),
      (error: Error) => error instanceof UsageError && error.message.includes(JSON.stringify(text)),
      text,
    );
  }
});

Deno.test("readShard asks the scheduler for auto", () => {
  const env = (name: string) =>
    ({ AWS_BATCH_JOB_ARRAY_INDEX: "2", AWS_BATCH_JOB_ARRAY_SIZE: "5" })[name];
  const { index, count, source } = readShard("auto", env);
  assert.deepEqual([index, count], [3, 5]);
  assert.match(source, /AWS Batch/);
});

Deno.test("isInShard gives each path to one part, the same on every system", () => {
  const paths = Array.from({ length: 2000 }, (_, i) => `year/${i % 7}/IMG_${i}.jpg`);
  for (const count of [1, 2, 3, 8, 16]) {
    for (const path of paths) {
      const owners = Array.from({ length: count }, (_, i) => i + 1)
        .filter((index) => isInShard(path, { index, count }));
      assert.equal(owners.length, 1, path);
      const [index] = owners;
      assert.ok(isInShard(path.replaceAll("/", "\\"), { index: index!, count }), path);
    }
  }
  // Composed and decomposed "ö" are one name to macOS.
  const owner = (path: string) =>
    [1, 2, 3, 4, 5].find((index) => isInShard(path, { index, count: 5 }));
  for (const name of ["sch\u00f6n.png", "\u00e9t\u00e9.png", "\u00c4.png"]) {
    assert.equal(owner(name), owner(name.normalize("NFD")));
  }
});

Deno.test("isInShard deals evenly where names differ by a number alone", () => {
  // Of n paths a part has a binomial number: its standard deviation is sqrt(n p (1 - p)); 4.5 of them are allowed.
  const schemes = [
    (i: number) => `IMG_${String(i).padStart(4, "0")}.jpg`,
    (i: number) => `${i}.png`,
    (i: number) => `frames/${String(2 * i).padStart(6, "0")}.webp`,
    (i: number) => `${String.fromCharCode(97 + i % 26)}/${Math.floor(i / 26)}.png`,
  ];
  for (const scheme of schemes) {
    const paths = Array.from({ length: 4000 }, (_, i) => scheme(i));
    for (const count of [2, 4, 7, 16]) {
      const allowed = 4.5 * Math.sqrt(4000 * (1 / count) * (1 - 1 / count));
      for (let index = 1; index <= count; index++) {
        const size = paths.filter((path) => isInShard(path, { index, count })).length;
        assert.ok(
          Math.abs(size - 4000 / count) < allowed,
          `${scheme(1)}: ${index}/${count}: ${size}`,
        );
      }
    }
  }
});

Deno.test("isInShard stays as it is, so that a run goes on with the parts it began with", () => {
  // By Python: FNV-1a of the UTF-8 bytes (0xe40c292c for "a", as in the authors' vectors), then fmix32, h * 1000 >> 32.
  assert.deepEqual(ownersOf(["a", "b/c.png", "\u00f6.jpg"], 1000), [104, 391, 840]);
});

function ownersOf(paths: readonly string[], count: number): number[] {
  return paths.map((path) => {
    for (let index = 1; index <= count; index++) {
      if (isInShard(path, { index, count })) return index;
    }
    return 0;
  });
}
