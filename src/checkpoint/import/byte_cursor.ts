/**
 * Reading bytes from front to back.
 * @module
 */
import type { Refuse } from "./refusal.ts";

/** A place in some bytes that moves on with each read; numbers are little endian unless said otherwise. */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #refuse: Refuse;
  #at: number;

  /**
   * @param bytes Not copied.
   * @param refuse Called if a read goes beyond the end.
   * @param at Where to begin.
   */
  constructor(bytes: Uint8Array, refuse: Refuse, at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#refuse = refuse;
    this.#at = at;
  }

  /** Offset of the next byte. */
  get at(): number {
    return this.#at;
  }

  /** Unsigned, one byte. */
  u8(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  /** Unsigned, two bytes. */
  u16(): number {
    return this.#view.getUint16(this.#skip(2), true);
  }

  /** Unsigned, four bytes. */
  u32(): number {
    return this.#view.getUint32(this.#skip(4), true);
  }

  /** Signed, four bytes. */
  i32(): number {
    return this.#view.getInt32(this.#skip(4), true);
  }

  /** Unsigned, eight bytes; refused beyond 2^53, where no size or count can honestly be. */
  u64(): number {
    const value = Number(this.#view.getBigUint64(this.#skip(8), true));
    if (!Number.isSafeInteger(value)) this.#refuse(`size ${value} at byte ${this.#at - 8}`);
    return value;
  }

  /** Float64, big endian. */
  f64BigEndian(): number {
    return this.#view.getFloat64(this.#skip(8), false);
  }

  /** The next `count` bytes, a view. */
  take(count: number): Uint8Array {
    const at = this.#skip(count);
    return this.#bytes.subarray(at, at + count);
  }

  /** The bytes up to the next line feed, which is skipped. */
  lineBytes(): Uint8Array {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) this.#refuse(`file ends inside a line of text, at byte ${this.#bytes.length}`);
    const bytes = this.take(end - this.#at);
    this.#at = end + 1;
    return bytes;
  }

  /** The same as text in UTF-8. */
  line(): string {
    return new TextDecoder().decode(this.lineBytes());
  }

  /** Moves on and returns the place before. */
  #skip(count: number): number {
    const at = this.#at;
    if (count > this.#bytes.length - at) {
      this.#refuse(`file ends at byte ${this.#bytes.length}, must have ${at + count} or more`);
    }
    this.#at = at + count;
    return at;
  }
}
