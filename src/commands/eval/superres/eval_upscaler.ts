/**
 * A way of enlarging, as an evaluation knows it; types only.
 * @module
 */
import type { Upscaler } from "../../../methods/upscaler.ts";
import type { ResultFolder } from "../../methods/result_folder.ts";

/** A method with its name in the table. */
export interface EvalUpscaler {
  readonly name: string;
  /** Absent for results that were made elsewhere. */
  readonly upscaler?: Upscaler;
  /** Pictures of another program: "x2/baby.png". */
  readonly results?: ResultFolder;
  /** What it is, for the page. */
  readonly what: string;
  /** Changes if the method would enlarge otherwise; a run does not go on with another. */
  readonly identity: string;
  /** Scales of the evaluation that it has nothing for. */
  readonly lacks: readonly number[];
  /** What is wrong with its folder, a sentence each. */
  readonly problems: readonly string[];
}
