import assert from "node:assert/strict";
import { openMaskFolder, type OpenMaskFolderOptions } from "../../../src/data/mask_folder.ts";
import { type IsHole, maskPicture, photo, writePicture } from "../../cli/pictures.ts";
import { withTempDir } from "../../support/temp_dir.ts";

const OPTIONS: OpenMaskFolderOptions = {
  polarity: "auto",
  dilate: [9, 49],
  ratio: [0.01, 0.6],
  size: 32,
};

const small: IsHole = (x, y) => x > 20 && x < 40 && y > 20 && y < 40;
const large: IsHole = (x, y) => !small(x, y);

/** Writes masks `0.png`, `1.png` and so on, white where the formula says so. */
async function withMasks(
  masks: readonly IsHole[],
  body: (folder: string) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    for (const [i, isWhite] of masks.entries()) {
      await writePicture(`${folder}/${i}.png`, maskPicture(64, 64, isWhite));
    }
    await body(folder);
  });
}

Deno.test("openMaskFolder() finds out which colour is the hole", async () => {
  await withMasks([small, small, small], async (folder) => {
    const { masks, summary, warnings } = await openMaskFolder(folder, OPTIONS);
    assert.deepEqual(masks, {
      folder,
      files: [0, 1, 2].map((i) => `${folder}/${i}.png`),
      polarity: "white",
      dilate: [9, 49],
    });
    assert.equal(
      summary,
      `3 masks in "${folder}", white is the hole (guessed: 3 of 3 masks say so, 0 say black)`,
    );
    assert.deepEqual(warnings, []);
  });
  await withMasks([large, large], async (folder) => {
    const { masks } = await openMaskFolder(folder, OPTIONS);
    assert.equal(masks.polarity, "black");
    // What is said wins over the guess, with a warning: 91 % of each mask would be hole.
    const told = await openMaskFolder(folder, {
      ...OPTIONS,
      polarity: "white",
      ratio: [0.01, 0.99],
    });
    assert.equal(told.masks.polarity, "white");
    assert.match(told.summary, /white is the hole \(as told\)$/);
    assert.equal(told.warnings.length, 1);
    assert.match(
      told.warnings[0]!,
      /^2 of 2 masks looked at seem to have holes in the other colour than white: ".*0\.png", /,
    );
  });
});

Deno.test("openMaskFolder() names the few files that contradict the rest", async () => {
  await withMasks([...Array(11).fill(small), large], async (folder) => {
    const { masks, warnings } = await openMaskFolder(folder, OPTIONS);
    assert.equal(masks.polarity, "white");
    assert.equal(warnings.length, 1);
    const start = "1 of 12 masks looked at seems to have holes in the other colour than white: ";
    assert.ok(warnings[0]!.startsWith(`${start}"${folder}/11.png" (`), warnings[0]);
  });
});

Deno.test("openMaskFolder() does not guess where masks disagree or say nothing", async () => {
  const stripes: IsHole = (x) => x % 2 === 0;
  for (const masks of [[small, large], [stripes, stripes]]) {
    await withMasks(masks, async (folder) => {
      await assert.rejects(openMaskFolder(folder, OPTIONS), (error: Error) => {
        assert.equal(error.name, "InputError");
        const start = `Cannot tell which colour is the hole in mask folder "${folder}": `;
        assert.ok(error.message.startsWith(start), error.message);
        assert.match((error as { hint?: string }).hint!, /--mask-polarity white or .*black$/);
        return true;
      });
    });
  }
});

Deno.test("openMaskFolder() passes over files that cannot be read, unless all are so", async () => {
  await withMasks([small, small], async (folder) => {
    await Deno.writeTextFile(`${folder}/2.png`, "no picture");
    const { summary } = await openMaskFolder(folder, OPTIONS);
    assert.match(summary, /^3 masks .* 2 of 2 masks say so/);
    for (const i of [0, 1]) await Deno.writeTextFile(`${folder}/${i}.png`, "no picture");
    await assert.rejects(openMaskFolder(folder, OPTIONS), {
      name: "InputError",
      message: /^Cannot use mask folder ".*": none of 3 files looked at can be read, the last one /,
    });
  });
});

Deno.test("openMaskFolder() tells of a folder without masks and of a file", async () => {
  await withTempDir(async (folder) => {
    await assert.rejects(openMaskFolder(folder, OPTIONS), {
      message: /^Cannot use mask folder ".*": it holds no image/,
    });
    await writePicture(`${folder}/m.png`, maskPicture(64, 64, small));
    await assert.rejects(openMaskFolder(`${folder}/m.png`, OPTIONS), {
      message: `Cannot use mask folder "${folder}/m.png": it is a file, must be a folder`,
    });
  });
});

Deno.test("openMaskFolder() refuses photographs", async () => {
  await withMasks([small], async (folder) => {
    for (const i of [1, 2]) await writePicture(`${folder}/${i}.png`, photo(64, 64));
    await assert.rejects(openMaskFolder(folder, OPTIONS), {
      name: "InputError",
      message:
        `Cannot use mask folder "${folder}": 2 of 3 files looked at are mostly grey, masks must be ` +
        `black and white; for example "${folder}/1.png"`,
    });
  });
});

Deno.test("openMaskFolder() refuses masks that never meet the ratio bounds", async () => {
  await withMasks([small], async (folder) => {
    await assert.rejects(
      openMaskFolder(folder, { ...OPTIONS, ratio: [0.5, 0.6] }),
      (error: Error) => {
        assert.equal(error.name, "InputError");
        assert.match(
          error.message,
          /^Cannot make crops of 50\.0 % to 60\.0 % hole from 1 mask looked at in ".*": 64 crops gave \d+\.\d % to \d+\.\d %, where white is the hole$/,
        );
        assert.match((error as { hint?: string }).hint!, /--mask-ratio/);
        return true;
      },
    );
  });
});

Deno.test("openMaskFolder() warns of masks that seldom meet the bounds and of small ones", async () => {
  const few = [...Array(19).fill(() => false), small];
  await withMasks(few, async (folder) => {
    const { warnings } = await openMaskFolder(folder, {
      ...OPTIONS,
      polarity: "white",
      size: 128,
    });
    assert.equal(warnings.length, 2);
    assert.equal(
      warnings[0],
      `20 of 20 masks looked at in "${folder}" are smaller than the crops of 128x128 and will be ` +
        "enlarged",
    );
    assert.match(warnings[1]!, /^only 4 of 80 crops of the 20 masks looked at in /);
  });
});
