import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../../src/cli/parse.ts";
import { listFiles } from "../support/run_cli.ts";
import { hasProgram } from "../support/shell.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { blockCommands, installCommand, taskTables } from "./readme_commands.ts";
import { type ReadmeSetting, ROOT, TRAINED, withReadme } from "./readme_setting.ts";
import { listResults } from "./results.ts";
import { untilFile } from "./train_setting.ts";

/** Lines that are only read as the program reads its command line, and why they are not run. */
const PARSED: Readonly<Record<string, string>> = {
  "pconv inpaint photo.jpg -m mask.png -o filled.jpg --device gpu": "needs a GPU",
  "pconv sweep --images photos/ -o sweeps/hole --vary hole=3,6,12 --steps 500":
    "trains for minutes; tests/cli/sweep_test.ts runs short ones",
  "pconv train --images photos/ -o runs/first --steps 300 --validate-every 100":
    "trains for minutes; a longer one is begun below",
  "pconv finetune -w runs/first/weights.safetensors --images photos/ -o runs/second --steps 60":
    "trains for minutes; a longer one is begun below",
  "pconv weights fetch vgg16": "downloads 528 MB",
  "pconv weights import vgg16 FILE": "FILE is what the user has; tests/cli/weights_test.ts runs it",
  "pconv train --preset paper --images photos/ -o runs/paper": "needs VGG-16 and trains for days",
  "pconv finetune -w runs/paper/weights.safetensors --images photos/ -o runs/paper-2":
    "needs VGG-16 and trains for days",
  "pconv eval --images photos/ --masks masks/ -o evals/first":
    "takes a minute at 512x512; the line with --size native is run",
  "pconv eval --images photos/ -o evals/second":
    "takes minutes at 512x512; the line with --size native is run",
};

/** Lines that go on until they are stopped, and what they say when they are at work. */
const STOPPED: Readonly<Record<string, RegExp>> = {
  "pconv inpaint inbox/ -m mask.png -o filled/ --watch": /^device: /m,
  "pconv train --images photos/ -o runs/first": /^training: .* steps 0 to /m,
  "pconv train --resume runs/first": /^training: .* steps [1-9]\d* to /m,
  "pconv finetune -w pconv-lite --images photos/ -o runs/mine": /^training: .* steps 0 to /m,
};

/** Where a line's machine must be told what it is. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  "pconv inpaint photos/ -m masks/ -o filled/ --shard auto":
    "export SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=2 " +
    "SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_STEP=1",
};

/** Lines that go on with what another line has left. */
const AFTER: Readonly<Record<string, string>> = {
  "pconv report filled/ -o run.html": "pconv inpaint photos/ -m masks/ -o filled/",
  "pconv eval --compare pconv telea -o evals/first":
    "pconv eval --images photos/ --masks masks/ --size native -o evals/first",
};

const isOthers = (command: string) => command.includes("../shared/");
const TABLES = taskTables();
const BLOCKS = blockCommands();
const ALL = new Set([...TABLES.flatMap(({ commands }) => commands), ...BLOCKS]);
const isRun = (command: string) =>
  !(command in PARSED) && !(command in STOPPED) && !isOthers(command);

/** Files and folders that a line says it writes. */
function namedOutputs(command: string): string[] {
  return [...command.matchAll(/(?:-o|--report|>) (\S+)/g)].map(([, path]) => path!);
}

/**
 * Runs a line: it must say that all is well, and have written what it names. The folder is fresh unless the line goes on
 * with the last one, or is the same.
 */
async function assertWorks(
  { folder, renew, type }: ReadmeSetting,
  command: string,
  last?: string,
): Promise<void> {
  const before = AFTER[command];
  const isAgain = command === last;
  if (!isAgain && (before === undefined || before !== last)) {
    await renew();
    if (before !== undefined) assert.equal((await type(before)).code, 0, before);
  }
  const photos = await listFiles(join(folder, "photos"));
  const { code, stderr } = await type(`${ENVIRONMENT[command] ?? ""}\n${command}`);
  const files = await listFiles(folder);
  const story = [command, `code: ${code}`, stderr, ...files].join("\n");
  assert.equal(code, 0, story);
  const warnings = stderr.split("\n").filter((line) => line.startsWith("warning: "));
  assert.deepEqual(warnings, [], story);
  if (isAgain) assert.match(stderr, /^0 of (\d+) images done, \1 done before/m, story);
  for (const output of namedOutputs(command)) {
    const path = join(folder, output);
    if (command.includes("--dry-run")) assert.ok(!existsSync(path), story);
    else if (!output.endsWith("/")) {
      const { size, isDirectory } = await Deno.stat(path);
      assert.ok(isDirectory || size > 0, story);
    } else if (command.startsWith("pconv inpaint photos/") && !command.includes("--shard")) {
      const suffix = / --suffix (\S+)/.exec(command)?.[1];
      const named = photos.map((name) => name.replace(/(?=\.\w+$)/, suffix ?? ""));
      const expected = output === "photos/" ? [...photos, ...named].sort() : named;
      assert.deepEqual(await listResults(path), expected, story);
    } else assert.ok((await listResults(path)).length > 0, story);
  }
}

