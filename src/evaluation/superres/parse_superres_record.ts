/**
 * Reads a line of `results.jsonl` that this program, or another version of it, wrote.
 * @module
 */
import { InputError } from "../../errors.ts";
import type { SuperresRecord } from "./superres_record.ts";

/**
 * Checks that a value is a whole record, so that a foreign or damaged file ends in one sentence and never in a wrong
 * table.
 *
 * @param name Of file and line, for the message.
 * @throws {InputError} Naming the first field that is not as it must be.
 */
export function parseSuperresRecord(value: unknown, name: string): SuperresRecord {
  const fail = (field: string, must: string): never => {
    throw new InputError(`Cannot read ${name}: "${field}" must be ${must}`);
  };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return fail("line", "an object");
  }
  const fields = value as Record<string, unknown>;
  for (const field of ["image", "method"]) {
    if (typeof fields[field] !== "string" || fields[field] === "") fail(field, "text");
  }
  for (const field of ["scale", "width", "height"]) {
    if (!Number.isSafeInteger(fields[field]) || Number(fields[field]) < 1) {
      fail(field, "a whole number above 0");
    }
  }
  for (const field of ["psnrY", "ssimY", "psnrRgb", "ssimRgb", "elapsedMs"]) {
    if (fields[field] !== null && !Number.isFinite(fields[field])) fail(field, "a number or null");
  }
  if (typeof fields["isGrey"] !== "boolean") fail("isGrey", "true or false");
  return fields as unknown as SuperresRecord;
}
