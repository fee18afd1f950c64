import assert from "node:assert/strict";
import { join } from "node:path";
import { lookOver } from "../../../../src/commands/pictures/look_over.ts";
import type { HoleSources } from "../../../../src/commands/pictures/mask_source.ts";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import { encodeImage } from "../../../../src/data/encode_image.ts";
import { InputError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const job = (input: string, mask: PictureJob["mask"]): PictureJob => ({
  ...{ input, stem: "a", mask, output: { kind: "stdout" } },
});
const colour = (tolerance: number | undefined): HoleSources => [
  { kind: "colour", rgb255: [255, 0, 255], tolerance },
];

Deno.test("lookOver() compares the sizes of pictures and masks in a run of several", async () => {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    const write = async (name: string, width: number, height: number) => {
      const image = { width, height, rgba: new Uint8ClampedArray(width * height * 4) };
      await Deno.writeFile(at(name), await encodeImage(image, { format: "png", keepAlpha: false }));
    };
    await write("a.png", 4, 3);
    await write("wide.png", 5, 3);
    await write("turned.png", 3, 4);
    await Deno.writeTextFile(at("text.png"), "no picture");
    const of = (image: string, mask: string) => job(at(image), [{ kind: "file", path: at(mask) }]);
    const jobs = [
      of("a.png", "a.png"),
      of("a.png", "wide.png"),
      of("wide.png", "turned.png"),
      of("a.png", "text.png"),
      of("gone.png", "a.png"),
      job(at("a.png"), new InputError("no mask")),
      job(at("a.png"), []),
    ];
    assert.deepEqual(await lookOver(jobs), {
      warnings: [
        `2 of 3 images differ in size from their masks: "${at("a.png")}", "${at("wide.png")}"`,
      ],
      notes: [],
    });
    // One picture is told of in its turn; thousands would take too long.
    const none = { warnings: [], notes: [] };
    assert.deepEqual(await lookOver([jobs[1]!]), none);
    assert.deepEqual(await lookOver(new Array(201).fill(jobs[1]!)), none);
  });
});

Deno.test("lookOver() says so where a colour is taken with more than was asked for", async () => {
  const note =
    "--mask-color: JPEG, WebP and AVIF smear colours, taken within 48 levels and 4 px wider";
  const noted = async (...jobs: PictureJob[]) => (await lookOver(jobs)).notes;
  assert.deepEqual(await noted(job("a.JPG", colour(undefined))), [note]);
  assert.deepEqual(await noted(job("a.png", colour(undefined)), job("b.webp", colour(undefined))), [
    note,
  ]);
  assert.deepEqual(await noted(job("a.png", colour(undefined)), job("a.jpg", colour(0))), []);
  assert.deepEqual(await noted(job("a.jpg", [{ kind: "alpha" }])), []);
});
