/**
 * What a checkpoint says about its run, beside the numbers.
 * @module
 */
import type { LossSums } from "../training/loss_means.ts";
import type { BestSoFar, DataFingerprint } from "./checkpoint.ts";
import { shown } from "./shown.ts";

/** The metadata of a checkpoint, checked. */
export interface CheckpointNotes {
  /** Optimiser steps done. */
  readonly step: number;
  /** Updates by parameter path. */
  readonly updates: Readonly<Record<string, number>>;
  /** The run's settings: a JSON object. */
  readonly run: string;
  /** The best validation so far, if there was one. */
  readonly best?: BestSoFar;
  /** The files that were trained on, if it says. */
  readonly data?: DataFingerprint;
  /** Losses since the last line of the log, if there are. */
  readonly lossSums?: LossSums;
}

/**
 * Reads the metadata of a checkpoint.
 *
 * @param refuse Called with what is wrong.
 */
export function readCheckpointNotes(
  metadata: Readonly<Record<string, string>>,
  refuse: (problem: string, cause?: unknown) => never,
): CheckpointNotes {
  const read = <T>(key: string, what: string, isSound: (value: unknown) => boolean): T => {
    let value: unknown;
    try {
      value = JSON.parse(metadata[key] ?? "");
    } catch (cause) {
      return refuse(`${what} not JSON`, cause);
    }
    if (!isSound(value)) refuse(`${what} ${shown(value)}, which no run writes`);
    return value as T;
  };
  const step = Number(metadata["step"]);
  if (!isCount(step)) refuse(`step is ${shown(metadata["step"])}, must be a whole number from 0`);
  const updates = read<Record<string, number>>(
    "updates",
    "the update counts are",
    isRecordOf(isCount),
  );
  // Checkpoints of before there were settings have none.
  if (metadata["run"] !== undefined) read("run", "the run's settings are", isRecordOf(() => true));
  const { best, data, losses } = metadata;
  return {
    step,
    updates,
    run: metadata["run"] ?? "{}",
    ...(best === undefined
      ? {}
      : { best: read<BestSoFar>("best", "the best validation is", isBest) }),
    ...(data === undefined
      ? {}
      : { data: read<DataFingerprint>("data", "the list of files is", isData) }),
    ...(losses === undefined
      ? {}
      : { lossSums: read<LossSums>("losses", "the sums of losses are", isRecordOf(isSum)) }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRecordOf(isSound: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => isRecord(value) && Object.values(value).every(isSound);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isBest(value: unknown): boolean {
  return isRecord(value) && isCount(value["step"]) && Number.isFinite(value["holePsnr"]);
}

function isSum(value: unknown): boolean {
  return isRecord(value) && Number.isFinite(value["sum"]) && isCount(value["steps"]);
}

function isData(value: unknown): boolean {
  return isRecord(value) && isList(value["images"]) &&
    (value["masks"] === undefined || isList(value["masks"]));
}

function isList(value: unknown): boolean {
  return isRecord(value) && isCount(value["count"]) && typeof value["sha256"] === "string";
}
