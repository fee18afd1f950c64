/**
 * Shared memory in which a job goes to the engine's leader and its answer comes back.
 * @module
 */
import type { ForwardRequest } from "../types.ts";

/** What tells a job's place and parts; goes from thread to thread. */
export interface JobSlot {
  readonly buffer: SharedArrayBuffer;
  readonly height: number;
  readonly width: number;
  readonly hasWanted: boolean;
  /** Numbers of each given level of the fill; empty if there are none. */
  readonly fillLengths: readonly number[];
}

/** Where the parts of a job lie; numbers first, so that they are aligned. */
function partsOf({ height, width, fillLengths }: Omit<JobSlot, "buffer">) {
  const pixels = height * width;
  const fills = fillLengths.reduce((sum, length) => sum + length, 0);
  const output = pixels * 12;
  const firstFill = 2 * output;
  const validMask = firstFill + fills * 4;
  return { pixels, output, firstFill, validMask, bytes: validMask + 2 * pixels };
}

/** Slots that are used again: fresh memory costs more than the copy into it. */
export class SlotPool {
  #free: SharedArrayBuffer[] = [];

  /** Copies a request into a slot. */
  put({ height, width, rgb01, validMask, wanted, fills = [] }: ForwardRequest): JobSlot {
    const shape = {
      ...{ height, width },
      hasWanted: wanted !== undefined,
      fillLengths: fills.map(({ length }) => length),
    };
    const { pixels, firstFill, bytes, validMask: mask } = partsOf(shape);
    // Those of other sizes are let go: pictures of one size tend to come together.
    this.#free = this.#free.filter(({ byteLength }) => byteLength === bytes);
    const buffer = this.#free.pop() ?? new SharedArrayBuffer(bytes);
    new Float32Array(buffer, 0, pixels * 3).set(rgb01);
    let at = firstFill;
    for (const fill of fills) {
      new Float32Array(buffer, at, fill.length).set(fill);
      at += fill.byteLength;
    }
    new Uint8Array(buffer, mask, pixels).set(validMask);
    if (wanted !== undefined) new Uint8Array(buffer, mask + pixels, pixels).set(wanted);
    return { buffer, ...shape };
  }

  /**
   * Takes the answer out of a slot, which is free then.
   *
   * @returns `[height, width, 3]`, a copy; rows are copied as far as something is wanted in them, and are 0 elsewhere.
   */
  take(slot: JobSlot): Float32Array {
    const { height, width } = slot;
    const { wanted } = requestOf(slot);
    const output = outputOf(slot);
    this.#free.push(slot.buffer);
    if (wanted === undefined) return new Float32Array(output);
    // Memory that nobody writes to is never made: only what is wanted costs.
    const answer = new Float32Array(output.length);
    for (let y = 0; y < height; y++) {
      const row = wanted.subarray(y * width, (y + 1) * width);
      const first = row.indexOf(1);
      if (first === -1) continue;
      const [from, to] = [y * width + first, y * width + row.lastIndexOf(1) + 1];
      answer.set(output.subarray(from * 3, to * 3), from * 3);
    }
    return answer;
  }
}

/** The request in a slot; nothing is copied. */
export function requestOf(slot: JobSlot): ForwardRequest {
  const { buffer, height, width, hasWanted, fillLengths } = slot;
  const { pixels, firstFill, validMask } = partsOf(slot);
  let at = firstFill;
  const fills = fillLengths.map((length) => {
    const fill = new Float32Array(buffer, at, length);
    at += length * 4;
    return fill;
  });
  return {
    ...{ height, width },
    rgb01: new Float32Array(buffer, 0, pixels * 3),
    validMask: new Uint8Array(buffer, validMask, pixels),
    ...(hasWanted ? { wanted: new Uint8Array(buffer, validMask + pixels, pixels) } : {}),
    ...(fills.length > 0 ? { fills } : {}),
  };
}

/** Where the answer goes, `[height, width, 3]`. */
export function outputOf(slot: JobSlot): Float32Array {
  const { pixels, output } = partsOf(slot);
  return new Float32Array(slot.buffer, output, pixels * 3);
}
