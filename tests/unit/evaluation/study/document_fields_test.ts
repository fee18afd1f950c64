import assert from "node:assert/strict";
import { InputError } from "../../../../src/errors.ts";
import { parseDocument } from "../../../../src/evaluation/study/document_fields.ts";

const open = (value: object) =>
  parseDocument(JSON.stringify({ format: "f", version: 1, ...value }), {
    subject: 'paper "p.json"',
    format: "f",
    version: 1,
  });

const refuses = (body: () => unknown, message: string) =>
  assert.throws(body, (error) => {
    assert.ok(error instanceof InputError);
    assert.equal(error.message, message);
    return true;
  });

Deno.test("DocumentFields reads values of the right type", () => {
  const fields = open({
    text: "a",
    texts: ["a", ""],
    whole: 3,
    amount: 0.5,
    side: "left",
    none: null,
    within: { whole: 4 },
    list: [{ text: "b" }, { text: "c" }],
  });
  assert.equal(fields.text("text"), "a");
  assert.deepEqual(fields.texts("texts"), ["a", ""]);
  assert.equal(fields.whole("whole", 3), 3);
  assert.equal(fields.amount("amount"), 0.5);
  assert.equal(fields.oneOf("side", ["left", "right"]), "left");
  assert.deepEqual([fields.isNull("none"), fields.isNull("text"), fields.isNull("x")], [
    true,
    false,
    false,
  ]);
  assert.equal(fields.object("within").whole("whole"), 4);
  assert.deepEqual(fields.objects("list").map((one) => one.text("text")), ["b", "c"]);
});

Deno.test("DocumentFields says in a line what is wrong where", () => {
  const fields = open({ a: "", b: 1.5, c: -1, d: [{ e: { f: "x".repeat(99) } }, 3], g: [1] });
  const start = 'Cannot read paper "p.json": ';
  refuses(() => fields.text("a"), `${start}a is "", must be a text`);
  refuses(() => fields.text("z"), `${start}z is missing, must be a text`);
  refuses(() => fields.whole("b"), `${start}b is 1.5, must be a whole number from 0`);
  refuses(() => fields.amount("c"), `${start}c is -1, must be a number from 0`);
  refuses(() => fields.texts("g"), `${start}g is [1], must be a list of texts`);
  refuses(() => fields.objects("b"), `${start}b is 1.5, must be a list`);
  refuses(() => fields.objects("d"), `${start}d[1] is 3, must be an object`);
  const within = open({ d: [{ e: { f: "x".repeat(99) } }] }).objects("d")[0]!.object("e");
  refuses(
    () => within.oneOf("f", ["N", "B"]),
    `${start}d[0].e.f is "${"x".repeat(58)}…, must be "N" or "B"`,
  );
  refuses(() => within.allow(["g", "h"]), `${start}d[0].e.f is unknown, fields must be g, h`);
});

Deno.test("parseDocument() refuses other texts", () => {
  const kind = { subject: "paper", format: "f", version: 1 };
  refuses(() => parseDocument("{", kind), "Cannot read paper: it is no JSON");
  refuses(() => parseDocument("[]", kind), "Cannot read paper: it is [], must be an object");
  refuses(
    () => parseDocument("{}", kind),
    'Cannot read paper: format is missing, must be "f"',
  );
  refuses(
    () => parseDocument('{"format":"f","version":2}', kind),
    "Cannot read paper: version is 2, must be 1",
  );
});
