/**
 * Writes the body of a WebAssembly function.
 * @module
 */

/** Value types as the binary format spells them. */
export const TYPE = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

/** A value type. */
export type ValueType = keyof typeof TYPE;

/** A local variable of a function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** A whole number as LEB128, unsigned. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 0x7f;
    value >>>= 7;
    if (value === 0) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** A whole number of 32 bits as LEB128, signed. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    const isDone = (value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0);
    if (isDone) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

/** Instructions without operands in the code. */
const PLAIN = {
  "i32.eqz": [0x45],
  "i32.lt_u": [0x49],
  "i32.lt_s": [0x48],
  "i32.ge_s": [0x4e],
  "i32.add": [0x6a],
  "i32.sub": [0x6b],
  "i32.mul": [0x6c],
  "i32.and": [0x71],
  "i32.shl": [0x74],
  "i32.shr_u": [0x76],
  "select": [0x1b],
  "f32x4.splat": [0xfd, 0x13],
  "f32x4.add": [0xfd, ...unsigned(0xe4)],
  "f32x4.mul": [0xfd, ...unsigned(0xe6)],
  "f32x4.pmax": [0xfd, ...unsigned(0xeb)],
  /** a·b + c, rounded once where the processor can, else twice. */
  "f32x4.relaxed_madd": [0xfd, ...unsigned(0x105)],
  "i32.le_u": [0x4d],
  "i32.le_s": [0x4c],
  "f32x4.extract_lane 0": [0xfd, 0x1f, 0],
  "f32x4.extract_lane 1": [0xfd, 0x1f, 1],
  "f32x4.extract_lane 2": [0xfd, 0x1f, 2],
  "f32x4.extract_lane 3": [0xfd, 0x1f, 3],
  "f32x4.eq": [0xfd, 0x41],
  "v128.and": [0xfd, 0x4e],
  "v128.andnot": [0xfd, 0x4f],
  "v128.or": [0xfd, 0x50],
  "f32x4.sqrt": [0xfd, ...unsigned(0xe3)],
  "f32x4.sub": [0xfd, ...unsigned(0xe5)],
  "f32x4.div": [0xfd, ...unsigned(0xe7)],
  "i32.shr_s": [0x75],
  "f32.eq": [0x5b],
} as const;

/** Loads and stores; the address is on the stack, a constant may be added to it. */
const MEMORY = {
  "i32.load": [0x28],
  "i32.store": [0x36],
  "f32.load": [0x2a],
  "v128.load": [0xfd, 0x00],
  "v128.load32_splat": [0xfd, 0x09],
  "v128.store": [0xfd, 0x0b],
  "f32.store": [0x38],
} as const;

/** One function: parameters, locals, instructions. Stack code is written in order; `loop` nests. */
export class FunctionCode {
  readonly #parameters: ValueType[];
  readonly #locals: ValueType[] = [];
  readonly #bytes: number[] = [];

  /** @param parameters Of the function; they are its first locals. */
  constructor(parameters: readonly ValueType[]) {
    this.#parameters = [...parameters];
  }

  /** The parameters as locals. */
  get parameters(): Local[] {
    return this.#parameters.map((type, index) => ({ index, type }));
  }

  /** Declares a local, 0 at first. */
  local(type: ValueType): Local {
    this.#locals.push(type);
    return { index: this.#parameters.length + this.#locals.length - 1, type };
  }

  /** Pushes a local. */
  get({ index }: Local): this {
    this.#bytes.push(0x20, ...unsigned(index));
    return this;
  }

  /** Pops into a local. */
  set({ index }: Local): this {
    this.#bytes.push(0x21, ...unsigned(index));
    return this;
  }

  /** Copies the top of the stack into a local. */
  tee({ index }: Local): this {
    this.#bytes.push(0x22, ...unsigned(index));
    return this;
  }

  /** Pushes an i32. */
  constant(value: number): this {
    this.#bytes.push(0x41, ...signed(value));
    return this;
  }

  /** Pushes four zeros. */
  zeros(): this {
    this.#bytes.push(0xfd, 0x0c, ...new Array<number>(16).fill(0));
    return this;
  }

  /** Pushes four times the same number. */
  vector(value: number): this {
    const bytes = new Uint8Array(Float32Array.of(value, value, value, value).buffer);
    this.#bytes.push(0xfd, 0x0c, ...bytes);
    return this;
  }

  /** Pushes an f32 of 0. */
  zeroF32(): this {
    this.#bytes.push(0x43, 0, 0, 0, 0);
    return this;
  }

  /** Takes the lanes 0 to 2 of the first vector on the stack and lane 3 of the second. */
  joinLanes(): this {
    const lanes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 28, 29, 30, 31];
    this.#bytes.push(0xfd, 0x0d, ...lanes);
    return this;
  }

  /** Writes an instruction without operands. */
  plain(name: keyof typeof PLAIN): this {
    this.#bytes.push(...PLAIN[name]);
    return this;
  }

  /** Writes a load or store. @param offset In bytes. */
  memory(name: keyof typeof MEMORY, offset = 0): this {
    this.#bytes.push(...MEMORY[name], 2, ...unsigned(offset));
    return this;
  }

  /** `local += value`. */
  increase(local: Local, value: number | Local): this {
    this.get(local);
    if (typeof value === "number") this.constant(value);
    else this.get(value);
    return this.plain("i32.add").set(local);
  }

  /** Repeats `body` while `condition`, which pushes an i32, is not 0; the body runs once at least. */
  repeat(body: () => void, condition: () => void): this {
    this.#bytes.push(0x03, 0x40);
    body();
    condition();
    this.#bytes.push(0x0d, 0, 0x0b);
    return this;
  }

  /** Runs `body` unless the i32 on the stack is 0. */
  when(body: () => void): this {
    this.#bytes.push(0x04, 0x40);
    body();
    this.#bytes.push(0x0b);
    return this;
  }

  /** The parameters' types, for the module's list of signatures. */
  get signature(): readonly ValueType[] {
    return this.#parameters;
  }

  /** The function as the code section holds it. */
  encode(): number[] {
    const locals = this.#locals.flatMap((type) => [1, TYPE[type]]);
    const body = [...unsigned(this.#locals.length), ...locals, ...this.#bytes, 0x0b];
    return [...unsigned(body.length), ...body];
  }
}
