/** Settings of small runs. */
import type { RunSettings } from "../../../../src/commands/train/run_settings.ts";
import { photo, writePicture } from "../../../cli/pictures.ts";

/** A run of the tiny network. */
export const TINY_RUN: RunSettings = {
  recipe: "reconstruction",
  steps: 8,
  images: "images",
  size: 32,
  batch: 2,
  seed: 1,
  replicas: 1,
  maskRatio: [0.01, 0.6],
  maskPolarity: "auto",
  maskDilate: [9, 49],
  latticeShare: 0,
  scales: [2, 8],
  validation: "none",
  validateEvery: 4,
  validationCount: 3,
  previews: 1,
  checkpointEvery: 4,
  reportEvery: 2,
  workers: 1,
};

/** Writes small photographs "000.png", "001.png", ... into a folder. */
export async function writePhotos(folder: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await writePicture(`${folder}/${String(i).padStart(3, "0")}.png`, photo(34 + i, 40));
  }
}
