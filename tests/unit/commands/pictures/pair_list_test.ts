import assert from "node:assert/strict";
import { join } from "node:path";
import { parsePairList, readPairList } from "../../../../src/commands/pictures/pair_list.ts";
import { InputError } from "../../../../src/errors.ts";
import { createRandom } from "../../../../src/random.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const pair = (line: number, image: string, mask?: string, output?: string) => ({
  ...{ line, image, mask, output },
});

Deno.test("parsePairList() takes one to three columns, comments, a header and all line ends", () => {
  const text =
    "\ufeff# made by hand\r\n\r\nImage\tMASK\tOutput\r\na.png\tm.png\nb.png\tm.png\tx/c.jpg\n" +
    "c.png\r# d.png\rd e.png\t\tout\ne.png\t";
  assert.deepEqual(parsePairList(text, "l"), [
    pair(4, "a.png", "m.png"),
    pair(5, "b.png", "m.png", "x/c.jpg"),
    pair(6, "c.png"),
    pair(8, "d e.png", undefined, "out"),
    pair(9, "e.png"),
  ]);
  // Further down "image" is a name.
  assert.deepEqual(parsePairList("a\nimage", "l"), [pair(1, "a"), pair(2, "image")]);
});

Deno.test("parsePairList() says what is wrong with each line", () => {
  const lines = [
    "ok.png\tm.png",
    "\tm.png",
    "a\tb\tc\td",
    "a\0.png",
    "a\tb\t/etc/passwd",
    "a\tb\t../x.png",
    "a\tb\tx/../../y.png",
    "a\tb\tx/",
    "a\tb\t.",
    "a\tb\tx/../y.png",
  ];
  const outside = (line: number, output: string) =>
    `Cannot use line ${line} of "l.tsv": its output is "${output}", ` +
    "must be a file below the folder of --output";
  assert.throws(() => parsePairList(lines.join("\n"), "l.tsv"), {
    name: "InputError",
    message: [
      'Cannot use line 2 of "l.tsv": it names no image',
      'Cannot use line 3 of "l.tsv": it has 4 columns, must be image, mask and output, parted by tabs',
      'Cannot use line 4 of "l.tsv": it has a zero byte, must be text',
      outside(5, "/etc/passwd"),
      outside(6, "../x.png"),
      outside(7, "x/../../y.png"),
      outside(8, "x/"),
      outside(9, "."),
    ].join("\n"),
  });
});

Deno.test("parsePairList() tells twenty faults and counts the others; an empty list is one", () => {
  assert.throws(() => parsePairList("\tm\n".repeat(50), "l"), (error) => {
    const lines = (error as Error).message.split("\n");
    assert.equal(lines.length, 21);
    assert.equal(lines[19], 'Cannot use line 20 of "l": it names no image');
    assert.equal(lines[20], 'Cannot use 30 more lines of "l"');
    return true;
  });
  for (const text of ["", "\n\n", "# a.png", "image\tmask"]) {
    assert.throws(() => parsePairList(text, "l"), {
      message: 'Cannot find any image in list "l"',
    });
  }
});

Deno.test("readPairList() reads a file, and refuses what is none or no text", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "l.tsv");
    await Deno.writeTextFile(path, "ä.png\tm");
    assert.deepEqual(await readPairList(path), [pair(1, "ä.png", "m")]);
    await Deno.writeFile(path, Uint8Array.of(0xff, 0xfe, 0x61, 0));
    await assert.rejects(readPairList(path), {
      name: "InputError",
      message: `Cannot read list "${path}": it is no text in UTF-8`,
    });
    await Deno.truncate(path, 64 * 1024 * 1024 + 1);
    await assert.rejects(readPairList(path), {
      message: `Cannot read list "${path}": it has 67108865 bytes, must be at most 67108864`,
    });
    await assert.rejects(readPairList(join(folder, "no")), {
      name: "InputError",
      message: `Cannot read list "${join(folder, "no")}": it does not exist`,
    });
  });
});

Deno.test("parsePairList() gives pairs or an InputError of few lines, whatever the text is", () => {
  const random = createRandom(8);
  const pieces = ["\t", "\n", "\r", "..", "/", "\\", "\0", "a", "#", "image", "\ufeff", " ", "C:"];
  let [parsed, refused] = [0, 0];
  for (let round = 0; round < 5000; round++) {
    const length = random.integer(0, 40);
    const text = Array.from({ length }, () => pieces[random.integer(0, pieces.length - 1)]!).join(
      "",
    );
    try {
      for (const { output } of parsePairList(text, "l")) {
        assert.ok(output === undefined || !join("out", output).startsWith(".."), output);
      }
      parsed++;
    } catch (error) {
      assert.ok(error instanceof InputError, String(error));
      assert.ok(error.message.split("\n").length <= 21);
      refused++;
    }
  }
  assert.ok(parsed > 100 && refused > 100, `${parsed} parsed, ${refused} refused`);
});
