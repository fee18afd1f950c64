import assert from "node:assert/strict";
import { errorText, printable } from "../../../src/cli/error_text.ts";
import { InputError, UsageError } from "../../../src/errors.ts";

Deno.test("errorText() writes each mistake on its own line, then the hint", () => {
  const error = new UsageError("First\nSecond", { hint: "Try this" });
  assert.equal(errorText(error, "1.2.3"), "error: First\nerror: Second\nhint: Try this\n");
});

Deno.test("errorText() keeps the cause of a user's error out of sight", () => {
  const error = new InputError('Cannot read "a.png"', { cause: new Error("inner") });
  assert.equal(errorText(error, "1.2.3"), 'error: Cannot read "a.png"\n');
});

Deno.test("errorText() calls anything else a bug, with stack and cause", () => {
  const text = errorText(new TypeError("outer", { cause: new Error("inner") }), "1.2.3");
  assert.ok(
    text.startsWith(
      "error: This is a bug in pconv 1.2.3; " +
        "please report it with the lines below to the project's issue tracker\nTypeError: outer\n    at ",
    ),
    text,
  );
  assert.match(text, /\[cause\]: Error: inner\n +at /);
  assert.match(errorText("just text", "1"), /"just text"\n$/);
});

Deno.test("printable() replaces control characters except newline and tab", () => {
  assert.equal(printable("a\x1b[2Jb\r\x7f\u009b\n\tü"), "a\ufffd[2Jb\ufffd\ufffd\ufffd\n\tü");
});
