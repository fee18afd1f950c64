/**
 * The items of an AVIF file: pictures and metadata, with their properties and where their bytes lie.
 * @module
 */
import { bytesOf, type IsoBox, listIsoBoxes } from "./iso_boxes.ts";

/** One item. */
export interface AvifItem {
  readonly id: number;
  /** `av01` a picture, `grid` one of several, `Exif`, `mime` and others. */
  readonly type: string;
  /** What a `mime` item holds. */
  readonly contentType: string;
  /** Boxes with its properties, in the order in which they apply. */
  readonly properties: readonly IsoBox[];
  /** Places of its bytes in the file, to be put one behind the other. */
  readonly extents: readonly { readonly start: number; readonly length: number }[];
}

/** What stands in front of the pixels. */
export interface AvifItems {
  /** The picture that is shown. */
  readonly primary: AvifItem;
  readonly items: ReadonlyMap<number, AvifItem>;
  /** References: `auxl` alpha of a picture, `cdsc` metadata of one, `dimg` tiles of a grid, `prem` premultiplied. */
  readonly references: readonly {
    readonly type: string;
    readonly from: number;
    readonly to: readonly number[];
  }[];
}

const MOST_ITEMS = 4096;

/**
 * Reads the `meta` box.
 *
 * @throws {SyntaxError} If the file is no still AVIF picture, with the reason.
 * @throws {RangeError} If it is cut short.
 *
 * Source: ISO/IEC 14496-12 sections 8.11.1 to 8.11.12; ISO/IEC 23008-12 section 9.3; AVIF 1.1 section 2.
 */
export function readAvifItems(bytes: Uint8Array): AvifItems {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const meta = findMeta(view);
  const inside = new Map<string, IsoBox>();
  for (const box of listIsoBoxes(view, { start: meta.start + 4, end: meta.end })) {
    if (!inside.has(box.type)) inside.set(box.type, box);
  }
  const need = (type: string) => {
    const box = inside.get(type);
    if (box === undefined) throw new SyntaxError(`AVIF has no "${type}" box, the file is damaged`);
    return box;
  };
  const pitm = need("pitm");
  const primaryId = view.getUint8(pitm.start) === 0
    ? view.getUint16(pitm.start + 4)
    : view.getUint32(pitm.start + 4);
  const properties = readProperties(view, need("iprp"));
  const extents = readExtents(view, need("iloc"), inside.get("idat"));
  const items = new Map<number, AvifItem>();
  for (const info of readInfos(view, need("iinf"))) {
    items.set(info.id, {
      ...info,
      properties: properties.get(info.id) ?? [],
      extents: extents.get(info.id) ?? [],
    });
  }
  const primary = items.get(primaryId);
  if (primary === undefined) {
    throw new SyntaxError("AVIF has no primary picture, the file is damaged");
  }
  const iref = inside.get("iref");
  return { primary, items, references: iref === undefined ? [] : readReferences(view, iref) };
}

