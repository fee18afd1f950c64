/**
 * Lists of images with their masks and results, as text.
 * @module
 */
import { isAbsolute, normalize, sep } from "node:path";
import { InputError } from "../../errors.ts";
import { reasonOf } from "../../system_reason.ts";

/** One line of a list. */
export interface PairLine {
  /** From 1. */
  readonly line: number;
  /** As it is written. */
  readonly image: string;
  /** As it is written; undefined if the line has none. */
  readonly mask: string | undefined;
  /** A path below the folder of results; undefined if the line has none. */
  readonly output: string | undefined;
}

/** A million lines of 64 characters. */
const MOST_BYTES = 64 * 1024 * 1024;
/** More would not be read. */
const MOST_FAULTS = 20;
const HEADER = /^image(\tmask(\toutput)?)?$/i;

/**
 * Reads a list from its file.
 *
 * @throws {InputError} If it cannot be read, is too large or no UTF-8, or as {@linkcode parsePairList} does.
 */
export async function readPairList(path: string): Promise<PairLine[]> {
  let bytes: Uint8Array;
  try {
    const { size } = await Deno.stat(path);
    if (size > MOST_BYTES) {
      throw new InputError(
        `Cannot read list "${path}": it has ${size} bytes, must be at most ${MOST_BYTES}`,
      );
    }
    bytes = await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`Cannot read list "${path}": ${reasonOf(cause)}`, { cause });
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError(`Cannot read list "${path}": it is no text in UTF-8`, { cause });
  }
  return parsePairList(text, path);
}

/**
 * Parses a list: an image, its mask and the name of its result on each line, parted by tabs; the second and third
 * may be missing or empty. Empty lines, lines that start with "#" and a first line of `image`, `mask`, `output`
 * are no pairs. Lines end as on any system. Nothing is trimmed, for names may have spaces at their ends.
 *
 * @param name Of the list, for messages.
 * @throws {InputError} If any line is wrong, with one line of text for each, or if there is no pair.
 *
 * Source: the file lists of JiahuiYu/generative_inpainting, one image on a line. Differs: masks and results may
 * follow.
 */
export function parsePairList(text: string, name: string): PairLine[] {
  const pairs: PairLine[] = [];
  const faults: string[] = [];
  let isFirst = true;
  for (const [i, content] of text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/).entries()) {
    if (content === "" || content.startsWith("#")) continue;
    const isHeader = isFirst && HEADER.test(content);
    isFirst = false;
    if (isHeader) continue;
    const cells = content.split("\t");
    const [image = "", mask, output] = cells;
    const fault = faultOf(cells);
    if (fault === undefined) {
      pairs.push({ line: i + 1, image, mask: mask || undefined, output: output || undefined });
    } else faults.push(`Cannot use line ${i + 1} of "${name}": ${fault}`);
  }
  if (faults.length > MOST_FAULTS) {
    const more = faults.length - MOST_FAULTS;
    faults.splice(MOST_FAULTS, more, `Cannot use ${more} more lines of "${name}"`);
  }
  if (faults.length > 0) throw new InputError(faults.join("\n"));
  if (pairs.length === 0) throw new InputError(`Cannot find any image in list "${name}"`);
  return pairs;
}

/** What is wrong with a line, to stand behind a colon. */
function faultOf(cells: readonly string[]): string | undefined {
  const [image = "", , output = ""] = cells;
  if (cells.some((cell) => cell.includes("\0"))) return "it has a zero byte, must be text";
  if (cells.length > 3) {
    return `it has ${cells.length} columns, must be image, mask and output, parted by tabs`;
  }
  if (image === "") return "it names no image";
  if (output === "") return undefined;
  const path = normalize(output);
  const leaves = path === ".." || path.startsWith(`..${sep}`) || path.startsWith("../");
  if (isAbsolute(output) || leaves || path === "." || /[/\\]$/.test(output)) {
    return `its output is "${output}", must be a file below the folder of --output`;
  }
  return undefined;
}
