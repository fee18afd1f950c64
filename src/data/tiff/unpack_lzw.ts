/**
 * The LZW of TIFF.
 * @module
 */

const CLEAR = 256;
const END = 257;
const LARGEST_TABLE = 4096;

/**
 * Unpacks one strip or tile.
 *
 * @param packed LZW codes of 9 to 12 bits, highest bit first.
 * @param length Bytes wanted; what comes after them is not read, so that the output is bounded.
 * @returns `length` bytes.
 * @throws {SyntaxError} If the codes end early or one means nothing.
 *
 * Source: TIFF 6.0, section 13. A code grows one entry early, as every writer since 1992 has it.
 * Differs: from `tiff` of image-js, which keeps strings as arrays of numbers and one table for all files.
 */
export function unpackLzw(packed: Uint8Array, length: number): Uint8Array {
  // The kind before TIFF 6.0 has its first bit lowest, so a clear code looks like this.
  if (packed[0] === 0 && (packed[1]! & 1) === 1) {
    throw new SyntaxError("TIFF is compressed with LZW of the old kind, must be that of TIFF 6.0");
  }
  const output = new Uint8Array(length);
  // An entry is the string of another code and one byte; a code below 256 is itself.
  const before = new Uint16Array(LARGEST_TABLE);
  const last = new Uint8Array(LARGEST_TABLE);
  const lengths = new Uint16Array(LARGEST_TABLE).fill(1);
  for (let code = 0; code < 256; code++) last[code] = code;
  let [size, bits, previous] = [END + 1, 9, -1];
  let [from, to, held, heldBits] = [0, 0, 0, 0];

  while (to < length) {
    while (heldBits < bits) {
      if (from >= packed.length) throw new SyntaxError("TIFF's LZW data is cut short");
      held = ((held << 8) | packed[from++]!) & 0xffffff;
      heldBits += 8;
    }
    heldBits -= bits;
    const code = (held >>> heldBits) & ((1 << bits) - 1);
    if (code === END) throw new SyntaxError("TIFF's LZW data is cut short");
    if (code === CLEAR) {
      [size, bits, previous] = [END + 1, 9, -1];
      continue;
    }
    const isNew = code === size && previous >= 0;
    if (code >= size && !isNew) throw new SyntaxError("TIFF's LZW data is damaged");
    const known = isNew ? previous : code;
    const stringEnd = to + lengths[known]!;
    let walk = known;
    for (let at = stringEnd - 1; at >= to; at--) {
      output[at] = last[walk]!; // behind the end it is dropped
      walk = before[walk]!;
    }
    const start = to;
    to = stringEnd;
    if (isNew && to < length) output[to] = output[start]!;
    if (isNew) to++;
    if (previous >= 0 && size < LARGEST_TABLE) {
      before[size] = previous;
      last[size] = output[start]!;
      lengths[size] = lengths[previous]! + 1;
      size++;
      if (size >= (1 << bits) - 1 && bits < 12) bits++;
    }
    previous = code;
  }
  return output;
}
