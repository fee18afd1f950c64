import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { decodeAvif } from "../../../../src/data/avif/decode_avif.ts";
import { applyOrientation } from "../../../../src/data/exif_orientation.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

/** Files by avifenc, and what avifdec (dav1d) reads in them. */
const { cases } = JSON.parse(
  await Deno.readTextFile(new URL("../../../oracle/fixtures/avif_files.json", import.meta.url)),
);

/** Largest differences allowed, 2 measured: halved colour is scaled up and rounded elsewhere. */
const TOLERANCE: Readonly<Record<string, number>> = { "lossy, halved colour": 3 };

for (const { name, file, depth, rgba } of cases.avif) {
  Deno.test(`decodeAvif() reads what avifdec reads: ${name}`, async () => {
    const picture = await decodeAvif(Uint8Array.fromBase64(file));
    const bytes = Uint8Array.fromBase64(cases.pictures[rgba]);
    const expected = depth === 16 ? new Uint16Array(bytes.buffer) : bytes;
    const actual = depth === 16 ? picture.rgba16! : picture.rgba;
    assert.equal(actual.length, expected.length);
    let worst = 0;
    for (const [i, value] of expected.entries()) {
      worst = Math.max(worst, Math.abs(value - actual[i]!));
    }
    assert.ok(worst <= (TOLERANCE[name] ?? 0), `differs by ${worst}`);
    assert.equal(picture.isGrey, name === "grey");
    if (depth === 16) assert.deepEqual([...picture.rgba], [...actual].map((value) => value >> 8));
  });
}

for (const { orientation, file, size, rgba } of cases.turned) {
  Deno.test(`decodeAvif() and applyOrientation() show orientation ${orientation} as chromium does`, async () => {
    const upright = applyOrientation(await decodeAvif(Uint8Array.fromBase64(file)), orientation);
    assert.deepEqual([upright.width, upright.height], size);
    assert.deepEqual(new Uint8Array(upright.rgba), Uint8Array.fromBase64(rgba));
  });
}

Deno.test("decodeAvif() reads a grid of two tiles", async () => {
  const { rgba } = await decodeAvif(Uint8Array.fromBase64(cases.grid.file));
  assert.equal(createHash("sha256").update(rgba).digest("hex"), cases.grid.sha256);
});

Deno.test("decodeAvif() gives EXIF and XMP", async () => {
  const { file, exif, xmp } = cases.described;
  const { metadata } = await decodeAvif(Uint8Array.fromBase64(file));
  assert.deepEqual(metadata, {
    exif: Uint8Array.fromBase64(exif),
    xmp: Uint8Array.fromBase64(xmp),
  });
});

Deno.test("decodeAvif() refuses pixels that are cut short, and stays usable", async () => {
  const file = Uint8Array.fromBase64(cases.avif[0].file);
  await assert.rejects(decodeAvif(file.subarray(0, -40)), {
    name: "SyntaxError",
    message: "its AVIF data is damaged or cut short",
  });
  assert.equal((await decodeAvif(file)).width, cases.size[0]);
});

Deno.test("decodeAvif() tells a decoder that cannot be loaded from a damaged file", async () => {
  // The decoder reads its WebAssembly from the package cache, which this process may not.
  const module = new URL("../../../../src/data/decode_image.ts", import.meta.url).href;
  const code = `import { decodeImage } from "${module}";
    const bytes = Uint8Array.fromBase64("${cases.avif[0].file}");
    await decodeImage(bytes, { name: "a" }).catch((error) => console.log(error.message));`;
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(`${folder}/main.ts`, code);
    const config = fileURLToPath(new URL("../../../../deno.json", import.meta.url));
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-check", `--config=${config}`, `${folder}/main.ts`],
      env: { NO_COLOR: "1" },
    }).output();
    assert.match(
      new TextDecoder().decode(stdout),
      /^Cannot read image "a": its AVIF decoder cannot be loaded: Requires read access/,
    );
  });
});
