/**
 * The chunks of text of a PNG.
 * @module
 */
import { inflateSync } from "node:zlib";
import { joinBytes, latin1Bytes, latin1Text } from "./join_bytes.ts";
import type { TextChunk } from "./picture_metadata.ts";

/** A text that has been opened. */
export interface OpenedText {
  readonly keyword: string;
  /** Latin-1 in `tEXt` and `zTXt`, UTF-8 in `iTXt`. */
  readonly text: Uint8Array;
}

/** Keyword of XMP. */
export const XMP_KEYWORD = "XML:com.adobe.xmp";

/**
 * Opens a chunk of text.
 *
 * @param limit Most bytes that are inflated.
 * @returns Undefined if it is damaged or larger.
 *
 * Source: PNG (ISO 15948) 11.3.4.
 */
export function openText({ type, data }: TextChunk, limit: number): OpenedText | undefined {
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 1 || keywordEnd > 79) return undefined;
  const keyword = latin1Text(data.subarray(0, keywordEnd));
  if (type === "tEXt") return { keyword, text: data.subarray(keywordEnd + 1) };
  const isCompressed = type === "zTXt" || data[keywordEnd + 1] === 1;
  let at = keywordEnd + 2;
  if (type === "iTXt") {
    // Compression method, language, translated keyword.
    const language = data.indexOf(0, at + 1);
    const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
    if (translated < 0) return undefined;
    at = translated + 1;
  }
  const text = isCompressed ? inflated(data.subarray(at), limit) : data.subarray(at);
  return text === undefined ? undefined : { keyword, text };
}

/** Inflates at most `limit` bytes; undefined if there are more, or the data is damaged. */
export function inflated(data: Uint8Array, limit: number): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(inflateSync(data, { maxOutputLength: limit }));
  } catch {
    return undefined;
  }
}

/** Content of an `iTXt` without compression, language or translation. */
export function internationalText(keyword: string, utf8: Uint8Array): Uint8Array<ArrayBuffer> {
  return joinBytes([latin1Bytes(keyword), [0, 0, 0, 0, 0], utf8]);
}

/** A comment as chunk of text: `tEXt` if it is ASCII, else `iTXt`, read as UTF-8 or, if it is none, Latin-1. */
export function commentText(comment: Uint8Array): TextChunk {
  if (comment.every((byte) => byte !== 0 && byte < 0x80)) {
    return { type: "tEXt", data: joinBytes([latin1Bytes("Comment\0"), comment]) };
  }
  const clean = comment.filter((byte) => byte !== 0);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(clean);
  } catch {
    text = latin1Text(clean);
  }
  return { type: "iTXt", data: internationalText("Comment", new TextEncoder().encode(text)) };
}
