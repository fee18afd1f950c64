/**
 * Which of its works `eval` is asked for.
 * @module
 */
import type { ParsedOptions } from "../../cli/flags.ts";
import { UsageError } from "../../errors.ts";

/** What `eval` does. */
export type EvalMode = "score" | "superres" | "study" | "compare" | "merge" | "study-results";

/** Flags that only choosing and filling pairs needs. */
const PAIR_FLAGS = [
  ...["images", "masks", "mask-polarity", "pairing", "pairs", "generate", "size", "dilate"],
  ...["methods", "results", "network", "weights", "context", "tile", "device"],
] as const;

const SCORE_FLAGS = [
  ...["shard", "preset", "classifier", "classifier-range", "lpips", "lpips-backbone"],
  ...["keep-results", "keep-pairs"],
] as const;

/** What each mode takes, beside the flags of every command. */
const TAKES: Readonly<Record<EvalMode, readonly string[]>> = {
  score: [...PAIR_FLAGS, ...SCORE_FLAGS, "task", "seed", "output", "examples", "json"],
  superres: [
    ...["task", "images", "scale", "methods", "results", "network", "peer", "weights", "tile"],
    ...["device", "keep-results", "keep-pairs", "output", "examples", "json"],
  ],
  study: [...PAIR_FLAGS, "seed", "study", "study-trials"],
  compare: ["compare", "output", "json"],
  merge: ["merge", "output", "examples", "json", "device"],
  "study-results": ["study-results", "json"],
};

const EVERYWHERE = ["quiet", "help", "version"];

/**
 * Tells the mode of a command line and whether all it needs is there.
 *
 * @throws {UsageError} If flags or arguments do not go together; the message has a line for each fault.
 */
export function evalMode({ options, positionals, given }: ParsedOptions<"eval">): EvalMode {
  const chosen = (["study-results", "study", "compare", "merge"] as const)
    .filter((name) => given.has(name));
  if (chosen.length > 1) {
    throw new UsageError(
      `Cannot use ${chosen.map((name) => `--${name}`).join(" with ")}: each is a work of its own`,
    );
  }
  const mode = chosen[0] ?? (options.task === "superres" ? "superres" : "score");
  const faults = [...given]
    .filter((name) => !TAKES[mode].includes(name) && !EVERYWHERE.includes(name))
    .map((name) => `Cannot use --${name} ${place(mode, name)}`);
  for (const name of ["pairs", "pairing", "mask-polarity"]) {
    if (given.has(name) && options.masks === undefined && TAKES[mode].includes(name)) {
      faults.push(`Cannot use --${name} without --masks: made masks have no files`);
    }
  }
  const need = (isThere: boolean, fault: string) => isThere || faults.push(fault);
  const listed = positionals.map((word) => JSON.stringify(word)).join(", ");
  switch (mode) {
    case "score":
    case "superres":
      need(options.images !== undefined, "Missing --images DIR");
      need(options.output !== undefined, "Missing --output DIR");
      need(positionals.length === 0, `Cannot use ${listed} here: eval takes flags alone`);
      break;
    case "study":
      need(options.images !== undefined, "Missing --images DIR");
      need(positionals.length === 0, `Cannot use ${listed} here: --study takes flags alone`);
      break;
    case "compare":
      need(positionals.length === 1, "--compare needs two names: --compare A B");
      break;
    case "merge":
      need(options.output !== undefined, "Missing --output DIR");
      need(positionals.length > 0, "--merge needs the folders of the shards");
      break;
    case "study-results":
      need(positionals.length > 0, "--study-results needs the study's folder and answer files");
      break;
  }
  if (faults.length > 0) throw new UsageError(faults.join("\n"));
  return mode;
}

/** Where a flag does not belong, or what it would belong to. */
function place(mode: EvalMode, flag: string): string {
  if (mode === "superres") return "with --task superres";
  if (mode !== "score") return `with --${mode}`;
  return flag === "scale" || flag === "peer" ? "without --task superres" : "without --study";
}
