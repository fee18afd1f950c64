import assert from "node:assert/strict";
import { join } from "node:path";
import { openData, planData } from "../../../../src/commands/train/run_data.ts";
import { InputError } from "../../../../src/errors.ts";
import { withTempDir } from "../../../support/temp_dir.ts";
import { fakeCommandIo } from "../fake_command_io.ts";
import { TINY_RUN, writePhotos } from "./run_setting.ts";

/** Files that are images by name alone; a plan does not read them. */
async function touch(folder: string, names: readonly string[]): Promise<string[]> {
  await Deno.mkdir(folder, { recursive: true });
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) await Deno.writeTextFile(path, "");
  return paths;
}

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `${100 + i}.png`);

Deno.test("planData() holds images out, which depends on the seed and not on the folder's place", () =>
  withTempDir(async (folder) => {
    const all = await touch(join(folder, "a"), numbered(45));
    await touch(join(folder, "b", "c"), numbered(45));
    const plan = (name: string, seed: number) =>
      planData({ images: join(folder, name), validation: "auto", seed });
    const { training, validation, note } = await plan("a", 1);
    assert.equal(validation.length, 6);
    assert.equal(note, "6 of the images, held out");
    assert.deepEqual([...training, ...validation].sort(), all);
    assert.deepEqual(await plan("a", 1), { training, validation, note });
    const moved = await plan("b/c", 1);
    assert.deepEqual(
      moved.validation,
      validation.map((path) => path.replace(`${folder}/a/`, `${folder}/b/c/`)),
    );
    assert.notDeepEqual((await plan("a", 2)).validation, validation);
  }));

Deno.test("planData() says if there are too few images to hold some out, or none shall be", () =>
  withTempDir(async (folder) => {
    const all = await touch(folder, numbered(19));
    const auto = await planData({ images: folder, validation: "auto", seed: 1 });
    assert.deepEqual(auto, {
      training: all,
      validation: [],
      note: "none: 19 images are too few to hold some out (20 needed); " +
        "name others with --validation",
    });
    const none = await planData({ images: folder, validation: "none", seed: 1 });
    assert.deepEqual(none, { training: all, validation: [], note: "none" });
  }));

Deno.test("planData() never trains on the images of a validation folder, wherever that is", () =>
  withTempDir(async (folder) => {
    const mine = await touch(join(folder, "images"), numbered(3));
    const held = await touch(join(folder, "images", "val"), ["x.png", "y.png"]);
    const images = join(folder, "images");
    const inside = { training: mine, validation: held, note: `2 images of "${images}/val"` };
    assert.deepEqual(
      await planData({ images, validation: join(images, "val"), seed: 1 }),
      inside,
    );
    // The same folder by another name.
    await Deno.symlink(join(images, "val"), join(folder, "link"));
    const linked = await planData({ images, validation: join(folder, "link"), seed: 1 });
    assert.deepEqual(linked.training, mine);
    assert.equal(linked.validation.length, 2);
    await assert.rejects(
      planData({ images, validation: images, seed: 1 }),
      new InputError(
        `Cannot train on "${images}": validation folder "${images}" holds all of its images`,
      ),
    );
    await assert.rejects(
      planData({ images, validation: join(folder, "gone"), seed: 1 }),
      new InputError(`Cannot list images in "${join(folder, "gone")}": it does not exist`),
    );
  }));

Deno.test("openData() gives batches of the images that are not held out, and pairs of those that are", () =>
  withTempDir(async (folder) => {
    const images = join(folder, "images");
    await writePhotos(images, 20);
    await Deno.writeTextFile(join(images, "099.png"), "no picture");
    const io = fakeCommandIo();
    const left: string[] = [];
    const { samples, pairs, count, fingerprint } = await openData({
      ...TINY_RUN,
      images,
      validation: "auto",
    }, {
      io,
      onLeftOut: (path) => left.push(path),
    });
    assert.equal(count, 17);
    assert.equal(pairs.length, TINY_RUN.validationCount);
    assert.equal(new Set(pairs.map(({ name }) => name)).size, 3);
    assert.equal(fingerprint.images.count, count);
    assert.ok(!("masks" in fingerprint));
    assert.deepEqual(io.said, ["validation: 4 of the images, held out"]);
    const batch = await samples.batch(0);
    assert.equal(batch.holeMask.length, 2 * 32 * 32);
    await samples.close();
  }));

Deno.test("openData() refuses fewer images than a batch takes", () =>
  withTempDir(async (folder) => {
    await writePhotos(folder, 3);
    const settings = { ...TINY_RUN, images: folder, batch: 4 };
    await assert.rejects(
      openData(settings, { io: fakeCommandIo(), onLeftOut: () => {} }),
      { name: "InputError", message: /^Cannot fill a batch of 4 from ".*": it gives 3 images/ },
    );
  }));
