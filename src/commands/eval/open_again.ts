/**
 * Images and methods of a stored evaluation, for pictures of its page.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { UserError } from "../../errors.ts";
import type { EvalPlan } from "./eval_folder.ts";
import { openPairSource, type PairSource } from "./pair_source.ts";

/**
 * Opens all images and methods that a plan names, as far as they are still there and the same; if they are not, it is
 * told that the page goes without examples.
 */
export async function openAgain(
  { request, methods }: EvalPlan,
  { device }: ParsedOptions<"eval">["options"],
  io: CommandIo,
): Promise<PairSource | undefined> {
  try {
    const source = await openPairSource({ ...request, device }, io);
    const changed = source.methods.find(({ name, identity }) =>
      methods[name] !== undefined && methods[name] !== identity
    );
    if (changed === undefined) return source;
    io.warn(`the page shows no examples: method "${changed.name}" has changed since`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    io.warn(`the page shows no examples: ${error.message}`);
  }
  return undefined;
}
