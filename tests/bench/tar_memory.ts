/**
 * Whether the memory of `pconv inpaint -` stays flat over a long tar stream: feeds it members one by one, throws the
 * archive that comes out away, and samples its resident memory.
 *
 * ```sh
 * deno run -A tests/bench/tar_memory.ts --members 2000
 * ```
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTarPacker } from "modern-tar";
import { draw, maskPicture, middle, writePicture } from "../cli/pictures.ts";
import { createRandom } from "../../src/random.ts";
import { withTempDir } from "../support/temp_dir.ts";

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    members: { type: "string", default: "2000" },
    workers: { type: "string", default: "1" },
    main: { type: "string", default: new URL("../../main.ts", import.meta.url).pathname },
  },
});
const count = Number(flags.members);
const [width, height] = [320, 240];

await withTempDir(async (folder) => {
  const random = createRandom(1);
  const noise = () => 120 + random.integer(0, 31);
  const picture = draw(width, height, () => [noise(), noise(), noise(), 255]);
  const bytes = await writePicture(join(folder, "noise.png"), picture);
  await writePicture(join(folder, "mask.png"), maskPicture(width, height, middle(width, height)));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", flags.main, "inpaint", "--method", "mean", "-q", "-", "-m", "mask.png"],
      ...["--workers", flags.workers],
    ],
    ...{ cwd: folder, stdin: "piped", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const samples: { member: number; mib: number }[] = [];
  const { readable, controller } = createTarPacker();
  const fed = readable.pipeTo(child.stdin);
  let received = 0;
  const drained = (async () => {
    for await (const chunk of child.stdout) received += chunk.length;
  })();
  for (let i = 0; i < count; i++) {
    const writer = controller.add({ name: `${i}.png`, size: bytes.length, type: "file" })
      .getWriter();
    await writer.write(bytes);
    await writer.close();
    if (i % 20 === 19) {
      const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
      samples.push({ member: i + 1, mib: Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024 });
    }
  }
  controller.finalize();
  await fed;
  const { code } = await child.status;
  await drained;
  const meanOf = (from: number, to: number) => {
    const some = samples.filter(({ member }) => member > from * count && member <= to * count);
    return some.reduce((sum, { mib }) => sum + mib, 0) / some.length;
  };
  const result = {
    ...{ code, members: count, workers: flags.workers, memberBytes: bytes.length, received },
    quarters: [0, 1, 2, 3].map((i) => Math.round(meanOf(i / 4, (i + 1) / 4))),
    peakMib: Math.round(Math.max(...samples.map(({ mib }) => mib))),
  };
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(result)}\n`));
});
