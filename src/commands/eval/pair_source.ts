/**
 * The pairs and methods that flags ask for, listed and opened: what scoring and studies have in common.
 * @module
 */
import { resolve } from "node:path";
import { type Backend, openBackend } from "../../backend/open_backend.ts";
import { listFingerprint } from "../../checkpoint/list_fingerprint.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { type ImageList, type ListedImage, listImages } from "../../data/list_images.ts";
import { maskLuma } from "../../data/mask_luma.ts";
import { commonPolarity, guessPolarity } from "../../data/mask_polarity.ts";
import { isNamedMask } from "../../data/pair_masks.ts";
import { readImageFile } from "../../data/read_image_file.ts";
import { InputError, UsageError, UserError } from "../../errors.ts";
import { onceLog } from "../methods/once_log.ts";
import { type EvalMethod, openEvalMethods } from "./eval_methods.ts";
import { type EvalLists, readEvalLists } from "./eval_settings.ts";
import type { LoadPairOptions } from "./load_pair.ts";
import { type PlannedPair, planPairs } from "./plan_pairs.ts";

/** What is evaluated. */
export interface PairSource {
  readonly lists: EvalLists;
  /** Of all shards. */
  readonly pairs: readonly PlannedPair[];
  readonly methods: readonly EvalMethod[];
  readonly loading: LoadPairOptions;
  /** What could not be listed or paired, a sentence each. */
  readonly problems: readonly string[];
  /** What decides the pixels of a pair; see `EvalPlan.settings`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The same for the page. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Opens the device, at the first call. */
  readonly openBackend: () => Promise<Backend>;
}

/** Masks that `--mask-polarity auto` looks at. */
const MOST_GUESSED = 50;

/**
 * Lists images and masks, pairs them and opens the methods. All of the request is checked before any filling.
 *
 * @throws {UserError} If folders, weights or the device cannot be used, or no pair comes about.
 */
export async function openPairSource(
  options: ParsedOptions<"eval">["options"],
  io: CommandIo,
): Promise<PairSource> {
  const lists = readEvalLists(options);
  if (options.weights !== undefined && !lists.methods.includes("pconv")) {
    throw new UsageError("Cannot use --weights here: --methods must have pconv");
  }
  const { images, masks } = await listFolders(options.images!, options.masks);
  const isBlackHole = await findPolarity(options.maskPolarity, masks?.images ?? [], io);
  const { pairing, pairs: count, generate, seed, size } = options;
  if (images.images.length === 0) {
    throw new InputError(`Cannot evaluate: there is no image in "${options.images}"`);
  }
  if (masks !== undefined && masks.images.length === 0) {
    throw new InputError(`Cannot evaluate: there is no mask in "${options.masks}"`);
  }
  const plan = planPairs({
    images: images.images,
    masks: masks?.images ?? [],
    ...{ pairing, pairs: count, generate, seed },
  });
  let backend: Promise<Backend> | undefined;
  const open = () => backend ??= openBackend(options.device, { log: io.log });
  const methods = await openEvalMethods({
    ...lists,
    weights: options.weights,
    settings: {
      ...{ context: options.context, tile: options.tile, seed },
      ...{ device: options.device, log: onceLog(io.log) },
    },
    pairs: plan.pairs,
  });
  const listed = (folder: string, files: readonly ListedImage[]) =>
    listFingerprint(folder, files.map(({ path }) => path));
  return {
    lists,
    pairs: plan.pairs,
    methods,
    loading: { size, isBlackHole },
    problems: [
      ...images.problems,
      ...masks?.problems ?? [],
      ...plan.problems,
      ...methods.flatMap(({ problems }) => problems),
    ],
    settings: {
      images: listed(options.images!, images.images),
      masks: masks && listed(options.masks!, masks.images),
      ...{ pairing, pairs: count, generate, size, seed, dilate: lists.dilations, isBlackHole },
    },
    facts: [
      ["images", `${images.images.length} in "${options.images}"`],
      ...(masks === undefined
        ? []
        : [["masks", `${masks.images.length} in "${options.masks}"`] as const]),
      ["pairs", describePairs(plan.pairs, pairing, seed)],
      ["size", size === "native" ? "each image's own" : `${size}x${size}, centred square`],
      ...methods.map(({ name, what }) => [`method ${name}`, what] as const),
    ],
    openBackend: open,
  };
}

/** LaMa keeps images and masks in one folder; then "_mask000" at the end of a name tells them apart. */
async function listFolders(
  images: string,
  masks: string | undefined,
): Promise<{ readonly images: ImageList; readonly masks: ImageList | undefined }> {
  const found = await listImages(images);
  if (masks === undefined) return { images: found, masks };
  if (resolve(masks) !== resolve(images)) return { images: found, masks: await listImages(masks) };
  const isMask = ({ relative }: ListedImage) => isNamedMask(relative);
  return {
    images: { ...found, images: found.images.filter((file) => !isMask(file)) },
    masks: { images: found.images.filter(isMask), problems: [], unread: [] },
  };
}

function describePairs(pairs: readonly PlannedPair[], pairing: string, seed: number): string {
  const generated = pairs.filter(({ mask }) => "maskClass" in mask).length;
  const files = pairs.length - generated;
  const dealt = pairing === "name" ? "paired by name" : `dealt by seed ${seed}`;
  return [
    ...(files > 0 ? [`${files} with mask files, ${dealt}`] : []),
    ...(generated > 0 ? [`${generated} with generated masks of seed ${seed}`] : []),
  ].join("; ");
}

/** True if black is the hole. With "auto" the reason is told. */
async function findPolarity(
  asked: "white" | "black" | "auto",
  masks: readonly ListedImage[],
  io: CommandIo,
): Promise<boolean> {
  if (asked !== "auto" || masks.length === 0) return asked === "black";
  const guesses = [];
  for (const { path } of masks.slice(0, MOST_GUESSED)) {
    try {
      const picture = await readImageFile(path);
      guesses.push(guessPolarity(maskLuma(picture), picture));
    } catch (error) {
      // It is reported when its pair is evaluated.
      if (!(error instanceof UserError)) throw error;
    }
  }
  const { polarity, isSure, reason } = commonPolarity(guesses);
  io.log(`masks: ${polarity} is hole${isSure ? "" : " (unsure)"}, ${reason}`);
  return polarity === "black";
}
