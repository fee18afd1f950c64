/**
 * The pictures and methods that flags ask for, listed and opened.
 * @module
 */
import { type Backend, openBackend } from "../../../backend/open_backend.ts";
import { listFingerprint } from "../../../checkpoint/list_fingerprint.ts";
import type { ParsedOptions } from "../../../cli/flags.ts";
import type { CommandIo } from "../../../cli/io.ts";
import { type ListedImage, listImages } from "../../../data/list_images.ts";
import { stemOf } from "../../../data/stem_of.ts";
import { InputError } from "../../../errors.ts";
import { onceLog } from "../../methods/once_log.ts";
import type { EvalUpscaler } from "./eval_upscaler.ts";
import { openUpscalers } from "./open_upscalers.ts";
import { readSuperresLists, type SuperresLists } from "./superres_lists.ts";

/** Weights of the method superres unless others are named. */
const USUAL_WEIGHTS = "pconv-lite-superres";

/** What is evaluated. */
export interface SuperresSource {
  readonly lists: SuperresLists;
  readonly images: readonly ListedImage[];
  readonly methods: readonly EvalUpscaler[];
  /** What could not be listed, a sentence each. */
  readonly problems: readonly string[];
  /** What a reader should know; a sentence each. */
  readonly remarks: readonly string[];
  /** What decides the pictures; see `EvalPlan.settings`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The same for the page. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/**
 * Lists images and opens the methods. All of the request is checked before any work.
 *
 * @throws {UserError} If folders, weights or the device cannot be used, or there is no image.
 */
export async function openSuperresSource(
  options: ParsedOptions<"eval">["options"],
  io: CommandIo,
): Promise<SuperresSource> {
  const lists = readSuperresLists(options);
  const folder = options.images!;
  const listed = await listImages(folder);
  if (listed.images.length === 0) {
    throw new InputError(`Cannot evaluate: there is no image in "${folder}"`);
  }
  const { images, problems } = distinctStems(listed.images);
  let backend: Promise<Backend> | undefined;
  const methods = await openUpscalers({
    ...lists,
    weights: options.weights ?? USUAL_WEIGHTS,
    tile: options.tile,
    openBackend: () => backend ??= openBackend(options.device, { log: io.log }),
    device: options.device,
    log: onceLog(io.log),
    stems: images.map(({ relative }) => stemOf(relative)),
  });
  return {
    lists,
    images,
    methods,
    problems: [
      ...listed.problems,
      ...problems,
      ...methods.flatMap((method) => method.problems),
    ],
    remarks: methods.flatMap(({ name, lacks }) =>
      lacks.map((scale) => `${name} has nothing for x${scale} and is not in its columns`)
    ),
    settings: {
      task: "superres",
      images: listFingerprint(folder, images.map(({ path }) => path)),
    },
    facts: [
      ["images", `${images.length} in "${folder}"`],
      ["small pictures", "bicubic with antialiasing (MATLAB's imresize), 8 bits"],
      ...methods.map(({ name, what }) => [`method ${name}`, what] as const),
    ],
  };
}

/** Of images that differ in their ending alone, the first is taken. */
function distinctStems(
  listed: readonly ListedImage[],
): { images: ListedImage[]; problems: string[] } {
  const byStem = new Map<string, ListedImage>();
  const problems: string[] = [];
  for (const image of listed) {
    const first = byStem.get(stemOf(image.relative));
    if (first === undefined) byStem.set(stemOf(image.relative), image);
    else problems.push(`Cannot evaluate image "${image.path}": it has the name of "${first.path}"`);
  }
  return { images: [...byStem.values()], problems };
}
