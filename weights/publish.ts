/**
 * Makes a training run's weights part of the program: copies them here under their name, with notes about
 * where they come from, and lists them in `manifest.json`.
 *
 *   deno run -A weights/publish.ts RUN/weights.safetensors --name pconv-lite --preset lite \
 *     --trained-on "..." --licence "..."
 */
import { parseArgs } from "node:util";
import { loadWeights, type ManifestEntry, readManifest } from "../src/checkpoint/manifest.ts";
import { encodeSafetensors } from "../src/checkpoint/safetensors.ts";
import { sha256 } from "../src/checkpoint/sha256.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: "string" },
    preset: { type: "string" },
    "trained-on": { type: "string" },
    licence: { type: "string" },
  },
});
const { name, preset, "trained-on": trainedOn, licence } = values;
const [source] = positionals;
if (!source || !name || !preset || !trainedOn || !licence) {
  throw new Error("Cannot publish: FILE, --name, --preset, --trained-on and --licence are needed");
}

const { tensors, metadata } = await loadWeights(source);
const notes = { ...metadata, data: trainedOn, licence };
const bytes = encodeSafetensors(tensors, notes);
const folder = new URL("./", import.meta.url);
const file = `${name}.safetensors`;
await Deno.writeFile(new URL(file, folder), bytes);

const entry: ManifestEntry = {
  name,
  file,
  bytes: bytes.length,
  sha256: await sha256(bytes),
  preset,
  recipe: `${metadata["recipe"]}, ${metadata["steps"]} steps`,
  source: "trained here with pconv train",
  licence,
  commit: metadata["commit"] ?? "unknown",
  trainedOn,
};
const manifestUrl = new URL("manifest.json", folder);
const hasManifest = await Deno.stat(manifestUrl).then(() => true, () => false);
const others = hasManifest ? (await readManifest(folder)).files.filter((e) => e.name !== name) : [];
await Deno.writeTextFile(
  manifestUrl,
  `${JSON.stringify({ files: [...others, entry] }, null, 2)}\n`,
);
