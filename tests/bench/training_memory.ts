/**
 * Whether the memory of `pconv train` stays flat: trains the tiny preset in a child process and samples its resident
 * memory, without and with validation; the run that validates often would show a leak of validations.
 *
 * ```sh
 * nice -n 10 deno run -A tests/bench/training_memory.ts --output out/training_memory
 * ```
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { collectFacts, describeFacts } from "./training/facts.ts";
import { makePhotos } from "./training/make_photos.ts";
import { drawCurves } from "./training/memory_curve.ts";
import { type MemoryRun, summarise } from "./training/memory_run.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    steps: { type: "string", default: "2000" },
    photos: { type: "string", default: "60" },
    "validate-every": { type: "string", default: "500,50" },
    "every-ms": { type: "string", default: "1000" },
    output: { type: "string", default: "out/training_memory" },
  },
});

const temporary = await Deno.makeTempDir({ prefix: "pconv-bench-" });
try {
  const images = join(temporary, "photos");
  await makePhotos(images, { count: Number(flags.photos), width: 320, height: 240 });
  const runs = [
    await train("without validation", images, ["--validation", "none"]),
  ];
  for (const every of flags["validate-every"].split(",")) {
    const validation = ["--validation", "auto", "--validate-every", every];
    runs.push(await train(`validation every ${every} steps`, images, validation));
  }
  await report(runs);
} finally {
  await Deno.remove(temporary, { recursive: true });
}

async function train(name: string, images: string, more: readonly string[]): Promise<MemoryRun> {
  const folder = join(temporary, name.replaceAll(" ", "-"));
  const settings = [
    ...["train", "--preset", "tiny", "--device", "cpu", "--steps", flags.steps],
    ...["--checkpoint-every", "500", "--report-every", "10", ...more],
  ];
  const { run, permissions } = await programOf();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...run, ...permissions, "main.ts", ...settings, "--images", images, "--output", folder],
    cwd: ROOT,
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  let isRunning = true;
  const status = child.status.finally(() => isRunning = false);
  const samples: MemoryRun["samples"][number][] = [];
  const startMs = performance.now();
  while (isRunning) {
    const kiB = await residentKiB(child.pid);
    const seconds = (performance.now() - startMs) / 1000;
    const step = await lastStep(join(folder, "log.jsonl"));
    if (kiB !== undefined) samples.push({ seconds, step, residentMiB: kiB / 1024 });
    await Promise.race([
      status,
      new Promise((resolve) => setTimeout(resolve, Number(flags["every-ms"]))),
    ]);
  }
  const { success, code } = await status;
  if (!success) throw new Error(`The run "${name}" ended with exit code ${code}`);
  return { name, command: `pconv ${settings.join(" ")}`, samples };
}

/** How `deno task pconv` runs the program. */
async function programOf(): Promise<{ run: string[]; permissions: string[] }> {
  const config = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  const words = (config.tasks.pconv.command as string).split(" ");
  const permissions = words.filter((word) => word.startsWith("--"));
  return { run: ["run"], permissions };
}

/** Resident memory of a process, undefined if it is gone. */
async function residentKiB(pid: number): Promise<number | undefined> {
  const text = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
  const match = /^VmRSS:\s+(\d+) kB/m.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/** The last step that a run has logged. */
async function lastStep(log: string): Promise<number> {
  const text = await Deno.readTextFile(log).catch(() => "");
  const line = text.trimEnd().split("\n").at(-1)!;
  try {
    return (JSON.parse(line) as { step: number }).step;
  } catch {
    return 0; // not yet there, or a line that is being written
  }
}

async function report(runs: readonly MemoryRun[]): Promise<void> {
  const facts = await collectFacts("tests/bench/training_memory.ts");
  const stem = `${facts.date.slice(0, 10)}-training-memory`;
  const rows = runs.map((run) => ({ run, summary: summarise(run) }));
  const text = [
    "# Memory of a training run",
    "",
    `\`pconv train\` of the tiny preset on the CPU, ${flags.steps} steps, ${flags.photos} ` +
    `generated JPEGs of 320x240. Resident memory of the process (VmRSS), sampled every ` +
    `${flags["every-ms"]} ms.`,
    "",
    `![Resident memory over steps](${stem}.svg)`,
    "",
    "| run | samples | second quarter | last quarter | growth | slope from the second quarter on | highest |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map(({ run, summary }) =>
      `| ${run.name} | ${run.samples.length} | ${mib(summary.earlyMiB)} | ${
        mib(summary.lateMiB)
      } | ` +
      `${mib(summary.lateMiB - summary.earlyMiB)} | ${mib(summary.slopeMiB)} in 1,000 steps | ` +
      `${mib(summary.highestMiB)} |`
    ),
    "",
    "Quarters are of the steps, their numbers medians; the first one loads, compiles and fills caches. Commands:",
    "",
    ...runs.map(({ command }) => `- \`${command}\``),
    "",
    describeFacts(facts),
    "",
  ].join("\n");
  await Deno.mkdir(flags.output, { recursive: true });
  const write = (ending: string, content: string) =>
    Deno.writeTextFile(join(flags.output, `${stem}.${ending}`), content);
  await write("md", text);
  await write("svg", drawCurves(runs));
  const rounded = rows.map(({ run, summary }) => ({
    ...run,
    summary,
    samples: run.samples.map(({ seconds, step, residentMiB }) => [
      Math.round(seconds * 10) / 10,
      step,
      Math.round(residentMiB * 10) / 10,
    ]),
  }));
  const columns = ["seconds", "step", "residentMiB"];
  await write("json", JSON.stringify({ columns, runs: rounded, facts }) + "\n");
  console.log(text);
}

function mib(value: number): string {
  return `${value.toFixed(1)} MiB`;
}
