/**
 * pconv: fills holes in photographs with partial convolutions. This file only puts the program together:
 * the command line from `src/cli`, one file per command from `src/commands`, the training parts from `tasks`.
 */
import type { CommandName } from "./src/cli/commands_table.ts";
import { openProgramIo } from "./src/cli/program_io.ts";
import { type CommandRunner, run } from "./src/cli/run.ts";
import config from "./deno.json" with { type: "json" };

// Commands load when they are called, so that `--help` never waits for TensorFlow.js.
const train = async () => {
  const { createTrainCommand } = await import("./src/commands/train.ts");
  const { catalog } = await import("./tasks/mod.ts");
  return createTrainCommand(catalog, import.meta.resolve("./tasks/mod.ts"));
};

const commands = new Map<CommandName, () => Promise<CommandRunner>>([
  ["inpaint", async () => (await import("./src/commands/inpaint.ts")).inpaint],
  ["train", train],
  ["finetune", train],
  ["mask", async () => (await import("./src/commands/mask.ts")).mask],
  ["doctor", async () => (await import("./src/commands/doctor.ts")).doctor],
]);

Deno.exit(await run(Deno.args, { commands, version: config.version, io: openProgramIo() }));
