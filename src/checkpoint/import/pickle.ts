/**
 * Reads Python pickles without running anything: only plain values and what the caller lists by name.
 * @module
 */
import { ByteCursor } from "./byte_cursor.ts";
import {
  append,
  build,
  damaged,
  make,
  persistent,
  type PickleGlobal,
  type PickleMachine,
  type PickleValue,
  pop,
  popMany,
  popToMark,
  pushGlobal,
  recall,
  setItems,
  top,
} from "./pickle_machine.ts";
import type { Refuse } from "./refusal.ts";

/** Options of {@linkcode readPickle}. */
export interface ReadPickleOptions {
  /** Called with what is wrong. */
  readonly refuse: Refuse;
  /** Everything that the pickle may name. */
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  /** Turns a persistent id, a reference out of the pickle, into a value. @default refused */
  readonly load?: (id: PickleValue) => PickleValue;
  /** Where the pickle begins. @default 0 */
  readonly at?: number;
}

/** No honest checkpoint comes near it; each step makes at most one small object. */
const MOST_STEPS = 2_000_000;

/**
 * Reads one pickle of protocol 0 to 5.
 *
 * @returns The value and the offset of the first byte behind it.
 * @throws {WeightsError} By `refuse`, if the pickle is damaged or names something that is not in `globals`.
 *
 * Source: CPython Lib/pickletools.py, which describes every opcode.
 */
export function readPickle(
  bytes: Uint8Array,
  { refuse, globals, load, at = 0 }: ReadPickleOptions,
): { readonly value: PickleValue; readonly end: number } {
  const cursor = new ByteCursor(bytes, refuse, at);
  const machine = { cursor, stack: [], marks: [], memo: new Map(), refuse, globals, load };
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const opcode = cursor.u8();
    if (opcode === STOP) return { value: pop(machine), end: cursor.at };
    const step = STEPS.get(opcode) ??
      refuse(`pickle has opcode 0x${opcode.toString(16)} at byte ${cursor.at - 1}, not known here`);
    step(machine);
  }
  return refuse(`pickle has more than ${MOST_STEPS} steps`);
}

function code(letter: string): number {
  return letter.charCodeAt(0);
}

const STOP = code(".");

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Text that Python 2 wrote: bytes in fact, ASCII in every checkpoint. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/** Text of protocol 0: "\u00fc" stands for "ü". */
function unescaped(text: string): string {
  return text.replace(
    /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g,
    (whole, short, long) => {
      const point = parseInt(short ?? long, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

/** Two's complement, little endian; a number where it is exact. */
function long(bytes: Uint8Array): number | bigint {
  if (bytes.length === 0) return 0;
  const digits = Uint8Array.from(bytes).reverse().toHex();
  const value = BigInt.asIntN(8 * bytes.length, BigInt(`0x${digits}`));
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** A number in digits, of protocol 0; "01" and "00" are how it writes true and false. */
function decimal(machine: PickleMachine): PickleValue {
  const text = machine.cursor.line();
  if (text === "01" || text === "00") return text === "01";
  const value = Number(text.replace(/L$/, ""));
  return Number.isNaN(value) ? damaged(machine, `${JSON.stringify(text)} is no number`) : value;
}

function quoted(machine: PickleMachine): string {
  const text = machine.cursor.line();
  const inner = /^(['"])([^\\]*)\1$/.exec(text)?.[2];
  return inner ?? damaged(machine, `${JSON.stringify(text.slice(0, 40))} is no quoted text`);
}

const push = (read: (machine: PickleMachine) => PickleValue) => (machine: PickleMachine) => {
  machine.stack.push(read(machine));
};
const remember = (key: (machine: PickleMachine) => number) => (machine: PickleMachine) => {
  machine.memo.set(key(machine), top(machine));
};
const recallBy = (key: (machine: PickleMachine) => number) => (machine: PickleMachine) =>
  recall(machine, key(machine));

/** What each opcode does, in the groups of pickletools. */
const STEPS: ReadonlyMap<number, (machine: PickleMachine) => void> = new Map([
  // Frame around the rest
  [0x80, ({ cursor }) => void cursor.u8()],
  [0x95, ({ cursor }) => void cursor.take(8)],
  // Plain values
  [code("N"), push(() => null)],
  [0x88, push(() => true)],
  [0x89, push(() => false)],
  [code("I"), push(decimal)],
  [code("L"), push(decimal)],
  [code("F"), push(decimal)],
  [code("J"), push(({ cursor }) => cursor.i32())],
  [code("K"), push(({ cursor }) => cursor.u8())],
  [code("M"), push(({ cursor }) => cursor.u16())],
  [0x8a, push(({ cursor }) => long(cursor.take(cursor.u8())))],
  [code("G"), push(({ cursor }) => cursor.f64BigEndian())],
  [code("X"), push(({ cursor }) => utf8(cursor.take(cursor.u32())))],
  [0x8c, push(({ cursor }) => utf8(cursor.take(cursor.u8())))],
  [0x8d, push(({ cursor }) => utf8(cursor.take(cursor.u64())))],
  [code("V"), push(({ cursor }) => unescaped(latin1(cursor.lineBytes())))],
  [code("S"), push(quoted)],
  [code("T"), push(({ cursor }) => latin1(cursor.take(cursor.u32())))],
  [code("U"), push(({ cursor }) => latin1(cursor.take(cursor.u8())))],
  [code("B"), push(({ cursor }) => cursor.take(cursor.u32()))],
  [code("C"), push(({ cursor }) => cursor.take(cursor.u8()))],
  // Containers
  [code("("), ({ marks, stack }) => void marks.push(stack.length)],
  [code(")"), push(() => [])],
  [code("]"), push(() => [])],
  [code("}"), push(() => new Map())],
  [code("t"), push(popToMark)],
  [code("l"), push(popToMark)],
  [0x85, push((machine) => popMany(machine, 1))],
  [0x86, push((machine) => popMany(machine, 2))],
  [0x87, push((machine) => popMany(machine, 3))],
  [code("a"), (machine) => append(machine, [pop(machine)])],
  [code("e"), (machine) => append(machine, popToMark(machine))],
  [code("s"), (machine) => setItems(machine, popMany(machine, 2))],
  [code("u"), (machine) => setItems(machine, popToMark(machine))],
  [code("d"), (machine) => {
    const items = popToMark(machine);
    machine.stack.push(new Map());
    setItems(machine, items);
  }],
  // Stack and memory
  [code("0"), (machine) => void pop(machine)],
  [code("2"), (machine) => void machine.stack.push(top(machine))],
  [code("q"), remember(({ cursor }) => cursor.u8())],
  [code("r"), remember(({ cursor }) => cursor.u32())],
  [code("p"), remember(({ cursor }) => Number(cursor.line()))],
  [0x94, remember(({ memo }) => memo.size)],
  [code("h"), recallBy(({ cursor }) => cursor.u8())],
  [code("j"), recallBy(({ cursor }) => cursor.u32())],
  [code("g"), recallBy(({ cursor }) => Number(cursor.line()))],
  // Names, calls and references
  [code("c"), (machine) => pushGlobal(machine, machine.cursor.line(), machine.cursor.line())],
  [0x93, (machine) => {
    const name = pop(machine);
    pushGlobal(machine, pop(machine), name);
  }],
  [code("R"), make],
  [0x81, make],
  [code("b"), build],
  [code("Q"), (machine) => persistent(machine, pop(machine))],
  [code("P"), (machine) => persistent(machine, machine.cursor.line())],
]);