/** Bytes of an item; a window if they lie in one piece. */
export function avifItemBytes(bytes: Uint8Array, { extents }: AvifItem): Uint8Array {
  const parts = extents.map(({ start, length }) => bytes.subarray(start, start + length));
  if (parts.length === 1) return parts[0]!;
  // Extents may overlap, so their sum is bounded, not only each of them.
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  if (total > bytes.length) throw new SyntaxError("AVIF has an item of more bytes than the file");
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Top-level boxes are walked up to `meta`; what follows may be cut off and is the decoder's business. */
function findMeta(view: DataView): IsoBox {
  let at = 0;
  for (let i = 0; i < 64; i++) {
    const size = view.getUint32(at);
    const large = size === 1;
    const length = large ? view.getUint32(at + 8) * 2 ** 32 + view.getUint32(at + 12) : size;
    const type = String.fromCharCode(...bytesOf(view, at + 4, 4));
    if (type === "meta") {
      const end = length === 0 ? view.byteLength : at + length;
      if (end > view.byteLength) throw new RangeError("the meta box is cut short");
      return { type, start: at + (large ? 16 : 8), end };
    }
    if (length < 8) break;
    at += length;
    if (at >= view.byteLength) throw new RangeError("the meta box is missing");
  }
  throw new SyntaxError("AVIF has no meta box, the file is damaged");
}

function readInfos(
  view: DataView,
  { start, end }: IsoBox,
): { id: number; type: string; contentType: string }[] {
  const head = view.getUint8(start) === 0 ? 6 : 8;
  const infos: { id: number; type: string; contentType: string }[] = [];
  for (const box of listIsoBoxes(view, { start: start + head, end })) {
    const version = view.getUint8(box.start);
    if (box.type !== "infe" || version < 2) continue;
    if (infos.length >= MOST_ITEMS) throw new SyntaxError(`AVIF has more than ${MOST_ITEMS} items`);
    const wide = version > 2;
    const id = wide ? view.getUint32(box.start + 4) : view.getUint16(box.start + 4);
    const at = box.start + (wide ? 10 : 8);
    const type = String.fromCharCode(...bytesOf(view, at, 4));
    const texts = bytesOf(view, at + 4, Math.max(0, Math.min(box.end - at - 4, 256)));
    const [, contentType = ""] = String.fromCharCode(...texts).split("\0");
    infos.push({ id, type, contentType: type === "mime" ? contentType : "" });
  }
  return infos;
}

function readExtents(
  view: DataView,
  { start, end }: IsoBox,
  idat: IsoBox | undefined,
): Map<number, { start: number; length: number }[]> {
  const version = view.getUint8(start);
  const sizes = view.getUint16(start + 4);
  const [offsetSize, lengthSize] = [sizes >> 12, (sizes >> 8) & 15];
  const [baseSize, indexSize] = [(sizes >> 4) & 15, version === 0 ? 0 : sizes & 15];
  let at = start + 6;
  const next = (size: number) => {
    if (at + size > end) throw new RangeError("the iloc box is cut short");
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + view.getUint8(at++);
    return value;
  };
  const wide = version < 2 ? 2 : 4;
  const count = Math.min(next(wide), MOST_ITEMS);
  const places = new Map<number, { start: number; length: number }[]>();
  for (let i = 0; i < count; i++) {
    const id = next(wide);
    const method = version === 0 ? 0 : next(2) & 15;
    next(2); // another file, which is none of ours
    const base = next(baseSize);
    const extents: { start: number; length: number }[] = [];
    for (let left = next(2); left > 0; left--) {
      next(indexSize);
      const from = base + next(offsetSize) + (method === 1 ? idat?.start ?? NaN : 0);
      const limit = method === 1 ? idat?.end ?? 0 : view.byteLength;
      const length = next(lengthSize);
      if (method < 2 && from <= limit) {
        // 0 means all; what is cut off is left to the decoder.
        extents.push({ start: from, length: length === 0 ? limit - from : length });
      }
    }
    places.set(id, extents);
  }
  return places;
}

function readProperties(view: DataView, { start, end }: IsoBox): Map<number, IsoBox[]> {
  const boxes = listIsoBoxes(view, { start, end });
  const container = boxes.find(({ type }) => type === "ipco");
  const all = container === undefined ? [] : listIsoBoxes(view, container);
  const byItem = new Map<number, IsoBox[]>();
  for (const ipma of boxes.filter(({ type }) => type === "ipma")) {
    const flags = view.getUint32(ipma.start);
    const wideId = flags >>> 24 > 0;
    const wideIndex = (flags & 1) === 1;
    let at = ipma.start + 8;
    for (let left = view.getUint32(ipma.start + 4); left > 0; left--) {
      if (at >= ipma.end || byItem.size > MOST_ITEMS) {
        throw new RangeError("the ipma box is cut short");
      }
      const id = wideId ? view.getUint32(at) : view.getUint16(at);
      at += wideId ? 4 : 2;
      const properties: IsoBox[] = [];
      const count = view.getUint8(at++);
      for (let i = 0; i < count; i++, at += wideIndex ? 2 : 1) {
        const index = wideIndex ? view.getUint16(at) & 0x7fff : view.getUint8(at) & 0x7f;
        const property = all[index - 1];
        if (property !== undefined) properties.push(property);
      }
      byItem.set(id, properties);
    }
  }
  return byItem;
}

function readReferences(view: DataView, { start, end }: IsoBox): AvifItems["references"] {
  const wide = view.getUint8(start) > 0;
  const read = (at: number) => wide ? view.getUint32(at) : view.getUint16(at);
  const step = wide ? 4 : 2;
  return listIsoBoxes(view, { start: start + 4, end }).map((box) => {
    const count = view.getUint16(box.start + step);
    if (box.start + step + 2 + count * step > box.end) {
      throw new RangeError("the iref box is cut short");
    }
    const to = Array.from({ length: count }, (_, i) => read(box.start + step + 2 + i * step));
    return { type: box.type, from: read(box.start), to };
  });
}
