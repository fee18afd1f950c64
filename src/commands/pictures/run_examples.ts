/**
 * The pictures of a run's page: some of it, before and after, read again and made small.
 * @module
 */
import type { DecodedImage } from "../../data/decode_image.ts";
import type { EncodableImage } from "../../data/encode_image.ts";
import type { PictureCodec } from "../../data/picture_codec.ts";
import { UserError } from "../../errors.ts";
import type { PictureRow, RunExample } from "../../report/run/run_page_record.ts";
import { pictureUrl, shrinkToSide } from "./thumbnail.ts";

/** Pictures that a page shows at most, unless told otherwise: some 2 MB. */
const MOST_SHOWN = 24;

/** Larger pictures are shrunk to this side, in pixels. */
const MOST_SIDE = 512;

/** Of holes in the picture before. */
const HOLE_COLOUR = [255, 0, 255] as const;

/** Reads the hole of a row's input, of its size, 1 = hole; undefined if it is not known. */
export type HoleOfRow = (
  row: PictureRow,
  image: DecodedImage,
) => Promise<Uint8Array | undefined>;

/** Options of {@linkcode makeExamples}. */
export interface MakeExamplesOptions {
  readonly codec: Pick<PictureCodec, "decode" | "encode">;
  /** Paints holes into the pictures before. @default they are shown as they are */
  readonly holeOf?: HoleOfRow;
  /** Larger pictures are shrunk to this side, in pixels. @default 512 */
  readonly mostSide?: number;
  /** Ends it between two pictures. */
  readonly signal?: AbortSignal;
}

/**
 * Chooses the rows whose pictures a page shows: those that changed a picture, evenly through the run, and only if these
 * are too few also others whose result is there. Failures and streams have nothing to show.
 *
 * @returns At most `most` rows in the order of the run; always the same for the same rows.
 */
export function chooseShown(rows: readonly PictureRow[], most = MOST_SHOWN): PictureRow[] {
  const places = [...rows.entries()].filter(([, { status, isArchived, input, output }]) =>
    status !== "failed" && output !== undefined && isArchived === undefined && !isStream(input)
  );
  const changed = places.filter(([, { status }]) => status === "filled" || status === "enlarged");
  const others = places.filter(([, { status }]) => status !== "filled" && status !== "enlarged");
  const chosen = [...evenly(changed, most), ...evenly(others, Math.max(0, most - changed.length))];
  return chosen.toSorted(([a], [b]) => a - b).map(([, row]) => row);
}

function isStream(input: string): boolean {
  return input === "-" || input === "standard input";
}

/** Those in the middle of equal stretches. */
function evenly<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from(
    { length: most },
    (_, i) => items[Math.floor((i + 0.5) * items.length / most)]!,
  );
}

/**
 * Reads inputs and results of rows from the disk and makes them small. What has vanished or cannot be read any more is
 * left out. Of an enlargement the middle is shown, every pixel of the small picture as a square.
 */
export async function makeExamples(
  rows: readonly PictureRow[],
  options: MakeExamplesOptions,
): Promise<RunExample[]> {
  const examples: RunExample[] = [];
  for (const row of rows) {
    options.signal?.throwIfAborted();
    try {
      const example = await makeExample(row, options);
      if (example !== undefined) examples.push(example);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return examples;
}

async function makeExample(
  row: PictureRow,
  { codec, holeOf, mostSide = MOST_SIDE }: MakeExamplesOptions,
): Promise<RunExample | undefined> {
  const { input, output, status } = row;
  if (output === undefined) return undefined;
  const [beforeFile, afterFile] = await Promise.all([
    Deno.readFile(input).catch(() => undefined),
    Deno.readFile(output).catch(() => undefined),
  ]);
  if (beforeFile === undefined || afterFile === undefined) return undefined;
  const decode = async (bytes: Uint8Array, name: string) =>
    (await codec.decode(bytes, { name })).image;
  const [before, after] = await Promise.all([decode(beforeFile, input), decode(afterFile, output)]);
  const isEnlarged = before.width !== after.width || before.height !== after.height;
  let small: EncodableImage;
  let large: EncodableImage;
  if (status === "enlarged" || isEnlarged) ({ small, large } = middles(before, after, mostSide));
  else {
    const holeMask = await holeOf?.(row, before);
    if (holeMask !== undefined) paintHole(before.rgba, holeMask);
    [small, large] = [shrinkToSide(before, mostSide), shrinkToSide(after, mostSide)];
  }
  return {
    input,
    beforeUrl: await pictureUrl(small, codec),
    afterUrl: await pictureUrl(large, codec),
    width: large.width,
    height: large.height,
  };
}

/** The middle of an enlargement and what it was made of, both of the size of the former. */
function middles(
  before: EncodableImage,
  after: EncodableImage,
  mostSide: number,
): { small: EncodableImage; large: EncodableImage } {
  const width = Math.min(after.width, mostSide);
  const height = Math.min(after.height, mostSide);
  const [left, top] = [(after.width - width) >> 1, (after.height - height) >> 1];
  const cut = (source: EncodableImage) => {
    const rgba = new Uint8ClampedArray(width * height * 4);
    const scale = [source.width / after.width, source.height / after.height] as const;
    for (let y = 0; y < height; y++) {
      const row = Math.floor((top + y + 0.5) * scale[1]) * source.width;
      for (let x = 0; x < width; x++) {
        const from = (row + Math.floor((left + x + 0.5) * scale[0])) * 4;
        for (let c = 0; c < 4; c++) rgba[(y * width + x) * 4 + c] = source.rgba[from + c]!;
      }
    }
    return { width, height, rgba };
  };
  return { small: cut(before), large: cut(after) };
}

function paintHole(rgba: EncodableImage["rgba"], holeMask: Uint8Array): void {
  for (let i = 0; i < holeMask.length; i++) {
    if (holeMask[i] === 1) rgba.set([...HOLE_COLOUR, 255], i * 4);
  }
}
