/**
 * The networks that judge results, if their weights were given.
 * @module
 */
import { join } from "node:path";
import type { ParsedOptions } from "../../cli/flags.ts";
import { openClassifier } from "../../checkpoint/classifier_file.ts";
import { openLpips } from "../../checkpoint/lpips_file.ts";
import { sha256 } from "../../checkpoint/sha256.ts";
import { isJsonStart, readTfjsModel } from "../../checkpoint/tfjs_model_file.ts";
import { resizeBox } from "../../data/random_crop.ts";
import { InputError, UsageError } from "../../errors.ts";
import type { NetworkScores } from "../../evaluation/eval_record.ts";
import { posteriorDivergence } from "../../metrics/posterior_divergence.ts";
import type { LoadedPair } from "./load_pair.ts";

/** Judges of one evaluation. */
export interface Judges {
  /** What they are, for the page: a name and a description each. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Fingerprints of their files; a run does not go on with others. */
  readonly identity: Readonly<Record<string, string>>;
  /** Prepares what every result of a pair is compared with. */
  judgePair(truth: Uint8Array, size: Pick<LoadedPair, "width" | "height">): Promise<PairJudge>;
}

/** Judges the results of one pair; composites are rgb255 `[height, width, 3]`. */
export type PairJudge = (composite: Uint8Array) => Promise<NetworkScores>;

/**
 * Opens classifier and LPIPS. The backend must be open.
 *
 * @throws {UsageError} If LPIPS lacks one of its two files.
 * @throws {WeightsError} If a file cannot be used.
 */
export async function openJudges(
  options: Pick<
    ParsedOptions<"eval">["options"],
    "classifier" | "classifierRange" | "lpips" | "lpipsBackbone"
  >,
): Promise<Judges> {
  const { classifier: path, classifierRange: range, lpips: heads, lpipsBackbone } = options;
  if ((heads === undefined) !== (lpipsBackbone === undefined)) {
    throw new UsageError("LPIPS needs two files: --lpips FILE and --lpips-backbone FILE");
  }
  if (path === undefined && range !== undefined) {
    throw new UsageError("Cannot use --classifier-range without --classifier");
  }
  const classifier = path === undefined
    ? undefined
    : await openClassifier(path, range === undefined ? {} : { range });
  const lpips = heads === undefined
    ? undefined
    : await openLpips({ heads, backbone: lpipsBackbone! });
  const facts: [string, string][] = [];
  if (classifier !== undefined) {
    const { name, classes, inputSize: { width, height }, note } = classifier;
    const noted = note === undefined ? "" : `; ${note}`;
    facts.push([
      "classifier",
      `${name}, ${classes} classes, ${width}x${height}, ` +
      `colours ${classifier.range}${noted}`,
    ]);
  }
  if (lpips !== undefined) facts.push(["LPIPS", lpips.name]);
  const posteriorOf = async (rgb255: Uint8Array, size: Pick<LoadedPair, "width" | "height">) => {
    const { inputSize } = classifier!;
    const box = { left: 0, top: 0, ...size };
    return await classifier!.classify(resizeBox({ ...size, rgb255 }, box, inputSize), inputSize);
  };
  return {
    facts,
    identity: {
      ...await fingerprint("classifier", path),
      ...(range === undefined ? {} : { classifierRange: range }),
      ...await fingerprint("lpips", heads),
      ...await fingerprint("lpipsBackbone", lpipsBackbone),
    },
    async judgePair(truth, size) {
      const smallest = lpips?.smallest ?? 0;
      if (Math.min(size.width, size.height) < smallest) {
        throw new InputError(
          `Cannot compute LPIPS of a picture of ${size.width}x${size.height}: no side may be below ` +
            `${smallest}`,
        );
      }
      const expected = classifier && await posteriorOf(truth, size);
      return async (composite) => {
        const found = classifier && await posteriorOf(composite, size);
        return {
          ...(lpips && { lpips: await lpips.distance(composite, truth, size) }),
          ...(found && {
            divergence: posteriorDivergence(expected!, found),
            posterior: new Uint8Array(found.buffer, found.byteOffset, found.byteLength).toBase64(),
          }),
        };
      };
    },
  };
}

/** SHA-256 of a file under its name, of a tfjs model with all its weights; nothing if there is none. */
async function fingerprint(
  name: string,
  path: string | undefined,
): Promise<Record<string, string>> {
  if (path === undefined) return {};
  const file = (await Deno.stat(path)).isDirectory ? join(path, "model.json") : path;
  const bytes = await Deno.readFile(file);
  if (!isJsonStart(bytes.subarray(0, 8))) return { [name]: await sha256(bytes) };
  const { artifacts } = await readTfjsModel(file);
  const weights = new Uint8Array(artifacts.weightData as ArrayBuffer);
  return { [name]: `${await sha256(bytes)} ${await sha256(weights)}` };
}
