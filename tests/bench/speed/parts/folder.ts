/**
 * A folder of photographs, as a whole command, against the sum of what it does.
 * @module
 */
import { basename, extname, join } from "node:path";
import { decodeImage } from "../../../../src/data/decode_image.ts";
import { generateHoleMask } from "../../../../src/data/mask_generator.ts";
import { createRandom } from "../../../../src/random.ts";
import { makePhotos } from "../../training/make_photos.ts";
import { measureCommands, pconvContenders, pythonCommand } from "../commands.ts";
import { holeShare } from "../holes.ts";
import { writePicture } from "../write_picture.ts";
import type { FolderSums } from "../folder_sums.ts";
import type { Part } from "./part.ts";

const COUNT = 40;

/** Images a second of `pconv inpaint`, default weights, on the CPU. */
export const folder: Part = {
  name: "folder",
  title: "A folder of photographs",
  async run({ folder, isQuick, images, before, log }) {
    const count = isQuick ? 12 : COUNT;
    const [photos, masks, output] = ["photos", "masks", "filled"].map((name) =>
      join(folder, name)
    ) as [string, string, string];
    const { megapixels, share } = await fillFolder({ photos, masks, images, count });
    const prepare = async () => {
      await Deno.remove(output, { recursive: true }).catch(() => {});
      await Deno.mkdir(output);
    };
    const inpaint = ["inpaint", photos, "-m", masks, "-o", output, "--device", "cpu"];
    const contenders = [
      ...await pconvContenders("pconv inpaint --device cpu", {
        ...{ about: "pconv-lite, JPEG to JPEG", before, prepare },
        args: [...inpaint],
      }),
      ...await pconvContenders("pconv inpaint --method telea", {
        ...{ about: "OpenCV in WebAssembly", before, prepare },
        args: [...inpaint, "--method", "telea"],
      }),
      {
        name: "Python script, OpenCV Telea",
        about: "cv2 decodes, fills, encodes",
        command: pythonCommand("cv2_folder.py", photos, masks, output),
        prepare,
      },
    ];
    const title = `${count} photographs of ${megapixels.toFixed(2)} megapixels, ` +
      `${(100 * share).toFixed(0)} % hole (means), whole command`;
    const table = await measureCommands(title, contenders, { repeats: isQuick ? 1 : 3, log });
    const sums = await measureSums(photos, masks);
    const sum = sums.openMs + sums.decodeMs + sums.maskMs + sums.fillMs + sums.encodeMs;
    const whole = table.entries[0]!.medianMs ?? NaN;
    const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
    const rates = table.entries.filter(({ medianMs }) => medianMs !== undefined)
      .map(({ name, medianMs }) => `${name} ${(1000 * count / medianMs!).toFixed(2)}`);
    const remarks = [
      `Images a second: ${rates.join("; ")}.`,
      `The parts of \`pconv inpaint --device cpu\`, one after the other in one process: weights and device ${
        seconds(sums.openMs)
      }, decode ${seconds(sums.decodeMs)}, masks ${seconds(sums.maskMs)}, fill ${
        seconds(sums.fillMs)
      }, encode ${seconds(sums.encodeMs)}; sum ${seconds(sum)}, without the start of Deno. ` +
      `Whole command by sum: ${(whole / sum).toFixed(2)}.`,
    ];
    for (const line of remarks) log(line);
    return { tables: [table], remarks };
  },
};

interface FillFolderOptions {
  readonly photos: string;
  readonly masks: string;
  readonly images: string | undefined;
  readonly count: number;
}

/** Copies photographs, or makes some, and a mask of 10 to 30 % for each. */
async function fillFolder({ photos, masks, images, count }: FillFolderOptions) {
  await Deno.mkdir(masks, { recursive: true });
  await Deno.mkdir(photos, { recursive: true });
  if (images === undefined) await makePhotos(photos, { count, width: 427, height: 320 });
  else {
    const names = (await Array.fromAsync(Deno.readDir(images))).map(({ name }) => name).sort();
    for (const name of names.slice(0, count)) {
      await Deno.copyFile(join(images, name), join(photos, name));
    }
  }
  let [pixels, shares, index] = [0, 0, 0];
  for await (const { name } of Deno.readDir(photos)) {
    const { width, height } = await decodeImage(await Deno.readFile(join(photos, name)), { name });
    const random = createRandom(6, 7, index++);
    const hole = generateHoleMask(random, { width, height, ratio: [0.1, 0.3] });
    const stem = basename(name, extname(name));
    await writePicture(join(masks, `${stem}.png`), { width, height, hole });
    pixels += width * height;
    shares += holeShare(hole);
  }
  return { megapixels: pixels / count / 1e6, share: shares / count };
}

/** In a process of its own: a backend of this process would stay. */
async function measureSums(photos: string, masks: string): Promise<FolderSums> {
  const script = new URL("../folder_sums.ts", import.meta.url).pathname;
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-lock", script, photos, masks],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("the parts of the folder could not be measured");
  return JSON.parse(new TextDecoder().decode(stdout)) as FolderSums;
}
