/**
 * What a run tells about itself while it goes: log, TensorBoard events, preview sheets and the report.
 * @module
 */
import { basename, join, resolve } from "node:path";
import type { BestSoFar } from "../../checkpoint/checkpoint.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { encodeImage } from "../../data/encode_image.ts";
import { countParameters } from "../../model/list_parameters.ts";
import type { UNetConfig } from "../../model/unet_config.ts";
import { drawPreviewSheet } from "../../report/preview_sheet.ts";
import { chooseEvenly, MOST_PREVIEWS } from "../../report/preview_strip.ts";
import { formatRunReport } from "../../report/run_report.ts";
import type { RunRecord, ValidationLine } from "../../report/run_record.ts";
import {
  encodeTensorboardEvent,
  openTensorboardFile,
  type TensorboardEvent,
  tensorboardFileName,
} from "../../report/tensorboard_events.ts";
import { logScalars, validationScalars } from "../../report/tensorboard_scalars.ts";
import type { TrainingTask } from "../../task/types.ts";
import type { StepReport } from "../../training/loop.ts";
import type { Validation } from "../../training/validate.ts";
import { previewRow } from "./preview_row.ts";
import {
  appendBytes,
  appendLine,
  namesIn,
  readLines,
  RUN_FILES,
  stepFile,
  stepOfFile,
} from "./run_folder.ts";
import type { RunSettings } from "./run_settings.ts";

/** Options of {@linkcode openFeedback}. */
export interface FeedbackOptions {
  readonly folder: string;
  readonly task: TrainingTask;
  readonly config: UNetConfig;
  readonly settings: RunSettings;
  /** Optimiser steps done so far; 0 for a new run. */
  readonly stepsDone: number;
  /** Files that could not be used; may grow. */
  readonly leftOut: RunRecord["leftOut"];
}

/** Where a run tells about itself. All of it throws {@linkcode InputError} if a file cannot be written. */
export interface Feedback {
  /** Adds a line to the log. */
  logged(report: StepReport): Promise<void>;
  /** Adds a line to the validations, and a preview sheet. */
  validated(step: number, validation: Validation, elapsedMs: number): Promise<void>;
  /** Writes the report anew. */
  report(
    state: RunRecord["state"],
    facts: { readonly best: BestSoFar | undefined; readonly note?: string },
  ): Promise<void>;
}

/** Size of the sheet in pixels, and its file. */
interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

const EVENTS = /^events\.out\.tfevents\.(\d+)\.pconv\./;

/** Opens the feedback of a run whose folder was taken back to `stepsDone`. */
export async function openFeedback(options: FeedbackOptions): Promise<Feedback> {
  const { folder, stepsDone } = options;
  // A run that died before its first checkpoint left events of steps that come again.
  if (stepsDone === 0) await removeEvents(folder);
  const events = await eventWriter(folder, stepsDone);
  return {
    async logged(report) {
      await appendLine(join(folder, RUN_FILES.log), report);
      await events({ step: report.step, scalars: logScalars(report) });
    },
    async validated(step, { scores, fills }, elapsedMs) {
      const { count, l1Percent, psnr, ssim, holePsnr, bins } = scores;
      const line: ValidationLine = {
        ...{ step, count, l1Percent, psnr, ssim, holePsnr, bins },
        elapsedMs: Math.round(elapsedMs),
      };
      const images = [];
      if (fills.length > 0) {
        const sheet = await drawSheet(fills);
        await writeFileAtomic(join(folder, RUN_FILES.previews, stepFile(step, "png")), sheet.png);
        images.push({ tag: "preview", ...sheet });
      }
      await appendLine(join(folder, RUN_FILES.validation), line);
      await events({ step, scalars: validationScalars(line), images });
    },
    async report(state, { best, note }) {
      const record = await readRecord(options, state);
      const html = formatRunReport({
        ...record,
        ...(best === undefined ? {} : { best }),
        ...(note === undefined ? {} : { note }),
      });
      await writeFileAtomic(join(folder, RUN_FILES.report), new TextEncoder().encode(html));
    },
  };
}

async function drawSheet(fills: Validation["fills"]): Promise<Sheet> {
  const { width, height, rgba } = drawPreviewSheet(fills.map(previewRow));
  const png = await encodeImage({ width, height, rgba }, { format: "png", keepAlpha: false });
  return { width, height, png };
}

/** Makes the function that appends to this process's event file, which begins with the first event. */
async function eventWriter(folder: string, stepsDone: number) {
  const taken = new Set(await namesIn(folder));
  let name: string | undefined;
  return async (event: Omit<TensorboardEvent, "wallSeconds">) => {
    const wallSeconds = Date.now() / 1000;
    if (name === undefined) {
      let file = { wallSeconds, stepsDone };
      while (taken.has(tensorboardFileName(file))) {
        file = { ...file, wallSeconds: file.wallSeconds + 1 };
      }
      name = tensorboardFileName(file);
      await appendBytes(join(folder, name), openTensorboardFile(file));
    }
    await appendBytes(join(folder, name), encodeTensorboardEvent({ wallSeconds, ...event }));
  };
}

async function removeEvents(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (EVENTS.test(name)) await Deno.remove(join(folder, name));
  }
}

/** Reads what the run has written so far. */
async function readRecord(
  { folder, task, config, settings, leftOut }: FeedbackOptions,
  state: RunRecord["state"],
): Promise<RunRecord> {
  const firstEvents = (await namesIn(folder)).map((name) => EVENTS.exec(name)?.[1])
    .find((seconds) => seconds !== undefined);
  return {
    name: basename(resolve(folder)),
    folder,
    settings: { ...settings },
    network: describeNetwork(config),
    parameters: countParameters(config),
    task: task.name,
    steps: task.steps,
    log: await readLines(join(folder, RUN_FILES.log)),
    validations: await readLines(join(folder, RUN_FILES.validation)),
    ...await readPreviews(join(folder, RUN_FILES.previews)),
    leftOut,
    ...(firstEvents === undefined
      ? {}
      : { startedAt: new Date(1000 * Number(firstEvents)).toISOString() }),
    updatedAt: new Date().toISOString(),
    state,
  };
}

/** As many sheets as a report shows, and how many there are: a long run has more than fit into memory. */
async function readPreviews(
  folder: string,
): Promise<Pick<RunRecord, "previews" | "previewCount">> {
  const names = (await namesIn(folder)).filter((name) => stepOfFile(name) !== undefined);
  const previews = chooseEvenly(names, MOST_PREVIEWS).map(async (name) => ({
    step: stepOfFile(name)!,
    png: await Deno.readFile(join(folder, name)),
  }));
  return { previews: await Promise.all(previews), previewCount: names.length };
}

/** For example "6 levels, 16 to 128 channels, partial convolutions over the pyramid fill". */
function describeNetwork({ encoder, base, convolution = "partial" }: UNetConfig): string {
  const channels = encoder.map(({ channels }) => channels);
  return `${encoder.length} levels, ${Math.min(...channels)} to ${
    Math.max(...channels)
  } channels, ` +
    `${convolution} convolutions${base === "pyramid" ? " over the pyramid fill" : ""}`;
}
