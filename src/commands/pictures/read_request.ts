/**
 * From the flags of a command on pictures to what it asks for.
 * @module
 */
import type { OutputFormat } from "../../data/encode_image.ts";
import { type HoleFlags, holeRequest } from "./hole_request.ts";
import type { PictureRequest } from "./picture_plan.ts";

/** The flags. */
export interface RequestFlags extends HoleFlags {
  readonly output: string | undefined;
  readonly format: OutputFormat | undefined;
  readonly suffix: string | undefined;
}

/**
 * Puts a request together.
 *
 * @param inputs Paths, or "-".
 * @throws {UsageError} If a colour or a box is none.
 */
export function readRequest(
  verb: PictureRequest["verb"],
  inputs: readonly string[],
  flags: RequestFlags,
): PictureRequest {
  const { output, format, suffix } = flags;
  return { verb, inputs, output, format, suffix, ...holeRequest(flags) };
}
