import assert from "node:assert/strict";
import { flagsOf } from "../../../../src/cli/flags.ts";
import { findMethod, METHODS } from "../../../../src/commands/methods/method_catalog.ts";
import { readManifest } from "../../../../src/checkpoint/manifest.ts";

function settings(lines: string[] = []) {
  const log = (line: string) => void lines.push(line);
  return { context: "auto", tile: 1024, seed: 1, device: "cpu", log } as const;
}

Deno.test("every method is a choice of inpaint --method, and there is no other but external", () => {
  const flag = flagsOf("inpaint").find(({ name }) => name === "method");
  assert.ok(flag?.kind === "choice");
  assert.deepEqual([...METHODS.map(({ name }) => name), "external"], flag.choices);
});

Deno.test("methods without a network open without a device, under their own names", async () => {
  for (const name of ["patchmatch", "telea", "navier-stokes", "mean", "pyramid"]) {
    const lines: string[] = [];
    assert.equal((await findMethod(name)!.open(settings(lines))).name, name);
    assert.deepEqual(lines, []);
  }
  assert.equal(findMethod("gl"), undefined);
});

Deno.test("networks open on the device that was asked for, and say so", async () => {
  for (const name of ["pconv", "conv"]) {
    const lines: string[] = [];
    const method = await findMethod(name)!.open(settings(lines));
    method.close!();
    assert.equal(method.name, name);
    assert.match(lines.join(), /^device: cpu, \d+ threads?, relaxed SIMD$/);
  }
});

Deno.test("the method conv refuses weights of partial convolutions", async () => {
  const work = findMethod("conv")!.open({ ...settings(), weights: "pconv-lite" });
  await assert.rejects(work, /its convolutions are partial, must be typical/);
});

Deno.test("the weights that methods use come with the program", async () => {
  const shipped = (await readManifest()).files.map(({ name }) => name);
  for (const { name, weights } of METHODS) {
    if (weights !== undefined) assert.ok(shipped.includes(weights), `${name} wants ${weights}`);
  }
});
