/**
 * One method on one scene: enlarged, and timed.
 * @module
 */
import type { ShrunkPicture } from "../../../data/shrink_picture.ts";
import { InputError } from "../../../errors.ts";
import type { EvalUpscaler } from "./eval_upscaler.ts";

/** What a method made of a scene. */
export interface UpscaledScene {
  /** rgb255 of the truth's size. */
  readonly rgb255: Uint8Array;
  /** Null for results that were made elsewhere. */
  readonly elapsedMs: number | null;
}

/** Options of {@linkcode upscaleScene}. */
export interface UpscaleSceneOptions {
  readonly scale: number;
  /** Name of the picture without its ending, by which other programs' results are found. */
  readonly stem: string;
  readonly signal: AbortSignal;
}

/**
 * Enlarges the small picture of a scene, or reads what another program made of it.
 *
 * @throws {InputError} If there is no such result, or it is of another size.
 */
export async function upscaleScene(
  { truth, small }: ShrunkPicture,
  { upscaler, results }: EvalUpscaler,
  { scale, stem, signal }: UpscaleSceneOptions,
): Promise<UpscaledScene> {
  if (results !== undefined) {
    const { path, width, height, rgb255 } = await results.read(`x${scale}/${stem}`);
    if (width !== truth.width || height !== truth.height) {
      throw new InputError(
        `Cannot use result "${path}": it is ${width}x${height}, must be ` +
          `${truth.width}x${truth.height}`,
      );
    }
    return { rgb255, elapsedMs: null };
  }
  const startMs = performance.now();
  const { rgb255 } = await upscaler!.upscale(small, { scale, signal });
  return { rgb255, elapsedMs: performance.now() - startMs };
}
