import assert from "node:assert/strict";
import { avifItemBytes, readAvifItems } from "../../../../src/data/avif/avif_items.ts";

/** Files by avifenc of libavif 0.11. */
const { cases } = JSON.parse(
  await Deno.readTextFile(new URL("../../../oracle/fixtures/avif_files.json", import.meta.url)),
);

Deno.test("readAvifItems() lists pictures, metadata and how they belong together", () => {
  const file = Uint8Array.fromBase64(cases.described.file);
  const { primary, items, references } = readAvifItems(file);
  assert.equal(primary.type, "av01");
  assert.deepEqual([...items.values()].map(({ type }) => type), ["av01", "Exif", "mime"]);
  const [, exif, xmp] = [...items.values()];
  assert.equal(xmp!.contentType, "application/rdf+xml");
  assert.deepEqual(references, [
    { type: "cdsc", from: exif!.id, to: [primary.id] },
    { type: "cdsc", from: xmp!.id, to: [primary.id] },
  ]);
  // Four bytes of distance, then the block.
  assert.deepEqual(
    avifItemBytes(file, exif!).slice(4),
    Uint8Array.fromBase64(cases.described.exif),
  );
  assert.deepEqual(primary.properties.map(({ type }) => type), [
    "ispe",
    "pixi",
    "av1C",
    "colr",
    "irot",
  ]);
});

Deno.test("avifItemBytes() puts extents together, but no more than the file has", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  const item = (...extents: { start: number; length: number }[]) => ({
    ...{ id: 1, type: "av01", contentType: "", properties: [] },
    extents,
  });
  assert.deepEqual(
    [...avifItemBytes(bytes, item({ start: 2, length: 2 }, { start: 0, length: 1 }))],
    [3, 4, 1],
  );
  const all = { start: 0, length: 4 };
  assert.throws(() => avifItemBytes(bytes, item(all, all)), { name: "SyntaxError" });
});

Deno.test("readAvifItems() refuses a file without its boxes", () => {
  const file = Uint8Array.fromBase64(cases.avif[0].file);
  const text = new TextDecoder("latin1").decode(file);
  for (const type of ["pitm", "iprp", "iloc", "iinf"]) {
    const bad = file.slice();
    bad[text.indexOf(type)] = 0x78;
    assert.throws(() => readAvifItems(bad), {
      name: "SyntaxError",
      message: `AVIF has no "${type}" box, the file is damaged`,
    });
  }
});
