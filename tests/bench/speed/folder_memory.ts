/**
 * Whether the memory of `pconv inpaint` over a folder stays flat: fills thousands of small PNGs with their mean colour in a
 * child process and samples its resident memory beside the number of files that are done.
 *
 * ```sh
 * deno run -A tests/bench/speed/folder_memory.ts --files 10000 --workers 0,2
 * ```
 *
 * Needs Linux (`/proc`). `--method`, `--side` and `--device` choose other work; `--every` is the number of files between
 * two samples.
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { encodeImage } from "../../../src/data/encode_image.ts";
import { createRandom } from "../../../src/random.ts";
import { collectFacts, describeFacts } from "../training/facts.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    files: { type: "string", default: "10000" },
    side: { type: "string", default: "96" },
    workers: { type: "string", default: "0,2" },
    method: { type: "string", default: "mean" },
    device: { type: "string", default: "cpu" },
    every: { type: "string", default: "500" },
  },
});

/** Resident memory after so many files. */
interface Sample {
  readonly files: number;
  readonly residentMiB: number;
}

/** One run of the program. */
interface FolderRun {
  readonly command: string;
  readonly samples: readonly Sample[];
  readonly highestMiB: number;
  readonly seconds: number;
}

const count = Number(flags.files);
const temporary = await Deno.makeTempDir({ prefix: "pconv-bench-" });
try {
  await makePictures(join(temporary, "in"), count, Number(flags.side));
  const runs: FolderRun[] = [];
  for (const workers of flags.workers.split(",")) runs.push(await fillFolder(workers));
  console.log(tableOf(runs));
  console.log(describeFacts(await collectFacts("tests/bench/speed/folder_memory.ts")));
} finally {
  await Deno.remove(temporary, { recursive: true });
}

/** Writes a mask, a square in the middle, and PNGs of noise of which no two are alike. */
async function makePictures(folder: string, files: number, side: number): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const write = async (path: string, rgba: Uint8ClampedArray) =>
    await Deno.writeFile(
      path,
      await encodeImage({ width: side, height: side, rgba }, { format: "png", keepAlpha: false }),
    );
  const mask = new Uint8ClampedArray(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    const isHole = Math.max(Math.abs(x - side / 2), Math.abs(y - side / 2)) < side / 4;
    mask.fill(isHole ? 255 : 0, pixel * 4, pixel * 4 + 3);
    mask[pixel * 4 + 3] = 255;
  }
  await write(join(temporary, "mask.png"), mask);
  for (let index = 0; index < files; index++) {
    const random = createRandom(index);
    const rgba = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let at = 0; at < rgba.length; at += 4) {
      rgba[at] = rgba[at + 1] = rgba[at + 2] = 64 + 128 * random.uniform();
    }
    await write(join(folder, `${String(index).padStart(6, "0")}.png`), rgba);
  }
}

async function fillFolder(workers: string): Promise<FolderRun> {
  const args = [
    ...["inpaint", join(temporary, "in"), "-m", join(temporary, "mask.png")],
    ...["-o", join(temporary, `out${workers}`), "--method", flags.method],
    ...["--device", flags.device, "--workers", workers, "--json", "--quiet"],
  ];
  const startMs = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "main.ts", ...args],
    cwd: ROOT,
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const samples: Sample[] = [];
  let files = 0;
  // Each file that is done is a line of JSON.
  for await (const bytes of child.stdout) {
    for (const byte of bytes) {
      if (byte !== 0x0a) continue;
      files++;
      if (files % Number(flags.every) !== 0 || files === count) continue;
      samples.push({ files, residentMiB: await statusMiB(child.pid, "VmRSS") });
    }
  }
  const { success, code } = await child.status;
  if (!success) throw new Error(`pconv ended with exit code ${code}`);
  return {
    command: `pconv ${args.join(" ").replaceAll(temporary, "")}`,
    samples,
    highestMiB: Math.max(...samples.map(({ residentMiB }) => residentMiB)),
    seconds: (performance.now() - startMs) / 1000,
  };
}

/** A line of a process's status in MiB; NaN if the process is gone. */
async function statusMiB(pid: number, name: string): Promise<number> {
  const text = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
  const match = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text);
  return match === null ? NaN : Number(match[1]) / 1024;
}

function tableOf(runs: readonly FolderRun[]): string {
  return runs.map(({ command, samples, highestMiB, seconds }) => {
    const late = samples.filter(({ files }) => files >= count / 10);
    return [
      `\`${command}\`: ${seconds.toFixed(1)} s, ${
        (count / seconds).toFixed(0)
      } files per second, ` +
      `highest ${highestMiB.toFixed(0)} MiB, ` +
      `slope from a tenth on ${(1000 * slopeOf(late)).toFixed(2)} MiB per 1,000 files`,
      "",
      "| files | resident MiB |",
      "| --- | --- |",
      ...samples.map(({ files, residentMiB }) => `| ${files} | ${residentMiB.toFixed(0)} |`),
      "",
    ].join("\n");
  }).join("\n");
}

/** MiB per file by least squares. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(samples.map(({ files }) => files));
  const y = mean(samples.map(({ residentMiB }) => residentMiB));
  let [above, below] = [0, 0];
  for (const { files, residentMiB } of samples) {
    above += (files - x) * (residentMiB - y);
    below += (files - x) ** 2;
  }
  return above / below;
}
