/**
 * The pictures of a page of super-resolution: chosen scenes, enlarged once more.
 * @module
 */
import { encodeImage } from "../../../data/encode_image.ts";
import type { ListedImage } from "../../../data/list_images.ts";
import { withAlpha } from "../../../data/with_alpha.ts";
import { stemOf } from "../../../data/stem_of.ts";
import { UserError } from "../../../errors.ts";
import type { ChosenScene, ChosenScenes } from "../../../evaluation/superres/choose_scenes.ts";
import type { SuperresRecord } from "../../../evaluation/superres/superres_record.ts";
import { type PictureWindow, worstWindow } from "../../../evaluation/superres/worst_window.ts";
import { kernelUpscaler } from "../../../methods/kernel_upscaler.ts";
import type {
  SuperresExample,
  SuperresPageRecord,
} from "../../../report/superres/superres_page_record.ts";
import { makeScene, readPhotograph } from "./load_scene.ts";
import type { SuperresSource } from "./superres_source.ts";
import { upscaleScene } from "./upscale_scene.ts";

/** The part of the page that has pictures. */
export type SuperresPictures = Pick<SuperresPageRecord, "examples" | "gains" | "losses">;

/** Options of {@linkcode makeSuperresExamples}. */
export interface MakeSuperresExamplesOptions {
  readonly source: SuperresSource;
  readonly records: readonly SuperresRecord[];
  readonly signal: AbortSignal;
  /** Told after each scene. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Of what is shown, in pixels: more would be shrunk on most screens, and pixels are what it is about. */
const MOST_SIDE = 200;

/**
 * Enlarges the chosen scenes by every method that was scored on them, and cuts out where bicubic errs most. A picture
 * that cannot be read any more is left out.
 */
export async function makeSuperresExamples(
  chosen: ChosenScenes,
  options: MakeSuperresExamplesOptions,
): Promise<SuperresPictures> {
  const key = ({ image, scale }: ChosenScene) => `${scale} ${image}`;
  const all = [...chosen.examples, ...chosen.gains, ...chosen.losses];
  const distinct = [...new Map(all.map((scene) => [key(scene), scene])).values()];
  const made = new Map<string, SuperresExample | undefined>();
  for (const [i, scene] of distinct.entries()) {
    options.signal.throwIfAborted();
    made.set(key(scene), await makeExample(scene, options));
    options.onProgress(i + 1, distinct.length);
  }
  const of = (scenes: readonly ChosenScene[]) =>
    scenes.map((scene) => made.get(key(scene))).filter((example) => example !== undefined);
  return { examples: of(chosen.examples), gains: of(chosen.gains), losses: of(chosen.losses) };
}

async function makeExample(
  { image, scale }: ChosenScene,
  options: MakeSuperresExamplesOptions,
): Promise<SuperresExample | undefined> {
  const listed = options.source.images.find(({ relative }) => relative === image);
  if (listed === undefined) return undefined;
  try {
    return await drawExample(listed, scale, options);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

async function drawExample(
  image: ListedImage,
  scale: number,
  { source, records, signal }: MakeSuperresExamplesOptions,
): Promise<SuperresExample> {
  const scene = makeScene(await readPhotograph(image), scale);
  const { truth, small } = scene;
  const enlarge = async (kernel: "nearest" | "bicubic") =>
    (await kernelUpscaler(kernel).upscale(small, { scale, signal })).rgb255;
  const window = worstWindow(truth.rgb255, await enlarge("bicubic"), { ...truth, side: MOST_SIDE });
  const encode = (rgb255: Uint8Array) => encodeWindow(rgb255, truth.width, window);
  const results = [];
  for (const method of source.methods) {
    const record = records.find((one) =>
      one.image === image.relative && one.scale === scale && one.method === method.name
    );
    if (record === undefined) continue;
    const { rgb255 } = await upscaleScene(scene, method, {
      scale,
      stem: stemOf(image.relative),
      signal,
    });
    const picture = await encode(rgb255);
    results.push({ method: method.name, picture, psnrY: record.psnrY });
  }
  return {
    ...window,
    image: image.relative,
    scale,
    mimeType: "image/webp",
    truth: await encode(truth.rgb255),
    small: await encode(await enlarge("nearest")),
    results,
  };
}

async function encodeWindow(
  rgb255: Uint8Array,
  line: number,
  { left, top, width, height }: PictureWindow,
): Promise<Uint8Array> {
  const part = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * line + left) * 3;
    part.set(rgb255.subarray(from, from + width * 3), y * width * 3);
  }
  const picture = { width, height, rgba: withAlpha(part) };
  return await encodeImage(picture, { format: "webp", keepAlpha: false });
}
