/**
 * Metadata for an AVIF, whose encoder takes none.
 * @module
 */
import { type AvifItems, readAvifItems } from "../avif/avif_items.ts";
import { type IsoBox, listIsoBoxes } from "../avif/iso_boxes.ts";
import { exifOfDensity } from "./density.ts";
import { joinBytes, latin1Bytes } from "./join_bytes.ts";
import type { PictureMetadata } from "./picture_metadata.ts";

/** A block that becomes an item of the file. */
interface NewItem {
  readonly id: number;
  /** Type, name and, of XMP, content type. */
  readonly words: string;
  readonly data: Uint8Array;
}

/** A box that is written anew, by its type. */
type Rewrite = (content: Uint8Array) => Uint8Array;

/**
 * Adds Exif, XMP and a colour profile to a file that libavif has just made and that has none. Pixels stay bit for bit:
 * boxes in front of them grow, blocks are put behind them.
 *
 * @throws {SyntaxError} If the file is no AVIF.
 * @throws {Error} If its boxes are not of the versions that libavif writes.
 *
 * Source: ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, 6.5.5 and annex A.
 */
export function writeAvifMetadata(
  bytes: Uint8Array,
  { exif: ownExif, icc, xmp, dpi }: PictureMetadata,
): Uint8Array<ArrayBuffer> {
  const exif = ownExif ?? (dpi && exifOfDensity(dpi));
  if ((exif ?? icc ?? xmp) === undefined) return new Uint8Array(bytes);
  const found = readAvifItems(bytes);
  const firstId = Math.max(...found.items.keys()) + 1;
  const items: NewItem[] = [
    // The block stands behind its distance to the byte order mark.
    ...exif === undefined
      ? []
      : [{ id: firstId, words: "ExifExif\0", data: joinBytes([bytes32(0), exif]) }],
    ...xmp === undefined
      ? []
      : [{ id: firstId + 1, words: "mimeXMP\0application/rdf+xml\0", data: xmp }],
  ];
  const primary = found.primary.id;
  const meta = (shift: number, dataAt: number) =>
    rebuiltMeta(bytes, {
      iinf: (content) => appendInfos(content, items),
      iloc: () => places(found, { items, shift, dataAt }),
      iref: (content) => joinBytes([content, ...items.map(({ id }) => reference(id, primary))]),
      iprp: (content) => icc === undefined ? content : withProfile(content, icc, primary),
    });
  // The length of the box does not depend on the offsets in it.
  const { start, end, content: trial } = meta(0, 0);
  const shift = trial.length - (end - start);
  const { content } = meta(shift, bytes.length + shift + 8);
  const data = joinBytes(items.map((item) => item.data));
  return joinBytes([
    bytes.subarray(0, start),
    content,
    bytes.subarray(end),
    ...items.length === 0 ? [] : [box("mdat", data)],
  ]);
}

/** The meta box with others inside, and its place in the old file. */
function rebuiltMeta(
  bytes: Uint8Array,
  rewrites: Readonly<Record<"iinf" | "iloc" | "iref" | "iprp", Rewrite>>,
): { start: number; end: number; content: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const meta = listIsoBoxes(view, { start: 0, end: bytes.length })
    .find(({ type }) => type === "meta")!;
  const boxes = listIsoBoxes(view, { start: meta.start + 4, end: meta.end });
  const parts = boxes.map((old) => {
    const content = contentOf(bytes, old);
    const isRewritten = Object.hasOwn(rewrites, old.type);
    return box(
      old.type,
      isRewritten ? rewrites[old.type as keyof typeof rewrites](content) : content,
    );
  });
  if (!boxes.some(({ type }) => type === "iref")) {
    const references = rewrites.iref(new Uint8Array(4));
    if (references.length > 4) parts.push(box("iref", references));
  }
  const content = box("meta", joinBytes([[0, 0, 0, 0], ...parts]));
  return { start: meta.start - 8, end: meta.end, content };
}

