import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { encodeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import { sha256 } from "../../../src/checkpoint/sha256.ts";
import { checkTensors, displayPath, readWeights } from "../../../src/checkpoint/weights_file.ts";

const BYTES = encodeSafetensors(
  new Map([["bias", { shape: [2], data: Float32Array.of(0.5, -1) }]]),
  { preset: "tiny" },
);

/** Runs a test with a weight file in a fresh folder. */
async function withFile(body: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "w.safetensors");
    await Deno.writeFile(path, BYTES);
    await body(path, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Tensors by name, of which only the shape matters. */
function shapes(entries: Readonly<Record<string, readonly number[]>>) {
  return new Map(Object.entries(entries).map(([name, shape]) => [name, { shape }]));
}

Deno.test("readWeights() returns tensors, metadata, path and SHA-256", () =>
  withFile(async (path) => {
    assert.deepEqual(await readWeights(path), {
      path,
      sha256: await sha256(BYTES),
      tensors: new Map([["bias", { shape: [2], data: Float32Array.of(0.5, -1) }]]),
      metadata: { preset: "tiny" },
    });
  }));

Deno.test("readWeights() takes a file URL and names it as a path", () =>
  withFile(async (path) => {
    assert.equal((await readWeights(pathToFileURL(path))).path, path);
  }));

Deno.test("readWeights() accepts the expected size and SHA-256, in upper case too", () =>
  withFile(async (path) => {
    const expectedSha256 = (await sha256(BYTES)).toUpperCase();
    const { tensors } = await readWeights(path, { expectedSha256, expectedBytes: BYTES.length });
    assert.equal(tensors.size, 1);
  }));

Deno.test("readWeights() names both checksums if they differ", () =>
  withFile(async (path) => {
    const wanted = "0".repeat(64);
    const actual = await sha256(BYTES);
    await assert.rejects(readWeights(path, { expectedSha256: wanted }), {
      name: "WeightsError",
      message: `Cannot use weights "${path}": SHA-256 is ${actual}, must be ${wanted}`,
    });
  }));

Deno.test("readWeights() names both sizes if they differ", () =>
  withFile(async (path) => {
    await assert.rejects(readWeights(path, { expectedBytes: 7 }), {
      name: "WeightsError",
      message: `Cannot use weights "${path}": file has ${BYTES.length} bytes, must have 7`,
    });
  }));

Deno.test("readWeights() names the file if its content is wrong", () =>
  withFile(async (path) => {
    await Deno.writeFile(path, BYTES.subarray(0, 20));
    await assert.rejects(readWeights(path), {
      name: "WeightsError",
      message: new RegExp(`^Cannot read weights "${RegExp.escape(path)}": file ends inside`),
    });
  }));

Deno.test("readWeights() says that a file does not exist, and hints", () =>
  withFile(async (_, folder) => {
    const path = join(folder, "absent.safetensors");
    await assert.rejects(readWeights(path), {
      name: "WeightsError",
      message: `Cannot read weights "${path}": file does not exist`,
      hint: "Check the path, or name weights that come with the program",
    });
  }));

Deno.test("readWeights() turns other failures of reading into a WeightsError with its cause", () =>
  withFile(async (_, folder) => {
    await assert.rejects(readWeights(folder), (error: Error) => {
      assert.equal(error.name, "WeightsError");
      assert.match(error.message, new RegExp(`^Cannot read weights "${RegExp.escape(folder)}": `));
      assert.ok(error.cause instanceof Error);
      return true;
    });
  }));

Deno.test("checkTensors() accepts equal names and shapes in any order", () => {
  const expected = new Map<string, readonly number[]>([["b", []], ["a", [3, 3, 2, 4]]]);
  checkTensors(shapes({ a: [3, 3, 2, 4], b: [] }), expected, "w");
});

Deno.test("checkTensors() tells missing, unexpected and differently shaped tensors at once", () => {
  const expected = new Map<string, readonly number[]>([
    ["a", [3, 3, 2, 4]],
    ["b", [4]],
    ["c", [1]],
  ]);
  assert.throws(() => checkTensors(shapes({ a: [3, 3, 2, 5], c: [], d: [1] }), expected, "w.st"), {
    name: "WeightsError",
    message: 'Cannot use weights "w.st": of 3 tensors, 1 missing ("b"); 1 unexpected ("d"); ' +
      '2 differently shaped ("a" is 3x3x2x5, must be 3x3x2x4; "c" is scalar, must be 1)',
  });
});

Deno.test("checkTensors() spells out five names and counts the rest", () => {
  const expected = new Map(["a", "b", "c", "d", "e", "f", "g"].map((name) => [name, [1]]));
  assert.throws(() => checkTensors(new Map(), expected, "w"), {
    message: 'Cannot use weights "w": of 7 tensors, 7 missing ("a", "b", "c", "d", "e" and 2 more)',
  });
});

Deno.test("displayPath() keeps paths and addresses, and turns file URLs into paths", () => {
  const path = join(Deno.cwd(), "a b.safetensors");
  assert.equal(displayPath("weights/x"), "weights/x");
  assert.equal(displayPath(pathToFileURL(path)), path);
  assert.equal(displayPath(new URL("https://example.org/x")), "https://example.org/x");
});
