/**
 * Reads a line of `pairs.jsonl` that this program, or another version of it, wrote.
 * @module
 */
import { InputError } from "../errors.ts";
import type { EvalRecord } from "./eval_record.ts";

/**
 * Checks that a value is a whole record, so that a foreign or damaged file ends in one sentence and never in a wrong
 * table.
 *
 * @param name Of file and line, for the message.
 * @throws {InputError} Naming the first field that is not as it must be.
 */
export function parseRecord(value: unknown, name: string): EvalRecord {
  const fail = (field: string, must: string): never => {
    throw new InputError(`Cannot read ${name}: "${field}" must be ${must}`);
  };
  const fields = objectOf(value) ?? fail("line", "an object");
  for (const field of ["pair", "width", "height"]) {
    if (!Number.isSafeInteger(fields[field]) || Number(fields[field]) < 0) {
      fail(field, "a whole number");
    }
  }
  for (const field of ["image", "mask", "method"]) {
    if (typeof fields[field] !== "string" || fields[field] === "") fail(field, "text");
  }
  for (const field of ["dilate", "ratio"]) {
    if (!isFinite(fields[field])) fail(field, "a number");
  }
  const { bin, border, elapsedMs } = fields;
  const isBin = bin === "below" || bin === "above" ||
    (Number.isInteger(bin) && Number(bin) >= 0 && Number(bin) < 6);
  if (!isBin) fail("bin", '0 to 5, "below" or "above"');
  if (border !== "N" && border !== "B") fail("border", '"N" or "B"');
  if (elapsedMs !== null && !isFinite(elapsedMs)) fail("elapsedMs", "a number or null");
  const scores = objectOf(fields["scores"]) ?? fail("scores", "an object");
  for (const view of ["composite", "hole", "raw"]) {
    if (view === "raw" && scores[view] === undefined) continue;
    const picture = objectOf(scores[view]) ?? fail(`scores.${view}`, "an object");
    if (!isFinite(picture["l1Percent"])) fail(`scores.${view}.l1Percent`, "a number");
    for (const score of ["psnr", "ssim"]) {
      if (picture[score] === null || isFinite(picture[score])) continue;
      fail(`scores.${view}.${score}`, "a number or null");
    }
  }
  for (const field of ["lpips", "divergence"]) {
    if (fields[field] !== undefined && !isFinite(fields[field])) fail(field, "a number");
  }
  const { posterior, presets, remarks } = fields;
  if (posterior !== undefined && typeof posterior !== "string") fail("posterior", "text");
  if (presets !== undefined && !Object.values(objectOf(presets) ?? { "": 0 }).every(isMeasure)) {
    fail("presets", "an object of measures");
  }
  const areTexts = Array.isArray(remarks) && remarks.every((text) => typeof text === "string");
  if (remarks !== undefined && !areTexts) fail("remarks", "a list of texts");
  return fields as unknown as EvalRecord;
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : undefined;
}

function isMeasure(value: unknown): boolean {
  const fields = objectOf(value);
  const values = objectOf(fields?.["values"]);
  return typeof fields?.["bin"] === "string" && values !== undefined &&
    Object.values(values).every((one) => one === null || isFinite(one));
}

function isFinite(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}
