/**
 * pconv: fills holes in photographs with partial convolutions. This file only puts the program together:
 * the command line from `src/cli`, one file per command from `src/commands`, the training parts from `tasks`.
 */
import type { CommandName } from "./src/cli/commands_table.ts";
import { openProgramIo } from "./src/cli/program_io.ts";
import { type CommandRunner, run } from "./src/cli/run.ts";
import config from "./deno.json" with { type: "json" };

// Commands load when they are called, so that `--help` never waits for TensorFlow.js.
const catalog = async () => (await import("./tasks/mod.ts")).catalog;
const catalogUrl = import.meta.resolve("./tasks/mod.ts");

const train = async () => {
  const { createTrainCommand } = await import("./src/commands/train/train.ts");
  return createTrainCommand(await catalog(), catalogUrl);
};

const sweep = async () => {
  const { createSweepCommand } = await import("./src/commands/sweep/sweep.ts");
  return createSweepCommand(await catalog(), catalogUrl);
};

const completions = async () => {
  const { createCompletionsCommand } = await import("./src/commands/setup/completions.ts");
  const { completionScript } = await import("./src/cli/completions/completion_script.ts");
  return createCompletionsCommand(completionScript);
};

const man = async () => {
  const { createManCommand } = await import("./src/commands/setup/man.ts");
  return createManCommand((await import("./src/cli/man_page.ts")).manPage, config.version);
};

const about = async () => await (await import("./src/commands/setup/about_build.ts")).aboutBuild();

const commands = new Map<CommandName, () => Promise<CommandRunner>>([
  ["inpaint", async () => (await import("./src/commands/inpaint/inpaint.ts")).inpaint],
  ["superres", async () => (await import("./src/commands/superres/superres.ts")).superresCommand],
  ["report", async () => (await import("./src/commands/report/report.ts")).report],
  ["train", train],
  ["finetune", train],
  ["sweep", sweep],
  ["eval", async () => (await import("./src/commands/eval/eval.ts")).evaluate],
  [
    "masks generate",
    async () => (await import("./src/commands/masks/masks_generate.ts")).masksGenerate,
  ],
  [
    "masks inspect",
    async () => (await import("./src/commands/masks/masks_inspect.ts")).masksInspect,
  ],
  [
    "weights import",
    async () => (await import("./src/commands/weights/weights_import.ts")).weightsImport,
  ],
  [
    "weights export",
    async () => (await import("./src/commands/weights/weights_export.ts")).weightsExport,
  ],
  [
    "weights fetch",
    async () => (await import("./src/commands/weights/weights_fetch.ts")).weightsFetch,
  ],
  [
    "weights info",
    async () => (await import("./src/commands/weights/weights_info.ts")).weightsInfo,
  ],
  ["doctor", async () => (await import("./src/commands/doctor.ts")).doctor],
  ["completions", completions],
  ["man", man],
]);

const { version } = config;
Deno.exit(await run(Deno.args, { commands, version, about, io: openProgramIo() }));
