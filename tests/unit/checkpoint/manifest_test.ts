import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  findWeights,
  loadWeights,
  type ManifestEntry,
  readManifest,
} from "../../../src/checkpoint/manifest.ts";
import { encodeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import { sha256 } from "../../../src/checkpoint/sha256.ts";

const BYTES = encodeSafetensors(
  new Map([["bias", { shape: [1], data: Float32Array.of(0.5) }]]),
);

const ENTRY: ManifestEntry = {
  name: "pconv-tiny",
  file: "pconv tiny#1.safetensors",
  bytes: BYTES.length,
  sha256: await sha256(BYTES),
  preset: "tiny",
  recipe: "paper",
  source: "trained here",
  licence: "MIT",
  commit: "0123abc",
  trainedOn: "made images",
};

/** Runs a test with a folder that holds a weight file and the given manifest. */
async function withFolder(
  manifest: unknown,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(join(folder, ENTRY.file), BYTES);
    const text = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
    await Deno.writeTextFile(join(folder, "manifest.json"), text);
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readManifest() reads a folder given as path or as URL without a slash", () =>
  withFolder({ files: [ENTRY] }, async (folder) => {
    assert.deepEqual(await readManifest(folder), { files: [ENTRY] });
    assert.deepEqual(await readManifest(pathToFileURL(folder)), { files: [ENTRY] });
  }));

Deno.test("readManifest() says that the file does not exist", () =>
  withFolder({ files: [] }, async (folder) => {
    const absent = join(folder, "absent");
    await assert.rejects(readManifest(absent), {
      name: "WeightsError",
      message: `Cannot read manifest "${join(absent, "manifest.json")}": file does not exist`,
    });
  }));

const WRONG: readonly (readonly [name: string, manifest: unknown, problem: string | RegExp])[] = [
  ["text that is no JSON", "{", /JSON/],
  ["null", null, '"files" must be a list'],
  ["an object without files", {}, '"files" must be a list'],
  ["an entry that is null", { files: [null] }, "entry 1: must be an object"],
  [
    "a missing field",
    { files: [{ ...ENTRY, licence: undefined }] },
    'entry 1: "licence" must be text',
  ],
  ["an empty field", { files: [{ ...ENTRY, source: "" }] }, 'entry 1: "source" must be text'],
  [
    "a size that is text",
    { files: [{ ...ENTRY, bytes: "12" }] },
    'entry 1: "bytes" must be a positive integer',
  ],
  [
    "a short checksum",
    { files: [{ ...ENTRY, sha256: "12ab" }] },
    'entry 1: "sha256" must be 64 lower-case hexadecimal digits',
  ],
  [
    "a file outside the folder",
    { files: [{ ...ENTRY, file: "../x.safetensors" }] },
    'entry 1: "file" must be a file name without folders',
  ],
  ["a name twice", { files: [ENTRY, ENTRY] }, 'entry 2: name "pconv-tiny" is used twice'],
];
for (const [name, manifest, problem] of WRONG) {
  Deno.test(`readManifest() refuses ${name}`, () =>
    withFolder(manifest, async (folder) => {
      const start = `Cannot read manifest "${join(folder, "manifest.json")}": `;
      await assert.rejects(readManifest(folder), (error: Error) => {
        assert.equal(error.name, "WeightsError");
        assert.ok(error.message.startsWith(start), error.message);
        const rest = error.message.slice(start.length);
        if (problem instanceof RegExp) assert.match(rest, problem);
        else assert.equal(rest, problem);
        return true;
      });
    }));
}

Deno.test("findWeights() looks a name up in the manifest", () =>
  withFolder({ files: [ENTRY] }, async (folder) => {
    const found = await findWeights("pconv-tiny", folder);
    assert.equal(String(found.path), pathToFileURL(join(folder, ENTRY.file)).href);
    assert.deepEqual(found.entry, ENTRY);
  }));

Deno.test("findWeights() prefers a file that exists and then needs no manifest", () =>
  withFolder({ files: [ENTRY] }, async (folder) => {
    const path = join(folder, ENTRY.file);
    assert.deepEqual(await findWeights(path, join(folder, "absent")), { path, entry: undefined });
  }));

Deno.test("findWeights() lists the known names if it does not know one", () =>
  withFolder({ files: [ENTRY, { ...ENTRY, name: "other" }] }, async (folder) => {
    await assert.rejects(findWeights("pconv-tyni", folder), {
      name: "WeightsError",
      message: 'Cannot find weights "pconv-tyni": neither a file nor a known name, ' +
        'known names are "pconv-tiny", "other", did you mean "pconv-tiny"?',
      hint: "Give one of the known names, or the path of a safetensors file",
    });
  }));

Deno.test("findWeights() says so if the manifest is empty", () =>
  withFolder({ files: [] }, async (folder) => {
    await assert.rejects(findWeights("pconv-tiny", folder), {
      message:
        'Cannot find weights "pconv-tiny": neither a file nor a known name, no names are known',
    });
  }));

for (const path of ["absent/w", "absent.safetensors"]) {
  Deno.test(`findWeights() takes "${path}" for a path and does not read the manifest`, async () => {
    await assert.rejects(findWeights(path, "absent-folder"), {
      name: "WeightsError",
      message: `Cannot find weights "${path}": there is no such file`,
      hint: "Check the path, or name weights that come with the program",
    });
  });
}

Deno.test("findWeights() says which files of a run folder hold weights, whatever its name looks like", () =>
  withFolder({ files: [] }, async (folder) => {
    for (const path of [folder, "."]) {
      await assert.rejects(findWeights(path, folder), {
        name: "WeightsError",
        message: `Cannot read weights "${path}": it is a folder, must be a file`,
        hint: 'In the folder of a training run, "best.safetensors" or "weights.safetensors"',
      });
    }
  }));

Deno.test("loadWeights() reads the tensors of a known name", () =>
  withFolder({ files: [ENTRY] }, async (folder) => {
    const { tensors, entry, sha256: digest } = await loadWeights("pconv-tiny", folder);
    assert.deepEqual(tensors.get("bias"), { shape: [1], data: Float32Array.of(0.5) });
    assert.deepEqual([entry, digest], [ENTRY, ENTRY.sha256]);
  }));

Deno.test("loadWeights() refuses a file that is not the one of the manifest", () =>
  withFolder({ files: [{ ...ENTRY, sha256: "0".repeat(64) }] }, async (folder) => {
    await assert.rejects(loadWeights("pconv-tiny", folder), {
      name: "WeightsError",
      message: /SHA-256 is [0-9a-f]{64}, must be 0{64}$/,
    });
  }));

Deno.test("loadWeights() refuses a file of another size than the manifest says", () =>
  withFolder({ files: [{ ...ENTRY, bytes: 5 }] }, async (folder) => {
    await assert.rejects(loadWeights("pconv-tiny", folder), {
      name: "WeightsError",
      message: /bytes, must have 5$/,
    });
  }));

Deno.test("loadWeights() does not check a file that is given as a path", () =>
  withFolder({ files: [{ ...ENTRY, bytes: 5 }] }, async (folder) => {
    const { entry, tensors } = await loadWeights(join(folder, ENTRY.file), folder);
    assert.deepEqual([entry, tensors.size], [undefined, 1]);
  }));
