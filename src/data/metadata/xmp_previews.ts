/**
 * Small pictures inside an XMP packet.
 * @module
 */
import { latin1Bytes, latin1Text } from "./join_bytes.ts";

/** Elements whose content is a picture or a list of them, with the prefixes in use. */
const ELEMENTS = ["xmp:Thumbnails", "xap:Thumbnails", "photoshop:Thumbnails"];
/** Properties with a whole picture in base64, or the MD5 of a second packet that holds one. */
const PROPERTIES = ["xmpNote:HasExtendedXMP", "GImage:Data", "GDepth:Data"];

/**
 * Takes thumbnails, embedded originals and the reference to a second packet out.
 *
 * @param xmp Packet, UTF-8.
 * @returns A copy.
 */
export function withoutXmpPreviews(xmp: Uint8Array): Uint8Array<ArrayBuffer> {
  let text = latin1Text(xmp);
  for (const name of [...ELEMENTS, ...PROPERTIES]) text = cut(text, `<${name}`, `</${name}>`);
  for (const name of PROPERTIES) {
    text = cut(text, `${name}="`, '"');
    text = cut(text, `${name}='`, "'");
  }
  return latin1Bytes(text);
}

/** Takes every stretch from `start` to `end` out; one that does not end stays. */
function cut(text: string, start: string, end: string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const at = text.indexOf(start, from);
    const stop = at < 0 ? -1 : text.indexOf(end, at + start.length);
    if (stop < 0) break;
    parts.push(text.slice(from, at));
    from = stop + end.length;
  }
  return parts.join("") + text.slice(from);
}