/** Entries of items behind those that are there. */
function appendInfos(iinf: Uint8Array, items: readonly NewItem[]): Uint8Array {
  requireVersion(iinf, 0, "iinf");
  const whole = joinBytes([
    iinf,
    ...items.map(({ id, words }) =>
      box("infe", joinBytes([[2, 0, 0, 0], bytes16(id), [0, 0], latin1Bytes(words)]))
    ),
  ]);
  const view = new DataView(whole.buffer);
  view.setUint16(4, view.getUint16(4) + items.length);
  return whole;
}

/** Where all items lie, in 32 bits from the start of the file. */
function places(
  { items: old }: AvifItems,
  { items, shift, dataAt }: {
    readonly items: readonly NewItem[];
    readonly shift: number;
    readonly dataAt: number;
  },
): Uint8Array {
  const entries: (Uint8Array | number[])[] = [];
  const add = (id: number, extents: readonly { start: number; length: number }[]) => {
    entries.push(bytes16(id), [0, 0], bytes16(extents.length));
    for (const { start, length } of extents) entries.push(bytes32(start), bytes32(length));
  };
  for (const [id, { extents }] of old) {
    add(id, extents.map(({ start, length }) => ({ start: start + shift, length })));
  }
  let start = dataAt;
  for (const { id, data } of items) {
    add(id, [{ start, length: data.length }]);
    start += data.length;
  }
  return joinBytes([[0, 0, 0, 0, 0x44, 0], bytes16(old.size + items.length), ...entries]);
}

/** Says that an item describes the picture. */
function reference(id: number, primary: number): Uint8Array {
  return box("cdsc", joinBytes([bytes16(id), bytes16(1), bytes16(primary)]));
}

/** Adds a profile to the list of properties, and its number to those of the picture. */
function withProfile(iprp: Uint8Array, icc: Uint8Array, primary: number): Uint8Array {
  const view = new DataView(iprp.buffer, iprp.byteOffset, iprp.byteLength);
  let index = 0;
  return joinBytes(
    listIsoBoxes(view, { start: 0, end: iprp.length }).map((old) => {
      const content = contentOf(iprp, old);
      if (old.type === "ipco") {
        index = listIsoBoxes(view, old).length + 1;
        return box(
          "ipco",
          joinBytes([content, box("colr", joinBytes([latin1Bytes("prof"), icc]))]),
        );
      }
      return box(
        old.type,
        old.type === "ipma" ? withAssociation(content, index, primary) : content,
      );
    }),
  );
}

function withAssociation(ipma: Uint8Array, index: number, primary: number): Uint8Array {
  requireVersion(ipma, 0, "ipma");
  const view = new DataView(ipma.buffer, ipma.byteOffset, ipma.byteLength);
  const isShort = view.getUint32(0) === 0 && index < 128;
  let at = 8;
  while (isShort && at + 3 <= ipma.length) {
    const end = at + 3 + ipma[at + 2]!;
    if (view.getUint16(at) === primary) {
      const whole = joinBytes([ipma.subarray(0, end), [index], ipma.subarray(end)]);
      whole[at + 2]!++;
      return whole;
    }
    at = end;
  }
  throw new Error("Cannot write metadata: AVIF associates properties in a way that is not known");
}

function requireVersion(content: Uint8Array, version: number, type: string): void {
  if (content[0] === version) return;
  throw new Error(
    `Cannot write metadata: AVIF has a ${type} of version ${content[0]}, must be ${version}`,
  );
}

function contentOf(bytes: Uint8Array, { start, end }: IsoBox): Uint8Array {
  return bytes.subarray(start, end);
}

function box(type: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return joinBytes([bytes32(content.length + 8), latin1Bytes(type), content]);
}

function bytes16(value: number): number[] {
  return [value >> 8 & 0xff, value & 0xff];
}

function bytes32(value: number): number[] {
  return [value >>> 24, value >> 16 & 0xff, ...bytes16(value)];
}
