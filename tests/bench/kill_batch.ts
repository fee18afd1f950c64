/**
 * Whether a batch that is killed (SIGKILL) at any moment and run again ends as one that was left alone: kills `pconv
 * inpaint` after seeded random delays, again and again, until enough kills were counted.
 *
 * After every kill each file that has its name must be whole; after the run that is not killed the folder must be
 * that of an undisturbed run, byte for byte, with no temporary file. The exit code is 1 if anything was not so.
 *
 * ```sh
 * deno run -A tests/bench/kill_batch.ts --kills 100 --method mean
 * deno run -A tests/bench/kill_batch.ts --kills 100 --method tiny
 * ```
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../../src/random.ts";
import { maskPicture, middle, photo, writePicture } from "../cli/pictures.ts";
import { listResults } from "../cli/results.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    kills: { type: "string", default: "100" },
    pictures: { type: "string", default: "60" },
    /** "mean", or "tiny" for the smallest network on the CPU. */
    method: { type: "string", default: "mean" },
    workers: { type: "string", default: "2" },
    seed: { type: "string", default: "1" },
    /** Main module of the program. */
    main: { type: "string", default: new URL("../../main.ts", import.meta.url).pathname },
  },
});
const wanted = Number(flags.kills);
const random = createRandom(Number(flags.seed));
const [width, height] = [160, 120];
const say = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));

/** Counts of a bench. */
const counts = {
  kills: 0,
  rounds: 0,
  /** Kills that left a temporary file behind. */
  withTemporary: 0,
  /** Kills that left the ledger with half a line. */
  withHalfLine: 0,
  /** Kills after which nothing had been written yet. */
  beforeWork: 0,
  /** Kills with some but not all results there. */
  amidst: 0,
  filesChecked: 0,
  faults: 0,
};

function fault(text: string): void {
  counts.faults += 1;
  say(`fault: ${text}`);
}

await withTempDir(async (folder) => {
  for (let i = 0; i < Number(flags.pictures); i++) {
    await writePicture(join(folder, `in/${i % 3}/${i}.png`), photo(width, height, () => 255 - i), {
      keepAlpha: true,
    });
  }
  await writePicture(
    join(folder, "mask.png"),
    maskPicture(width, height, middle(width, height)),
  );
  await writeTinyWeights(folder);
  const start = (output: string) => {
    const how = flags.method === "tiny"
      ? ["--device", "cpu", "--weights", "tiny.safetensors"]
      : ["--method", flags.method];
    return new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", flags.main, "inpaint", ...how, "-q", "in", "-m", "mask.png"],
        ...["--workers", flags.workers, "-o", output],
      ],
      ...{ cwd: folder, stdin: "null", stdout: "null", stderr: "piped" },
    }).spawn();
  };
  const timeRun = async (output: string) => {
    const startMs = performance.now();
    const { code } = await start(output).output();
    if (code !== 0) throw new Error(`The undisturbed run ended with ${code}`);
    return performance.now() - startMs;
  };
  await timeRun("warm");
  const usualMs = await timeRun("whole");
  const whole = await listResults(join(folder, "whole"));
  const content = new Map<string, Uint8Array>();
  for (const name of whole) content.set(name, await Deno.readFile(join(folder, "whole", name)));
  say(
    `${whole.length} pictures, ${flags.method}, an undisturbed run takes ${usualMs.toFixed()} ms`,
  );

  /** Compares what has its name. @returns Names of all files. */
  const check = async (output: string, when: string): Promise<string[]> => {
    const names = await listResults(join(folder, output)).catch(() => []);
    for (const name of names) {
      if (name.endsWith(".tmp") || name.includes("(NotFound)")) continue;
      counts.filesChecked += 1;
      if (!isSame(await Deno.readFile(join(folder, output, name)), content.get(name))) {
        fault(`${name} is not whole ${when}`);
      }
    }
    return names;
  };

  for (let round = 0; counts.kills < wanted; round++) {
    const output = `killed-${round}`;
    for (;;) {
      const child = start(output);
      // Most of them amid the work, some at the start; a run that is over before counts as the one that ends a round.
      const delayMs = usualMs * (0.1 + 1.1 * random.uniform());
      const timer = setTimeout(() => child.kill("SIGKILL"), delayMs);
      const { code, signal, stderr } = await child.output();
      clearTimeout(timer);
      if (signal !== "SIGKILL") {
        if (code !== 0) fault(`exit code ${code}: ${new TextDecoder().decode(stderr)}`);
        break;
      }
      counts.kills += 1;
      const names = await check(output, `after kill ${counts.kills}`);
      const results = names.filter((name) => content.has(name)).length;
      if (names.some((name) => name.endsWith(".tmp"))) counts.withTemporary += 1;
      if (results === 0) counts.beforeWork += 1;
      else if (results < whole.length) counts.amidst += 1;
      const ledger = await Deno.readTextFile(join(folder, output, ".pconv/ledger.jsonl"))
        .catch(() => "");
      if (ledger !== "" && !ledger.endsWith("}")) counts.withHalfLine += 1;
      if (counts.kills % 20 === 0) say(`${counts.kills} kills`);
    }
    counts.rounds += 1;
    const names = await check(output, `at the end of round ${round}`);
    if (names.join("\n") !== whole.join("\n")) {
      fault(`round ${round} ends with ${names.join(", ")}`);
    }
    await Deno.remove(join(folder, output), { recursive: true });
  }
});
Deno.stdout.writeSync(
  new TextEncoder().encode(`${JSON.stringify({ ...flags, main: undefined, ...counts })}\n`),
);
Deno.exit(counts.faults === 0 ? 0 : 1);

function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((value, i) => value === b[i]);
}
