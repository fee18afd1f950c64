import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { joinBytes, latin1Bytes, latin1Text } from "../../../../src/data/metadata/join_bytes.ts";
import {
  commentText,
  inflated,
  internationalText,
  openText,
} from "../../../../src/data/metadata/png_text.ts";

const text = "hello, hello, hello";
const packed = deflateSync(latin1Bytes(text));

Deno.test("openText() opens the three kinds of text, compressed or not", () => {
  const kinds = [
    { type: "tEXt", data: latin1Bytes(`Key\0${text}`) },
    { type: "zTXt", data: joinBytes([latin1Bytes("Key\0\0"), packed]) },
    { type: "iTXt", data: internationalText("Key", latin1Bytes(text)) },
    { type: "iTXt", data: joinBytes([latin1Bytes("Key\0\x01\0de\0Wort\0"), packed]) },
  ] as const;
  for (const chunk of kinds) {
    const opened = openText(chunk, 100);
    assert.equal(opened?.keyword, "Key");
    assert.equal(latin1Text(opened.text), text);
  }
});

Deno.test("openText() refuses what has no keyword, is cut short, damaged or too large", () => {
  const open = (type: "tEXt" | "zTXt" | "iTXt", data: Uint8Array, limit = 100) =>
    openText({ type, data }, limit);
  assert.equal(open("tEXt", latin1Bytes("no end of the keyword")), undefined);
  assert.equal(open("tEXt", latin1Bytes(`${"k".repeat(80)}\0x`)), undefined);
  assert.equal(open("tEXt", latin1Bytes("\0x")), undefined);
  assert.equal(open("iTXt", latin1Bytes("Key\0\0\0de\0Wort")), undefined);
  const data = joinBytes([latin1Bytes("Key\0\0"), packed]);
  assert.equal(open("zTXt", data, text.length - 1), undefined);
  assert.ok(open("zTXt", data, text.length) !== undefined);
  assert.equal(open("zTXt", data.subarray(0, -3)), undefined);
});

Deno.test("inflated() stops at its limit: a bomb costs no memory", () => {
  const bomb = deflateSync(new Uint8Array(2 ** 22));
  assert.equal(inflated(bomb, 2 ** 16), undefined);
  assert.deepEqual(inflated(packed, 100), latin1Bytes(text));
});

Deno.test("commentText() keeps ASCII as tEXt and reads the rest as UTF-8, else Latin-1", () => {
  assert.deepEqual(commentText(latin1Bytes("plain")), {
    type: "tEXt",
    data: latin1Bytes("Comment\0plain"),
  });
  const accented = internationalText("Comment", new TextEncoder().encode("café"));
  assert.deepEqual(commentText(new TextEncoder().encode("café")), { type: "iTXt", data: accented });
  assert.deepEqual(commentText(latin1Bytes("caf\xe9\0")), { type: "iTXt", data: accented });
});
