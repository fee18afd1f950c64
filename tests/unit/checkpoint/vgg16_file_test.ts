import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeSafetensors } from "../../../src/checkpoint/safetensors.ts";
import { encodeVgg16, readVgg16 } from "../../../src/checkpoint/vgg16_file.ts";
import { WeightsError } from "../../../src/errors.ts";
import { formulaVgg16 } from "../../support/formula_vgg16.ts";
import { withTempDir } from "../../support/temp_dir.ts";

const numbers = formulaVgg16();

/** Writes a file, reads it as VGG-16 and returns the error. */
async function errorOf(bytes: Uint8Array): Promise<WeightsError> {
  let caught: unknown;
  await withTempDir(async (folder) => {
    const path = join(folder, "vgg.safetensors");
    await Deno.writeFile(path, bytes);
    caught = await readVgg16(path).then(() => undefined, (error) => error);
  });
  assert.ok(caught instanceof WeightsError);
  return caught;
}

Deno.test("readVgg16() reads what encodeVgg16() wrote", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "vgg.safetensors");
    await Deno.writeFile(path, encodeVgg16(numbers, { origin: "a test" }));
    const read = await readVgg16(path);
    assert.deepEqual(read.mean, numbers.mean);
    for (const [name, array] of numbers.arrays) assert.deepEqual(read.arrays.get(name), array);
  });
});

Deno.test("readVgg16() refuses another safetensors file and names the command that converts", async () => {
  const { message, hint } = await errorOf(
    encodeSafetensors(
      new Map([["features.0.bias", { shape: [1], data: new Float32Array(1) }]]),
      {},
    ),
  );
  assert.match(
    message,
    /^Cannot use ".*vgg\.safetensors" as VGG-16: format is null, must be "pconv-vgg16-1"$/,
  );
  assert.match(hint ?? "", /pconv weights import vgg16 .*vgg\.safetensors/);
});

Deno.test("readVgg16() says what another file of pconv is, which nothing converts", async () => {
  for (
    const [format, kind] of [
      ["pconv-weights-1", "weights of pconv"],
      ["pconv-checkpoint-1", "training checkpoint of pconv"],
      ["pconv-weights-9", "a file of pconv"],
    ] as const
  ) {
    const { hint } = await errorOf(encodeSafetensors(new Map(), { format }));
    assert.equal(
      hint,
      `It is ${kind}, which holds no VGG-16; get that with: pconv weights fetch vgg16`,
    );
  }
});

Deno.test("readVgg16() names missing tensors", async () => {
  const metadata = { format: "pconv-vgg16-1", mean: "[0,0,0]" };
  const { message } = await errorOf(encodeSafetensors(new Map(), metadata));
  assert.match(message, /conv1_1\/kernel/);
});

Deno.test("readVgg16() refuses a mean that is not three numbers", async () => {
  const { message } = await errorOf(
    encodeVgg16({ ...numbers, mean: [0.5, Number.NaN, 0.5] }, { origin: "a test" }),
  );
  assert.match(message, /mean is \[0.5,null,0.5\], must be three numbers$/);
});
