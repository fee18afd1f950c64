/**
 * Small AVIF files, of this program's own encoder:
 *
 *   deno run -A tests/fuzz/generate/avif.ts > tests/fuzz/seeds/avif.json
 */
import { decodeImage } from "../../../src/data/decode_image.ts";
import { encodeImage } from "../../../src/data/encode_image.ts";
import stored from "../seeds/pictures.json" with { type: "json" };

const pictures = [];
for (const [name, quality] of [["rgba with iCCP and eXIf", 60], ["rgb", undefined]] as const) {
  const { file } = stored.pictures.find((picture) => picture.name === name)!;
  const image = await decodeImage(Uint8Array.fromBase64(file), { name });
  const { metadata, hasAlpha } = image;
  const options = { format: "avif", keepAlpha: hasAlpha, metadata } as const;
  const bytes = await encodeImage(image, quality === undefined ? options : { ...options, quality });
  pictures.push({ kind: "avif", name: `from ${name}`, file: bytes.toBase64() });
}
const command = "deno run -A tests/fuzz/generate/avif.ts > tests/fuzz/seeds/avif.json";
console.log(JSON.stringify({ command, pictures }, null, 1));
