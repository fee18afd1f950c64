import assert from "node:assert/strict";
import { ALEXNET } from "../../src/model/torchvision_layouts.ts";
import { formulaChain, formulaHeads, tapWidths } from "../support/formula_chain.ts";
import { assertExit, stdoutText } from "../support/run_cli.ts";
import { useBackend } from "../support/for_each_backend.ts";
import { writeTinyLayers } from "../support/tiny_tfjs_model.ts";
import { IMAGES_AND_MASKS, withEval } from "./eval_setting.ts";
import { encodeSafetensors } from "../../src/checkpoint/safetensors.ts";

const WIDTHS = [4, 6, 8, 6, 5];

Deno.test("eval asks a classifier and LPIPS, and stores what they say", async () => {
  await useBackend("cpu");
  await withEval(async ({ at, evaluate, lines }) => {
    await writeTinyLayers(at("classifier"));
    const backbone = encodeSafetensors(formulaChain(ALEXNET, { widths: WIDTHS }), {});
    await Deno.writeFile(at("alexnet.safetensors"), backbone);
    const heads = encodeSafetensors(formulaHeads(tapWidths(ALEXNET, WIDTHS)), {});
    await Deno.writeFile(at("heads.safetensors"), heads);
    const judges = "--classifier classifier --lpips heads.safetensors " +
      "--lpips-backbone alexnet.safetensors";
    const line = `${IMAGES_AND_MASKS} --methods mean,telea --pairs 3 --examples 0 -o out`;
    const result = await evaluate(`${line} ${judges}`);
    assertExit(result, 0);
    const records = await lines("out");
    assert.equal(records.length, 6);
    for (const { divergence, lpips, posterior } of records) {
      assert.ok(divergence! >= 0 && lpips! > 0);
      const values = new Float32Array(Uint8Array.fromBase64(posterior!).buffer);
      assert.equal(values.length, 3);
      assert.ok(Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-6);
    }
    assert.match(stdoutText(result), /LPIPS|divergence/i);
    const markdown = await Deno.readTextFile(at("out/table.md"));
    assert.match(markdown, /The paper's IScore .* formula is not given/);
    assert.match(markdown, /\| classifier +\|/);
    const without = await evaluate(line);
    assertExit(without, 2);
    assert.match(without.stderr, /"classifier" was "[0-9a-f]{64} [0-9a-f]{64}", is not given/);
  });
});

Deno.test("eval --preset adds the tables of other projects with their definitions", async () => {
  await withEval(async ({ at, evaluate }) => {
    const presets = ["lama", "edgeconnect", "mmagic", "torchmetrics"];
    const result = await evaluate(
      `${IMAGES_AND_MASKS} --methods mean --pairs 3 --examples 0 -o out ` +
        presets.map((name) => `--preset ${name}`).join(" "),
    );
    assertExit(result, 0);
    const markdown = await Deno.readTextFile(at("out/table.md"));
    for (const name of presets) assert.match(markdown, new RegExp(`## As ${name} computes it`));
    const page = await Deno.readTextFile(at("out/report.html"));
    for (const name of presets) assert.ok(page.includes(name));
  });
});
