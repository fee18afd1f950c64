import assert from "node:assert/strict";
import { readAvifMetadata } from "../../../../src/data/avif/avif_metadata.ts";

/** A file by avifenc with EXIF and XMP. */
const { cases } = JSON.parse(
  await Deno.readTextFile(new URL("../../../oracle/fixtures/avif_files.json", import.meta.url)),
);
const file = Uint8Array.fromBase64(cases.described.file);
const text = new TextDecoder("latin1").decode(file);

Deno.test("readAvifMetadata() reads EXIF without its distance, and XMP", () => {
  assert.deepEqual(readAvifMetadata(file), {
    exif: Uint8Array.fromBase64(cases.described.exif),
    xmp: Uint8Array.fromBase64(cases.described.xmp),
  });
});

Deno.test("readAvifMetadata() reads a colour profile", () => {
  // In the place of the box of colour numbers, which has 19 bytes.
  const icc = new Uint8Array(200);
  icc.set([0, 0, 0, 200], 0);
  icc.set(new TextEncoder().encode("RGB "), 16);
  icc.set(new TextEncoder().encode("acsp"), 36);
  const colr = text.indexOf("colr") - 4;
  const grown = Uint8Array.from([
    ...file.subarray(0, colr),
    ...colrBox(icc),
    ...file.subarray(colr + 19),
  ]);
  const added = colrBox(icc).length - 19;
  // The boxes around it grow: meta, iprp, ipco.
  for (const type of ["meta", "iprp", "ipco"]) {
    const view = new DataView(grown.buffer);
    const at = text.indexOf(type) - 4;
    view.setUint32(at, view.getUint32(at) + added);
  }
  assert.deepEqual(readAvifMetadata(grown).icc, icc);
});

function colrBox(icc: Uint8Array): number[] {
  return [0, 0, 0, 12 + icc.length, ...new TextEncoder().encode("colrprof"), ...icc];
}

Deno.test("readAvifMetadata() is empty where nothing can be read", () => {
  assert.deepEqual(readAvifMetadata(file.subarray(0, 60)), {});
  assert.deepEqual(readAvifMetadata(new Uint8Array(5)), {});
});
