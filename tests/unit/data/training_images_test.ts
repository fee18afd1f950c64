import assert from "node:assert/strict";
import { checkTrainingImages } from "../../../src/data/training_images.ts";
import { photo, writePicture } from "../../cli/pictures.ts";
import { withTempDir } from "../../support/temp_dir.ts";

async function withPhotos(
  sizes: readonly (readonly [width: number, height: number])[],
  body: (folder: string, images: string[]) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    const images = sizes.map((_, i) => `${folder}/${i}.${i % 2 === 0 ? "png" : "jpg"}`);
    for (const [i, [width, height]] of sizes.entries()) {
      await writePicture(images[i]!, photo(width, height));
    }
    await body(folder, images);
  });
}

Deno.test("checkTrainingImages() counts the images that are smaller than the crops", async () => {
  await withPhotos([[64, 40], [31, 90], [32, 32], [200, 12]], async (folder, images) => {
    assert.deepEqual(await checkTrainingImages({ folder, images, batch: 4, size: 32 }), [
      `2 of 4 images in "${folder}" are smaller than the crops of 32x32 and will be enlarged`,
    ]);
    assert.deepEqual(await checkTrainingImages({ folder, images, batch: 4, size: 12 }), []);
    const one = images.slice(0, 2);
    assert.deepEqual(await checkTrainingImages({ folder, images: one, batch: 1, size: 32 }), [
      `1 of 2 images in "${folder}" is smaller than the crops of 32x32 and will be enlarged`,
    ]);
  });
});

Deno.test("checkTrainingImages() looks at 200 images at most", async () => {
  await withPhotos([[8, 8]], async (folder, [image]) => {
    const images = Array<string>(1000).fill(image!);
    assert.deepEqual(await checkTrainingImages({ folder, images, batch: 4, size: 32 }), [
      `200 of 200 images looked at in "${folder}" are smaller than the crops of 32x32 and will ` +
      "be enlarged",
    ]);
  });
});

Deno.test("checkTrainingImages() wants as many images as a batch takes", async () => {
  await withPhotos([[40, 40], [40, 40]], async (folder, images) => {
    await checkTrainingImages({ folder, images, batch: 2, size: 32 });
    await assert.rejects(checkTrainingImages({ folder, images, batch: 3, size: 32 }), {
      name: "InputError",
      message: `Cannot fill a batch of 3 from "${folder}": it gives 2 images to train on, ` +
        "must be at least 3",
      hint: "Add images, or take fewer at a time with --batch 2",
    });
    await assert.rejects(
      checkTrainingImages({ folder, images: images.slice(0, 1), batch: 3, size: 32 }),
      { message: /it gives 1 image to train on/ },
    );
  });
});

Deno.test("checkTrainingImages() refuses files that only look like images", async () => {
  await withTempDir(async (folder) => {
    const images = [`${folder}/a.png`, `${folder}/b.jpg`, `${folder}/gone.png`];
    await Deno.writeTextFile(images[0]!, "no picture");
    await Deno.writeTextFile(images[1]!, "");
    await assert.rejects(checkTrainingImages({ folder, images, batch: 1, size: 32 }), {
      name: "InputError",
      message:
        /^Cannot train on ".*": none of 3 files looked at is a readable image, the last one /,
    });
    // One good image is enough: the others are left out while training, and listed.
    await writePicture(`${folder}/good.png`, photo(40, 40));
    images.push(`${folder}/good.png`);
    assert.deepEqual(await checkTrainingImages({ folder, images, batch: 1, size: 32 }), []);
  });
});
