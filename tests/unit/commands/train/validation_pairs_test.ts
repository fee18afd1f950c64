import assert from "node:assert/strict";
import { join } from "node:path";
import { makeValidationPairs } from "../../../../src/commands/train/validation_pairs.ts";
import { latticeHoleMask, superresLattice } from "../../../../src/data/pixel_lattice.ts";
import { resample, roundToBytes } from "../../../../src/data/resample.ts";
import { InputError } from "../../../../src/errors.ts";
import { HOLE_BINS, holeBin } from "../../../../src/metrics/hole_bin.ts";
import { draw, photo, writePicture } from "../../../cli/pictures.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const SIZE = 32;
const SEED = 3;
const never = (path: string) => assert.fail(`left out ${path}`);

/** Writes photographs of the sizes given and returns their paths. */
async function writePhotos(folder: string, sizes: readonly (readonly [number, number])[]) {
  const paths = sizes.map((_, i) => join(folder, `${i}.png`));
  for (const [i, [width, height]] of sizes.entries()) {
    await writePicture(paths[i]!, photo(width, height));
  }
  return paths;
}

function binsOf(pairs: readonly { holeMask: Uint8Array }[]) {
  return pairs.map(({ holeMask }) => holeBin(holeMask, { width: SIZE, height: SIZE }).bin);
}

Deno.test("makeValidationPairs() takes every image once and goes through the bins", () =>
  withTempDir(async (folder) => {
    const images = await writePhotos(folder, Array.from({ length: 8 }, () => [40, 36] as const));
    const done: string[] = [];
    const pairs = await makeValidationPairs({
      ...{ images, size: SIZE, count: 100, seed: SEED },
      onBadImage: never,
      onProgress: (count, total) => done.push(`${count}/${total}`),
    });
    assert.deepEqual(pairs.map(({ name }) => name).sort(), images);
    assert.deepEqual(binsOf(pairs), [0, 1, 2, 3, 4, 5, 0, 1]);
    for (const { rgb255 } of pairs) assert.equal(rgb255.length, SIZE * SIZE * 3);
    assert.equal(done.length, 8);
    assert.equal(done.at(-1), "8/8");
  }));

Deno.test("makeValidationPairs() is fixed by the seed", () =>
  withTempDir(async (folder) => {
    const images = await writePhotos(folder, Array.from({ length: 8 }, () => [40, 36] as const));
    const make = (seed: number) =>
      makeValidationPairs({ images, size: SIZE, count: 7, seed, onBadImage: never });
    const first = await make(SEED);
    assert.equal(first.length, 7);
    assert.deepEqual(await make(SEED), first);
    const other = await make(SEED + 1);
    assert.notDeepEqual(other.map(({ name }) => name), first.map(({ name }) => name));
    assert.notDeepEqual(other[0]!.holeMask, first[0]!.holeMask);
  }));

