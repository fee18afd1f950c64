/**
 * Lines of an evaluation of super-resolution for tests.
 * @module
 */
import type { SuperresRecord } from "../../../../src/evaluation/superres/superres_record.ts";

/** A record with some fields of its own. */
export function superresRecordOf(fields: Partial<SuperresRecord> = {}): SuperresRecord {
  return {
    ...{ image: "a.png", scale: 2, method: "bicubic", width: 48, height: 40, isGrey: false },
    ...{ psnrY: 30, ssimY: 0.9, psnrRgb: 28, ssimRgb: 0.88, elapsedMs: 5 },
    ...fields,
  };
}
