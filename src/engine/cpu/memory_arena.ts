/**
 * Places in a WebAssembly memory.
 * @module
 */
import { OutOfMemoryError } from "../../errors.ts";

const PAGE = 65536;

/** Alignment of every place in bytes: a cache line. */
const ALIGNMENT = 64;

/** Hands out places of a memory that grows as needed; they come back all at once. */
export class MemoryArena {
  readonly memory: WebAssembly.Memory;
  #top: number;
  /** End of all that was ever handed out. */
  #used: number;

  /** @param start First byte that may be handed out. */
  constructor(memory: WebAssembly.Memory, start: number) {
    this.memory = memory;
    this.#top = start;
    this.#used = start;
  }

  /** First byte that is free; hand it to {@linkcode release} later. */
  get top(): number {
    return this.#top;
  }

  /**
   * Hands out a place.
   *
   * @returns Its address in bytes. What it holds is anything.
   * @throws {OutOfMemoryError} If the memory cannot grow so far.
   */
  take(bytes: number): number {
    const address = Math.ceil(this.#top / ALIGNMENT) * ALIGNMENT;
    const end = address + bytes;
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / PAGE));
      } catch (cause) {
        const mebibytes = (value: number) => Math.ceil(value / 2 ** 20);
        throw new OutOfMemoryError(
          `Cannot run the network on the CPU: it needs ${mebibytes(end)} MiB, ` +
            `${mebibytes(this.memory.buffer.byteLength)} MiB could be had`,
          { cause, hint: "Give a smaller --tile" },
        );
      }
    }
    this.#top = end;
    this.#used = Math.max(this.#used, end);
    return address;
  }

  /**
   * Hands out a place that holds zeros. Memory that was never handed out does already, and is not touched: the system
   * has to find and clear every page that is.
   */
  takeZeros(bytes: number): number {
    const used = this.#used;
    const address = this.take(bytes);
    const end = Math.min(address + bytes, used);
    if (end > address) new Uint8Array(this.memory.buffer, address, end - address).fill(0);
    return address;
  }

  /** Takes back all places from an earlier `top` on. */
  release(top: number): void {
    this.#top = top;
  }
}
