import assert from "node:assert/strict";
import { assertExit, runCli, stdoutText } from "../support/run_cli.ts";
import { fromFixture } from "../support/fixture.ts";
import { formulaMask } from "../support/formula_tensor.ts";
import { unpackFixture } from "../support/packed_fixture.ts";
import { readOnnx } from "../support/read_onnx.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { formulaBatch } from "../support/tiny_run.ts";
import naoto from "../oracle/fixtures/pconv_naoto_2018.json" with { type: "json" };
import { draw, maskPicture, readPicture, writePicture } from "./pictures.ts";

Deno.test("weights import, inpaint: another project's checkpoint fills as it does there", async () => {
  const { gzip, size, stride, output } = naoto.cases[0]!;
  await withTempDir(async (folder) => {
    const run = (...line: readonly string[]) => runCli(line, { cwd: folder });
    await Deno.writeFile(`${folder}/theirs.pth`, await unpackFixture(gzip));
    const imported = await run("weights", "import", "pconv", "theirs.pth", "--quiet");
    assertExit(imported, 0);
    assert.equal(stdoutText(imported), "theirs.safetensors\n");

    const { rgb255 } = formulaBatch(0, { size, masks: ["block"] });
    const valid = formulaMask(["block"], size, size).data;
    const isHole = (x: number, y: number) => valid[y * size + x] === 0;
    const at = (x: number, y: number) => (y * size + x) * 3;
    await writePicture(
      `${folder}/photo.png`,
      draw(size, size, (x, y) => [...rgb255.subarray(at(x, y), at(x, y) + 3), 255]),
    );
    await writePicture(`${folder}/mask.png`, maskPicture(size, size, isHole));
    const weights = ["--weights", "theirs.safetensors", "--device", "cpu"];
    assertExit(await run("inpaint", "photo.png", "-m", "mask.png", "-o", "out.png", ...weights), 0);
    const { rgba } = await readPicture(`${folder}/out.png`);
    // Every so many numbers of PyTorch's output are stored; the file has them as bytes.
    let holes = 0;
    Array.from(fromFixture(output).data).forEach((value, i) => {
      const [pixel, c] = [Math.floor(i * stride / 3), i * stride % 3];
      const actual = rgba[pixel * 4 + c]!;
      if (valid[pixel] === 1) return assert.equal(actual, rgb255[pixel * 3 + c]);
      holes++;
      const expected = 255 * Math.min(1, Math.max(0, value));
      assert.ok(Math.abs(actual - expected) <= 0.501, `pixel ${pixel}: ${actual}, ${expected}`);
    });
    assert.ok(holes > 100);

    const onnx = await run("weights", "export", "theirs.safetensors", "-o", "net.onnx");
    assertExit(onnx, 0);
    const { metadata } = readOnnx(await Deno.readFile(`${folder}/net.onnx`));
    assert.equal(metadata.get("size_multiple"), "16");
    assert.match(metadata.get("origin")!, /^theirs\.pth .* of naoto0804\//);
  });
});
