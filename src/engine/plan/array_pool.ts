/**
 * Arrays that are used again.
 * @module
 */

/** Kinds of arrays that a pool holds. */
interface Kinds {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ints: Int32Array<ArrayBuffer>;
  readonly floats: Float32Array<ArrayBuffer>;
}

const MAKE: { readonly [K in keyof Kinds]: (length: number) => Kinds[K] } = {
  bytes: (length) => new Uint8Array(length),
  ints: (length) => new Int32Array(length),
  floats: (length) => new Float32Array(length),
};

/**
 * Hands out arrays of zeros and takes them all back at once. Fresh memory costs more than the arithmetic on it: the
 * system has to find and clear every page.
 */
export class ArrayPool {
  #free = new Map<string, Kinds[keyof Kinds][]>();
  #taken = new Map<string, Kinds[keyof Kinds][]>();

  /** Hands out an array of zeros that is the caller's until {@linkcode recycle}. */
  take<K extends keyof Kinds>(kind: K, length: number): Kinds[K] {
    const key = `${kind} ${length}`;
    const again = this.#free.get(key)?.pop() as Kinds[K] | undefined;
    const array = again ?? MAKE[kind](length);
    if (again !== undefined) again.fill(0);
    const taken = this.#taken.get(key);
    if (taken === undefined) this.#taken.set(key, [array]);
    else taken.push(array);
    return array;
  }

  /** Takes back everything that was handed out; arrays that were not asked for since the last time are let go. */
  recycle(): void {
    this.#free = this.#taken;
    this.#taken = new Map();
  }
}
