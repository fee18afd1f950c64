/**
 * The directories of a TIFF file, which are also those of an EXIF block: tags with their values.
 * @module
 */

/** One tag. */
export interface TiffField {
  /** Tag number. */
  readonly tag: number;
  /** Type number of TIFF 6.0, 1 to 13. */
  readonly type: number;
  /** Number of values. */
  readonly count: number;
  /** The values as they are stored, in the byte order of the file; a view, not a copy. */
  readonly bytes: Uint8Array;
}

/** One directory. */
export interface TiffDirectory {
  /** Fields by tag; of a tag that occurs twice, the first. */
  readonly fields: ReadonlyMap<number, TiffField>;
  /** Offset of the next directory, 0 after the last. */
  readonly next: number;
}

/** A file that begins with a byte order mark. */
export interface TiffSource {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** True for `II`, false for `MM`. */
  readonly little: boolean;
  /** Offset of the first directory. */
  readonly first: number;
}

/** Bytes of one value by type number: BYTE, ASCII, SHORT, LONG, RATIONAL, signed ones, FLOAT, DOUBLE, IFD. */
const TYPE_BYTES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

/** Tags of a directory that are read at most; real files have a few dozen. */
const MOST_FIELDS = 4096;

/**
 * Reads the eight bytes in front of a TIFF file or EXIF block.
 *
 * @throws {SyntaxError} If it is no TIFF, or a BigTIFF, whose offsets have 64 bits.
 * @throws {RangeError} If it ends too early.
 *
 * Source: TIFF 6.0, section 2.
 */
export function openTiff(bytes: Uint8Array): TiffSource {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) throw new SyntaxError("TIFF has no byte order mark");
  const little = order === 0x4949;
  const version = view.getUint16(2, little);
  if (version === 43) throw new SyntaxError("TIFF is a BigTIFF, must be a classic one below 4 GiB");
  if (version !== 42) throw new SyntaxError(`TIFF has version ${version}, must be 42`);
  return { bytes, view, little, first: view.getUint32(4, little) };
}

/**
 * Reads one directory. Values are not copied, so that a false count costs nothing.
 *
 * @param at Offset of the directory.
 * @throws {RangeError} If the directory or a value lies outside the file.
 * @throws {SyntaxError} If it has an absurd number of fields.
 */
export function readTiffDirectory({ bytes, view, little }: TiffSource, at: number): TiffDirectory {
  const fields = new Map<number, TiffField>();
  const count = view.getUint16(at, little);
  if (count > MOST_FIELDS) {
    throw new SyntaxError(`TIFF has ${count} tags in a directory, must be at most ${MOST_FIELDS}`);
  }
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + 12 * i;
    const tag = view.getUint16(entry, little);
    const type = view.getUint16(entry + 2, little);
    const values = view.getUint32(entry + 4, little);
    const size = (TYPE_BYTES[type] ?? 0) * values;
    if (size === 0 || fields.has(tag)) continue; // a type of the future, or nothing
    const start = size <= 4 ? entry + 8 : view.getUint32(entry + 8, little);
    if (start + size > bytes.length) throw new RangeError(`TIFF tag ${tag} ends behind the file`);
    fields.set(tag, { tag, type, count: values, bytes: bytes.subarray(start, start + size) });
  }
  return { fields, next: view.getUint32(at + 2 + 12 * count, little) };
}

/**
 * Whole numbers of a field.
 *
 * @param most Largest number of values that is taken.
 * @returns Undefined if the tag is absent or is no BYTE, SHORT, LONG or IFD.
 * @throws {SyntaxError} If there are more values than `most`.
 */
export function readTiffNumbers(
  { little }: Pick<TiffSource, "little">,
  { field, most }: { readonly field: TiffField | undefined; readonly most: number },
): Uint32Array | undefined {
  if (field === undefined || ![1, 3, 4, 13].includes(field.type)) return undefined;
  const { tag, type, count, bytes } = field;
  if (count > most) throw new SyntaxError(`TIFF tag ${tag} has ${count} values, at most ${most}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    numbers[i] = type === 1
      ? bytes[i]!
      : type === 3
      ? view.getUint16(2 * i, little)
      : view.getUint32(4 * i, little);
  }
  return numbers;
}
