/**
 * The most memory that filling one picture takes.
 * @module
 */
import { join } from "node:path";
import { generateHoleMask } from "../../../../src/data/mask_generator.ts";
import { createRandom } from "../../../../src/random.ts";
import { type CommandContender, pconvContenders, pythonCommand, runCommand } from "../commands.ts";
import { holeShare } from "../holes.ts";
import { makeNetwork } from "../make_workloads.ts";
import type { Entry, Measured } from "../measure.ts";
import { writePicture } from "../write_picture.ts";
import type { Part } from "./part.ts";

const SIZES = [
  { width: 512, height: 512, percent: 20 },
  { width: 4000, height: 3000, percent: 5 },
];

/** Pixels of the largest picture that goes through PyTorch as a whole. */
const MOST_WHOLE = 2 ** 20;

/** Resident memory of whole commands, VmHWM. */
export const memory: Part = {
  name: "memory",
  title: "Peak memory of `pconv inpaint`",
  async run({ folder, isQuick, before, log }) {
    const network = join(folder, "network.json");
    await Deno.writeTextFile(network, JSON.stringify(await makeNetwork(folder, "lite")));
    const tables: Measured[] = [];
    for (const { width, height, percent } of isQuick ? SIZES.slice(0, 1) : SIZES) {
      const [image, mask, output] = ["large.png", "large-mask.png", "large-filled.png"]
        .map((name) => join(folder, name)) as [string, string, string];
      const share = percent / 100;
      const hole = generateHoleMask(createRandom(6, 5, width), {
        ...{ width, height, ratio: [0.95 * share, 1.05 * share] as const },
      });
      await writePicture(image, { width, height, rgb01: wavesOf(width, height) });
      await writePicture(mask, { width, height, hole });
      const paths = [image, "-m", mask, "-o", output, "--overwrite", "--device", "cpu"];
      const commands: CommandContender[] = [
        ...await pconvContenders("pconv inpaint --device cpu", {
          ...{ about: "", before },
          args: ["inpaint", ...paths],
        }),
        ...await pconvContenders("pconv inpaint --method telea", {
          ...{ about: "", before: undefined },
          args: ["inpaint", ...paths, "--method", "telea"],
        }),
        // At 12 megapixels its feature maps alone are many gigabytes.
        ...(width * height > MOST_WHOLE ? [] : [{
          name: "PyTorch script, the same network on the whole picture",
          about: "",
          command: pythonCommand("torch_inpaint.py", network, image, mask, output),
        }]),
      ];
      const entries: Entry[] = [];
      for (const { name, command, folder } of commands) {
        try {
          const { ms, peakMiB } = await runCommand(command, folder);
          const about = `took ${(ms / 1000).toFixed(1)} s`;
          log(`${width}x${height} ${name}: ${peakMiB.toFixed(0)} MiB, ${about}`);
          entries.push({ name, about, ms: [peakMiB], medianMs: peakMiB, leastMs: peakMiB });
        } catch (error) {
          entries.push({ name, about: "", ms: [], problem: (error as Error).message });
        }
      }
      const title = `${width}x${height}, ${(100 * holeShare(hole)).toFixed(1)} % hole`;
      tables.push({ title, unit: "MiB", entries });
    }
    return { tables };
  },
};

/** rgb01; cheap, as there are many. */
function wavesOf(width: number, height: number): Float32Array {
  return Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return 0.5 + 0.4 * Math.sin(0.02 * x + c) * Math.cos(0.013 * y - c);
  });
}
