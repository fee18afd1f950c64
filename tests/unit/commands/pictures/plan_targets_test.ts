import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import type { PictureJob } from "../../../../src/commands/pictures/picture_plan.ts";
import {
  checkTargets,
  namedTarget,
  outputFolder,
  targetOf,
} from "../../../../src/commands/pictures/plan_targets.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

const job = (input: string, output: PictureJob["output"]): PictureJob => ({
  ...{ input, stem: input, mask: [], output },
});
const stdout = { kind: "stdout" } as const;
const check = { verb: "inpaint", format: undefined, folder: undefined } as const;

Deno.test("outputFolder() is one for several results, and for a list always", async () => {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    await Deno.writeTextFile(at("a.png"), "");
    const of = (inputs: string[], output: string | undefined, pairs?: string) =>
      outputFolder({ inputs, output, pairs });
    assert.equal(await of([at("a.png")], at("b")), undefined);
    assert.equal(await of([at("a.png")], at("b/")), at("b/"));
    assert.equal(await of([at("a.png")], folder), folder);
    assert.equal(await of([folder], at("b")), at("b"));
    assert.equal(await of([folder], "-"), undefined);
    assert.equal(await of([folder], undefined), undefined);
    assert.equal(await of([], at("b"), "list"), at("b"));
    await assert.rejects(of([], at("b.png"), "list"), {
      name: "UsageError",
      message: `Cannot write several images to "${at("b.png")}": it is a file, ` +
        "--output must be a folder",
    });
  });
});

Deno.test("targetOf() puts a suffix behind names in a folder alone", () => {
  const request = { output: "out", format: undefined, suffix: "_new" };
  const result = { folder: "out", stem: "s/a", extension: ".jpg" };
  assert.deepEqual(targetOf(request, result), {
    kind: "stem",
    path: join("out", "s/a_new"),
    extension: ".jpg",
  });
  const file = { ...result, folder: undefined };
  assert.deepEqual(targetOf({ ...request, output: "b.png" }, file), namedTarget("b.png", "png"));
  assert.deepEqual(targetOf({ ...request, output: undefined }, file), stdout);
});

Deno.test("checkTargets() refuses several results for one place", () => {
  const file = { kind: "file", path: "b.png" } as const;
  const refuses = (jobs: PictureJob[], output: string | undefined, message: string) =>
    assert.throws(() => checkTargets(jobs, { ...check, output }), { name: "UsageError", message });
  refuses(
    [job("a.png", file), job("a.png", file)],
    "b.png",
    'Cannot write the 2 results of "a.png" to "b.png": --output must be a folder',
  );
  refuses(
    [job("a.png", stdout), job("c.png", stdout)],
    "-",
    "Cannot write several images to standard output: --output must be a folder",
  );
  checkTargets([job("a.png", stdout)], { ...check, output: undefined });
});

Deno.test("checkTargets() tells every clash in a line of its own", () => {
  const file = (path: string) => ({ kind: "file", path }) as const;
  const jobs = [job("a.png", file("a.png")), job("b.png", file("c")), job("d.png", file("./c"))];
  assert.throws(() => checkTargets(jobs, { ...check, output: "out", folder: "out" }), {
    message: `Cannot write "${resolve("a.png")}": it is an input\n` +
      `Cannot inpaint both "b.png" and "d.png": both would be written to "${resolve("c")}"`,
  });
});