Deno.test("makeValidationPairs() shows few images several times, so that every bin has a pair", () =>
  withTempDir(async (folder) => {
    const images = await writePhotos(folder, [[40, 36], [50, 50]]);
    const make = (count: number) =>
      makeValidationPairs({ images, size: SIZE, count, seed: SEED, onBadImage: never });
    const pairs = await make(100);
    assert.equal(pairs.length, HOLE_BINS.length);
    assert.deepEqual(binsOf(pairs), [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(new Set(pairs.map(({ name }) => name)), new Set(images));
    assert.equal((await make(3)).length, 3);
  }));

Deno.test("makeValidationPairs() cuts large photographs as training shrinks them", () =>
  withTempDir(async (folder) => {
    // Training keeps 128 of the 512 pixels for crops of 32: of 128 the square has 64, half of the picture.
    const large = draw(512, 512, (x, y) => {
      const isInside = x >= 128 && x < 384 && y >= 128 && y < 384;
      return isInside ? [200, 100, 50, 255] : [0, 0, 0, 255];
    });
    const path = join(folder, "large.png");
    await writePicture(path, large);
    const [pair] = await makeValidationPairs({
      ...{ images: [path], size: SIZE, count: 1, seed: SEED },
      onBadImage: never,
    });
    const pixels = pair!.rgb255;
    assert.ok(pixels.every((value, i) => value === [200, 100, 50][i % 3]));
  }));

Deno.test("makeValidationPairs() cuts a centred square and resizes it", () =>
  withTempDir(async (folder) => {
    // 128 is four times 32: the square has twice the size, around the centre (100, 64).
    const wide = draw(200, 128, (x, y) => {
      const isInside = x >= 68 && x < 132 && y >= 32 && y < 96;
      return isInside ? [200, 100, 50, 255] : [0, 0, 0, 255];
    });
    const small = draw(16, 20, (_, y) => y >= 2 && y < 18 ? [10, 20, 30, 255] : [0, 0, 0, 255]);
    await writePicture(join(folder, "wide.png"), wide);
    await writePicture(join(folder, "small.png"), small);
    for (const [name, colour] of [["wide", [200, 100, 50]], ["small", [10, 20, 30]]] as const) {
      const [pair] = await makeValidationPairs({
        ...{ images: [join(folder, `${name}.png`)], size: SIZE, count: 1, seed: SEED },
        onBadImage: never,
      });
      const expected = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => colour[i % 3]!);
      assert.deepEqual(pair!.rgb255, expected, name);
    }
  }));

Deno.test("makeValidationPairs() leaves out what it cannot read, and fails if that is all", () =>
  withTempDir(async (folder) => {
    const [good] = await writePhotos(folder, [[40, 40]]);
    const bad = join(folder, "text.png");
    await Deno.writeTextFile(bad, "no picture");
    const left: string[] = [];
    const make = (images: string[]) =>
      makeValidationPairs({
        ...{ images, size: SIZE, count: 2, seed: SEED },
        onBadImage: (path, message) => left.push(`${path}: ${message}`),
      });
    const pairs = await make([bad, good!, join(folder, "gone.png")]);
    assert.deepEqual(pairs.map(({ name }) => name), [good, good]);
    assert.deepEqual(left.sort(), [
      `${join(folder, "gone.png")}: Cannot read image "${
        join(folder, "gone.png")
      }": it does not exist`,
      `${bad}: Cannot read image "${bad}": file looks like text, must be PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP`,
    ]);
    await assert.rejects(
      make([bad, bad]),
      new InputError("Cannot validate: none of the 2 images can be read"),
    );
  }));

Deno.test("makeValidationPairs() makes lattices of a share of the pairs, scale after scale", () =>
  withTempDir(async (folder) => {
    const images = await writePhotos(folder, Array.from({ length: 12 }, () => [40, 36] as const));
    const make = (lattices?: { share: number; scales: readonly [number, number] }) =>
      makeValidationPairs({
        ...{ images, size: SIZE, count: 12, seed: SEED, onBadImage: never },
        ...(lattices === undefined ? {} : { lattices }),
      });
    const plain = await make();
    const pairs = await make({ share: 0.75, scales: [2, 4] });
    assert.deepEqual(pairs, await make({ share: 0.75, scales: [2, 4] }));
    assert.deepEqual(pairs.map(({ rgb255 }) => rgb255), plain.map(({ rgb255 }) => rgb255));
    // One of four has a hole; these go through the bins in turn as if there were no others.
    const holes = pairs.filter(({ lattice }) => lattice === undefined);
    assert.deepEqual(holes.map((pair) => pairs.indexOf(pair)), [0, 4, 8]);
    assert.deepEqual(
      holes.map(({ holeMask }) => holeMask),
      plain.slice(0, 3).map(({ holeMask }) => holeMask),
    );
    let scale = 2;
    for (const { rgb255, holeMask, lattice } of pairs) {
      if (lattice === undefined) continue;
      // Whole cells, so the pair is the enlargement itself; 3 and the like leave a rest and are cut.
      assert.deepEqual(
        holeMask,
        latticeHoleMask(superresLattice(scale), { width: SIZE, height: SIZE }),
      );
      assert.ok(lattice.guessMask.every((isGood) => isGood === 1));
      const side = Math.floor(SIZE / scale);
      const at = { width: side * scale, height: side * scale };
      const inner = Uint8Array.from({ length: at.width ** 2 * 3 }, (_, i) => {
        const [x, y] = [Math.floor(i / 3) % at.width, Math.floor(i / 3 / at.width)];
        return rgb255[(y * SIZE + x) * 3 + i % 3]!;
      });
      const small = roundToBytes(resample({ ...at, data: inner }, { width: side, height: side }));
      // Away from the right and bottom edge, where the next cells come in: the top left quarter.
      for (let y = 0; y < side / 2 - 2; y++) {
        for (let x = 0; x < side / 2 - 2; x++) {
          const half = Math.floor(scale / 2);
          const to = ((y * scale + half) * SIZE + x * scale + half) * 3;
          for (let c = 0; c < 3; c++) {
            assert.equal(lattice.input255[to + c], small[(y * side + x) * 3 + c]);
          }
        }
      }
      scale = scale === 4 ? 2 : scale + 1;
    }
    const all = await make({ share: 1, scales: [2, 8] });
    assert.ok(all.every(({ lattice }) => lattice !== undefined));
  }));

Deno.test("makeValidationPairs() stops at Ctrl-C", () =>
  withTempDir(async (folder) => {
    const images = await writePhotos(folder, [[40, 36], [50, 50]]);
    const signal = AbortSignal.abort();
    await assert.rejects(
      makeValidationPairs({ images, size: SIZE, count: 2, seed: 1, onBadImage: never, signal }),
      { name: "AbortError" },
    );
  }));
