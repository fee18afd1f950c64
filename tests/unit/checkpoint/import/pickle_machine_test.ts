import assert from "node:assert/strict";
import { readPickle } from "../../../../src/checkpoint/import/pickle.ts";
import {
  isKind,
  type PickleGlobal,
  type PickleObject,
  type PickleValue,
} from "../../../../src/checkpoint/import/pickle_machine.ts";
import { refuseWeights } from "../../../../src/checkpoint/import/refusal.ts";
import { WeightsError } from "../../../../src/errors.ts";
import { type BytePart, bytesOf } from "../../../support/foreign_bytes.ts";

const refuse = refuseWeights("a.pkl");
const states: PickleValue[] = [];
const made: PickleObject = { kind: "object", setState: (state) => void states.push(state) };
const globals = new Map<string, PickleGlobal>([
  ["m.sum", {
    kind: "global",
    name: "m.sum",
    make: (args) => args.map(Number).reduce((a, b) => a + b),
  }],
  ["m.object", { kind: "global", name: "m.object", make: () => made }],
  ["m.name", { kind: "global", name: "m.name" }],
]);

function read(...parts: readonly BytePart[]): PickleValue {
  return readPickle(bytesOf(...parts, "."), { refuse, globals }).value;
}

function assertRefused(pattern: RegExp, ...parts: readonly BytePart[]): void {
  assert.throws(() => read(...parts), (error) => {
    assert.ok(error instanceof WeightsError, String(error));
    assert.match(error.message, pattern);
    return true;
  });
}

Deno.test("make() calls what the caller listed, by all opcodes that call", () => {
  assert.equal(read("cm\nsum\nK", 2, "K", 3, 0x86, "R"), 5);
  assert.equal(read("cm\nsum\nK", 2, "K", 3, 0x86, 0x81), 5);
  assert.equal(read(0x8c, 1, "m", 0x8c, 3, "sum", 0x93, "K", 4, 0x85, "R"), 4);
});

Deno.test("pushGlobal() refuses every other name and says it", () => {
  const asks = /^Cannot read weights "a\.pkl": it asks for "os\.system", must hold only tensors/;
  assertRefused(asks, "cos\nsystem\n");
  assertRefused(asks, 0x8c, 2, "os", 0x8c, 6, "system", 0x93);
  // Names that an object literal would have.
  assertRefused(/it asks for "\.constructor"/, "c\nconstructor\n");
  assertRefused(/it asks for "__proto__\.x"/, "c__proto__\nx\n");
  assertRefused(/it asks for "x{100}"/, `c${"x".repeat(5000)}\ny\n`);
  assertRefused(/a name is no text/, "K", 1, "K", 2, 0x93);
});

Deno.test("make() refuses to call names without a meaning, plain values and without arguments", () => {
  assertRefused(/calls "m\.name"/, "cm\nname\n)R");
  assertRefused(/calls what is no name/, "K", 1, ")R");
  assertRefused(/arguments are no tuple/, "cm\nsum\nK", 1, "R");
});

Deno.test("build() gives a state to an object, drops that of a dictionary, refuses others", () => {
  states.length = 0;
  assert.equal(read("cm\nobject\n)RK", 7, "b"), made);
  assert.deepEqual(states, [7]);
  assert.deepEqual(read("}}X", 1, 0, 0, 0, "aNsb"), new Map());
  assertRefused(/gives a state to a plain value/, "K", 1, "K", 2, "b");
});

Deno.test("persistent() asks the caller, and refuses if there is none to ask", () => {
  const load = (id: PickleValue) => [id, "loaded"];
  const bytes = bytesOf("K", 5, "Q.");
  assert.deepEqual(readPickle(bytes, { refuse, globals, load }).value, [5, "loaded"]);
  assertRefused(/pickle refers to something outside/, "K", 5, "Q");
});

Deno.test("isKind() tells names and objects from plain values", () => {
  assert.equal(isKind(globals.get("m.sum")!, "global"), true);
  assert.equal(isKind(made, "object"), true);
  for (const value of [null, 1, "global", [], new Map(), made]) {
    assert.equal(isKind(value, "global"), false);
  }
});
