import assert from "node:assert/strict";
import { flagsOf } from "../../../../src/cli/flags.ts";
import { findMethod, METHODS } from "../../../../src/commands/methods/method_catalog.ts";
import { readManifest } from "../../../../src/checkpoint/manifest.ts";

const settings = {
  context: "auto",
  tile: 1024,
  seed: 1,
  openBackend: () => Promise.reject(new Error("needs a device")),
} as const;

Deno.test("every method is a choice of inpaint --method, and there is no other but external", () => {
  const flag = flagsOf("inpaint").find(({ name }) => name === "method");
  assert.ok(flag?.kind === "choice");
  assert.deepEqual([...METHODS.map(({ name }) => name), "external"], flag.choices);
});

Deno.test("methods without a network open without a device, under their own names", async () => {
  for (const name of ["patchmatch", "telea", "navier-stokes", "mean"]) {
    assert.equal((await findMethod(name)!.open(settings)).name, name);
  }
  for (const name of ["pconv", "conv", "pyramid"]) {
    await assert.rejects(findMethod(name)!.open(settings), { message: "needs a device" });
  }
  assert.equal(findMethod("gl"), undefined);
});

Deno.test("the weights that methods use come with the program", async () => {
  const shipped = (await readManifest()).files.map(({ name }) => name);
  for (const { name, weights } of METHODS) {
    if (weights !== undefined) assert.ok(shipped.includes(weights), `${name} wants ${weights}`);
  }
});
