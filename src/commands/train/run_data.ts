/**
 * What a run trains on and what it is measured on.
 * @module
 */
import { join, relative, resolve } from "node:path";
import type { DataFingerprint } from "../../checkpoint/checkpoint.ts";
import { listFingerprint } from "../../checkpoint/list_fingerprint.ts";
import type { CommandIo } from "../../cli/io.ts";
import { listDataset } from "../../data/folder_dataset.ts";
import { holdOut } from "../../data/hold_out.ts";
import { openMaskFolder } from "../../data/mask_folder.ts";
import { openSamples, type SampleStream } from "../../data/sample_stream.ts";
import { checkTrainingImages } from "../../data/training_images.ts";
import { InputError } from "../../errors.ts";
import type { ValidationPair } from "../../training/validate.ts";
import type { RunSettings } from "./run_settings.ts";
import { makeValidationPairs } from "./validation_pairs.ts";

/** Files of a run, and a line that says so. */
export interface DataPlan {
  /** Paths of the images to train on; none of them is in `validation`. */
  readonly training: readonly string[];
  /** Paths of the images to measure on. */
  readonly validation: readonly string[];
  /** Where `validation` comes from, for a person. */
  readonly note: string;
}

/** Data of a run, ready to use. */
export interface RunData {
  readonly samples: SampleStream;
  /** None if the run is not validated. */
  readonly pairs: readonly ValidationPair[];
  /** Number of images to train on. */
  readonly count: number;
  /** The files that are trained on. */
  readonly fingerprint: DataFingerprint;
}

/**
 * Lists the images of a run and sets those apart that it is measured on. Depends on files and seed alone, so a
 * resumed run has the same split.
 *
 * @throws {InputError} If a folder cannot be read or holds no image, or if nothing is left to train on.
 */
export async function planData(
  { images, validation, seed }: Pick<RunSettings, "images" | "validation" | "seed">,
): Promise<DataPlan> {
  const all = await listDataset(images);
  if (validation === "none") return { training: all, validation: [], note: "none" };
  if (validation === "auto") {
    const split = holdOut(all, { seed, folder: images });
    const count = split.validation.length;
    const note = count === 0
      ? `none: ${all.length} images are too few to hold some out (20 needed); ` +
        "name others with --validation"
      : `${count} of the images, held out`;
    return { ...split, note };
  }
  const held = await listDataset(validation, { kind: "validation folder" });
  // The folder may lie within that of the images.
  const real = new Set(await realPaths(validation, held));
  const training = (await realPaths(images, all)).flatMap((path, i) =>
    real.has(path) ? [] : [all[i]!]
  );
  if (training.length === 0) {
    throw new InputError(
      `Cannot train on "${images}": validation folder "${validation}" holds all of its images`,
    );
  }
  return { training, validation: held, note: `${held.length} images of "${validation}"` };
}

/** Paths without links in the part that names the folder. */
async function realPaths(folder: string, paths: readonly string[]): Promise<string[]> {
  const root = await Deno.realPath(folder);
  return paths.map((path) => join(root, relative(resolve(folder), resolve(path))));
}

/**
 * Opens the data of a run and says what it is.
 *
 * @param onLeftOut Told once of every file that cannot be used.
 * @throws {InputError} If folders, images or masks are not fit to train with.
 * @throws {DOMException} The reason of `io.signal`, if it fires.
 */
export async function openData(
  settings: RunSettings,
  { io, onLeftOut }: {
    readonly io: CommandIo;
    readonly onLeftOut: (path: string, message: string) => void;
  },
): Promise<RunData> {
  const { size, batch, seed, maskRatio, validationCount, latticeShare: share, scales } = settings;
  const lattices = share === 0 ? {} : { lattices: { share, scales } };
  const { training, validation, note } = await planData(settings);
  const remarks = await checkTrainingImages({
    folder: settings.images,
    images: training,
    batch,
    size,
  });
  const masks = settings.masks === undefined ? undefined : await openMaskFolder(settings.masks, {
    polarity: settings.maskPolarity,
    dilate: settings.maskDilate,
    ratio: maskRatio,
    size,
  });
  io.log(`validation: ${note}`);
  if (masks !== undefined) io.log(`masks: ${masks.summary}`);
  for (const line of [...remarks, ...masks?.warnings ?? []]) io.warn(line);
  const pairs = validation.length === 0 ? [] : await makeValidationPairs({
    images: validation,
    size,
    count: validationCount,
    seed,
    ...lattices,
    onBadImage: onLeftOut,
    onProgress: (done, total) =>
      io.progress.update({ done, total, unit: "images", text: "preparing validation" }),
    signal: io.signal,
  });
  io.progress.finish();
  const samples = openSamples({
    images: training,
    size,
    batchSize: batch,
    seed,
    maskRatio,
    workers: settings.workers,
    ...(masks === undefined ? {} : { masks: masks.masks }),
    ...lattices,
    onBadImage: onLeftOut,
    onMissedRatio: (share) =>
      io.warn(
        `no mask of "${settings.masks}" met --mask-ratio ${maskRatio.join(",")} in 32 tries; ` +
          `the nearest is used, of ${(100 * share).toFixed(1)} % hole (said once)`,
      ),
  });
  const fingerprint = {
    images: listFingerprint(settings.images, training),
    ...(masks === undefined ? {} : { masks: listFingerprint(settings.masks!, masks.masks.files) }),
  };
  return { samples, pairs, count: training.length, fingerprint };
}
