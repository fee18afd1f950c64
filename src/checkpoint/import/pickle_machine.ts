/**
 * The stack machine that a Python pickle is a program for, without the parts that run code.
 * @module
 */
import type { ByteCursor } from "./byte_cursor.ts";
import type { Refuse } from "./refusal.ts";

/** A value of a pickle. Lists and tuples are arrays; integers beyond 2^53 are bigint. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleGlobal
  | PickleObject;

/** Something a pickle refers to by name. */
export interface PickleGlobal {
  readonly kind: "global";
  /** Module and name: "collections.OrderedDict". */
  readonly name: string;
  /** Makes the object that the pickle asks for; absent if the name alone has a meaning. */
  readonly make?: (args: readonly PickleValue[]) => PickleValue;
}

/** What a {@linkcode PickleGlobal} made, if it is no plain value. */
export interface PickleObject {
  readonly kind: "object";
  /** Takes the state that the pickle gives after making. */
  readonly setState: (state: PickleValue) => void;
}

/** State of the machine. */
export interface PickleMachine {
  readonly cursor: ByteCursor;
  readonly stack: PickleValue[];
  /** Heights of the stack at the open marks. */
  readonly marks: number[];
  readonly memo: Map<number, PickleValue>;
  readonly refuse: Refuse;
  /** Everything that the pickle may name. */
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  /** Turns a persistent id into a value; absent if there must be none. */
  readonly load: ((id: PickleValue) => PickleValue) | undefined;
}

/** Ends the reading: the pickle contradicts itself. */
export function damaged({ cursor, refuse }: PickleMachine, what: string): never {
  return refuse(`pickle is damaged at byte ${cursor.at - 1}: ${what}`);
}

/** Takes the top value; values below an open mark are out of reach. */
export function pop(machine: PickleMachine): PickleValue {
  const { stack, marks } = machine;
  if (stack.length <= (marks.at(-1) ?? 0)) damaged(machine, "a value is missing");
  return stack.pop()!;
}

/** Looks at the top value. */
export function top(machine: PickleMachine): PickleValue {
  const value = pop(machine);
  machine.stack.push(value);
  return value;
}

/** Takes all values above the last mark, and the mark. */
export function popToMark(machine: PickleMachine): PickleValue[] {
  const height = machine.marks.pop() ?? damaged(machine, "a mark is missing");
  return machine.stack.splice(height);
}

/** Takes the last `count` values, in the order they were pushed. */
export function popMany(machine: PickleMachine, count: number): PickleValue[] {
  return Array.from({ length: count }, () => pop(machine)).reverse();
}

/** Adds values to the list on top. */
export function append(machine: PickleMachine, values: readonly PickleValue[]): void {
  const list = top(machine);
  if (!Array.isArray(list)) return damaged(machine, "appends to what is no list");
  for (const value of values) list.push(value);
}

/** Sets keys and values, in turn, in the dictionary on top. */
export function setItems(machine: PickleMachine, items: readonly PickleValue[]): void {
  const map = top(machine);
  if (!(map instanceof Map)) return damaged(machine, "sets an item of what is no dictionary");
  if (items.length % 2 !== 0) damaged(machine, "a key has no value");
  for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
}

/** Pushes a value that was remembered. */
export function recall(machine: PickleMachine, key: number): void {
  const value = machine.memo.get(key);
  machine.stack.push(value === undefined ? damaged(machine, "a memory is missing") : value);
}

/** Pushes what a name stands for. The only names there are, are those that the caller listed. */
export function pushGlobal(machine: PickleMachine, module: PickleValue, name: PickleValue): void {
  if (typeof module !== "string" || typeof name !== "string") {
    return damaged(machine, "a name is no text");
  }
  const full = `${module}.${name}`;
  machine.stack.push(
    machine.globals.get(full) ?? machine.refuse(
      `it asks for ${
        JSON.stringify(full.slice(0, MOST_SHOWN))
      }, must hold only tensors, numbers, ` +
        "text, lists and dictionaries",
      { hint: 'Save only the numbers in PyTorch: torch.save(model.state_dict(), "weights.pth")' },
    ),
  );
}

/** Longest name that a message repeats. */
const MOST_SHOWN = 100;

/** Makes an object from a name and arguments: both of the opcodes that call something. */
export function make(machine: PickleMachine): void {
  const args = pop(machine);
  const global = pop(machine);
  if (!Array.isArray(args)) return damaged(machine, "arguments are no tuple");
  if (!isKind(global, "global")) return damaged(machine, "calls what is no name");
  if (global.make === undefined) return damaged(machine, `calls "${global.name}"`);
  machine.stack.push(global.make(args));
}

/** Gives an object its state. The attributes of a dictionary carry no numbers and are dropped. */
export function build(machine: PickleMachine): void {
  const state = pop(machine);
  const object = top(machine);
  if (object instanceof Map) return;
  if (!isKind(object, "object")) return damaged(machine, "gives a state to a plain value");
  object.setState(state);
}

/** Pushes what a reference out of the pickle stands for. */
export function persistent(machine: PickleMachine, id: PickleValue): void {
  const { load, refuse } = machine;
  machine.stack.push(load === undefined ? refuse("pickle refers to something outside") : load(id));
}

/** True for a name, or for an object that a name made. */
export function isKind<K extends "global" | "object">(
  value: PickleValue,
  kind: K,
): value is Extract<PickleGlobal | PickleObject, { readonly kind: K }> {
  return value !== null && typeof value === "object" && "kind" in value && value.kind === kind;
}
