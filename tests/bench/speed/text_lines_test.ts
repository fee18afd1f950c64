import assert from "node:assert/strict";
import { textLineStream } from "./text_lines.ts";

Deno.test("textLineStream() joins what arrives in pieces and cuts at ends of lines", async () => {
  const pieces = ['{"a":', ' 1}\n{"b"', ": 2}\n\n", "last"];
  const lines = await Array.fromAsync(ReadableStream.from(pieces).pipeThrough(textLineStream()));
  assert.deepEqual(lines, ['{"a": 1}', '{"b": 2}', "", "last"]);
});