/** Lets a line work, stops it by Ctrl-C, and expects 130. */
async function assertStops({ folder, start }: ReadmeSetting, command: string): Promise<void> {
  // In the shell's place, so that the signal reaches the program.
  const child = start(`exec ${command}`);
  let told = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    const isBegun = STOPPED[command]!.test(told);
    told += text;
    if (isBegun || !STOPPED[command]!.test(told)) continue;
    if (command.includes("--watch")) await untilFile(join(folder, "filled/a.jpg"));
    child.kill("SIGINT");
  }
  assert.equal((await child.status).code, 130, `${command}\n${told}`);
  for (const output of namedOutputs(command)) {
    assert.notDeepEqual(await listResults(join(folder, output)), [], `${command}\n${told}`);
  }
}

const hasBash = await hasProgram("bash");
const needsBash = hasBash ? "" : " (ignored: needs bash)";

for (const { heading, commands } of TABLES) {
  const lines = commands.filter(isRun);
  Deno.test({
    name: `README, ${heading}: ${lines.length} lines work as they stand${needsBash}`,
    ignore: !hasBash,
    fn: async () => {
      await withReadme(async (setting) => {
        for (const [i, command] of lines.entries()) {
          await assertWorks(setting, command, lines[i - 1]);
        }
      });
    },
  });
}

Deno.test({
  name: `README, blocks: those lines work that can run here${needsBash}`,
  ignore: !hasBash,
  fn: async () => {
    const inTables = new Set(TABLES.flatMap(({ commands }) => commands));
    const lines = new Set(BLOCKS.filter((command) => isRun(command) && !inTables.has(command)));
    await withReadme(async (setting) => {
      for (const command of lines) await assertWorks(setting, command);
    });
  },
});

Deno.test({
  name:
    `README: watching, training and finetuning begin, end at Ctrl-C with 130, and go on${needsBash}`,
  ignore: !hasBash,
  fn: async () => {
    await withReadme(async (setting) => {
      await setting.renew();
      // Here they are those of the training itself.
      for (const name of TRAINED) {
        await Deno.remove(join(setting.folder, name, ".."), { recursive: true });
      }
      for (const command of Object.keys(STOPPED)) await assertStops(setting, command);
      const own = TABLES.flatMap(({ commands }) => commands)
        .find((command) => command.endsWith(`-w ${TRAINED[0]}`))!;
      const { code, stderr } = await setting.type(own);
      assert.equal(code, 0, stderr);
    });
  },
});

Deno.test("README: lines that cannot run here are at least right", async (t) => {
  for (const command of ALL) {
    const reason = PARSED[command] ??
      (isOthers(command) ? "needs photographs of others" : undefined);
    if (reason === undefined) continue;
    await t.step(`${command} (not run: ${reason})`, () => {
      const [, ...words] = command.split(" ");
      assert.equal(parse(words).kind, "run");
    });
  }
});

Deno.test("README: lines that this test knows are all there", () => {
  for (const command of [...Object.keys(PARSED), ...Object.keys(STOPPED), ...Object.keys(AFTER)]) {
    assert.ok(ALL.has(command), command);
  }
  // Twelve were asked for; so that a change of the headings cannot empty the test.
  assert.ok([...ALL].filter(isRun).length > 40);
});

Deno.test({
  name: `README: the line that installs gives a program that works${needsBash}`,
  ignore: !hasBash,
  fn: async () => {
    await withTempDir(async (folder) => {
      const { success, stderr } = await new Deno.Command("bash", {
        args: ["-c", installCommand()],
        cwd: ROOT,
        env: { DENO_INSTALL_ROOT: folder, NO_COLOR: "1" },
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
      const args = ["weights", "info", "pconv-lite"];
      const run = await new Deno.Command(`${folder}/bin/pconv`, { args, cwd: folder }).output();
      assert.equal(run.code, 0, new TextDecoder().decode(run.stderr));
    });
  },
});
