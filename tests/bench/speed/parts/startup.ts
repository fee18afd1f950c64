/**
 * From a cold start to one small picture.
 * @module
 */
import { join } from "node:path";
import { irregularHole } from "../holes.ts";
import { makeNetwork, makePicture } from "../make_workloads.ts";
import {
  type CommandContender,
  measureCommands,
  pconvContenders,
  pythonCommand,
} from "../commands.ts";
import { PYTHON } from "../contender.ts";
import { writePicture } from "../write_picture.ts";
import type { Part } from "./part.ts";

/** Whole commands over one picture of 256², and what they cannot be faster than. */
export const startup: Part = {
  name: "startup",
  title: "Start-up: one PNG of 256² from cold, whole commands",
  async run({ folder, isQuick, before, log }) {
    const [image, mask, output] = ["start.png", "start-mask.png", "start-filled.png"]
      .map((name) => join(folder, name)) as [string, string, string];
    await writePicture(image, { width: 256, height: 256, rgb01: makePicture(256, 1) });
    await writePicture(mask, { width: 256, height: 256, hole: irregularHole(256, 20) });
    const empty = join(folder, "empty.ts");
    await Deno.writeTextFile(empty, "");
    const network = join(folder, "network.json");
    await Deno.writeTextFile(network, JSON.stringify(await makeNetwork(folder, "lite")));
    const inpaint = ["inpaint", image, "-m", mask, "-o", output, "--overwrite"];
    const deno = `Deno ${Deno.version.deno}`;
    const contenders: CommandContender[] = [
      ...await pconvContenders("pconv inpaint, default device", {
        ...{ about: "pconv-lite, the weights in the repository", before },
        args: [...inpaint],
      }),
      ...await pconvContenders("pconv inpaint --device cpu", {
        ...{ about: "pconv-lite", before },
        args: [...inpaint, "--device", "cpu"],
      }),
      ...await pconvContenders("pconv inpaint --method telea", {
        ...{ about: "OpenCV in WebAssembly", before },
        args: [...inpaint, "--method", "telea"],
      }),
      ...await pconvContenders("pconv --help", { about: "", before, args: ["--help"] }),
      ...await pconvContenders("pconv --version", { about: "", before, args: ["--version"] }),
      {
        name: "an empty script",
        about: `${deno}, the floor`,
        command: [Deno.execPath(), "run", "--no-config", empty],
      },
      {
        name: "PyTorch script, the same network",
        about: "decode, fill, encode by OpenCV",
        command: pythonCommand("torch_inpaint.py", network, image, mask, output),
      },
      { name: "import torch", about: "python3", command: [PYTHON, "-c", "import torch"] },
    ];
    const repeats = isQuick ? 3 : 7;
    return { tables: [await measureCommands("wall time", contenders, { repeats, log })] };
  },
};
