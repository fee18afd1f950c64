import assert from "node:assert/strict";
import { describeContent } from "../../../src/data/describe_content.ts";

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

Deno.test("describeContent() names files by what they begin with", () => {
  const cases = {
    "%PDF-1.7": "looks like PDF",
    "\0\0\0\x18ftypheic": "looks like HEIC",
    "\0\0\0\x18ftypqt  ": "looks like a video or camera raw file",
    "\xff\x0a\0\0": "looks like JPEG XL",
    "PK\x03\x04": "looks like a ZIP archive",
    "RIFF....WAVE": "is a RIFF file other than WebP",
    "<svg/>": "looks like SVG",
    "<?xml version='1.0'?><svg/>": "looks like SVG",
    " <html>": "looks like HTML or XML",
    "not found\n": "looks like text",
    "\x01\x02\xab": "starts with the bytes 01 02 ab, which is no known format",
  };
  for (const [content, expected] of Object.entries(cases)) {
    assert.equal(describeContent(ascii(content)), expected);
  }
});
