/**
 * Puts WebAssembly functions together into a module.
 * @module
 */
import { type FunctionCode, TYPE, unsigned } from "./wasm_code.ts";

/** Memory that a module works on; it is imported as "env" "memory". */
export interface MemoryLimits {
  /** Pages of 64 KiB. */
  readonly initial: number;
  /** Pages of 64 KiB; needed for shared memory. */
  readonly maximum?: number;
  readonly isShared: boolean;
}

const [TYPE_SECTION, IMPORT_SECTION, FUNCTION_SECTION, EXPORT_SECTION, CODE_SECTION] = [
  ...[1, 2, 3, 7, 10],
] as const;

/**
 * Encodes a module of functions without results over an imported memory.
 *
 * @param functions By the names under which they are exported.
 * @returns The bytes of a `.wasm` file.
 *
 * Source: WebAssembly core specification, section 5.5; threads proposal for shared memories.
 */
export function encodeModule(
  functions: Readonly<Record<string, FunctionCode>>,
  { initial, maximum, isShared }: MemoryLimits,
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(functions);
  const types = entries.map(([, { signature }]) => [
    ...[0x60, ...unsigned(signature.length)],
    ...signature.map((type) => TYPE[type]),
    0,
  ]);
  const flags = (isShared ? 2 : 0) | (maximum === undefined ? 0 : 1);
  const limits = [flags, ...unsigned(initial), ...(maximum === undefined ? [] : unsigned(maximum))];
  const memory = [...text("env"), ...text("memory"), 2, ...limits];
  const exports = entries.map(([name], index) => [...text(name), 0, ...unsigned(index)]);
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(TYPE_SECTION, types),
    ...section(IMPORT_SECTION, [memory]),
    ...section(FUNCTION_SECTION, entries.map((_, index) => unsigned(index))),
    ...section(EXPORT_SECTION, exports),
    ...section(CODE_SECTION, entries.map(([, code]) => code.encode())),
  ]);
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const body = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(body.length), ...body];
}

function text(value: string): number[] {
  const bytes = [...new TextEncoder().encode(value)];
  return [...unsigned(bytes.length), ...bytes];
}
