/**
 * Commands that make sense after a run.
 * @module
 */
import type { RunRecord } from "./run_record.ts";

/** A command line and what it is for. */
export interface NextCommand {
  readonly purpose: string;
  readonly command: string;
}

/** Lists commands for a POSIX shell: go on, fine-tune, inpaint. */
export function nextCommands(record: RunRecord): NextCommand[] {
  const { name, folder = name, log, steps, state, best, settings } = record;
  const run = quoteForShell(folder);
  const file = quoteForShell(
    `${folder.replace(/\/+$/, "")}/${best === undefined ? "weights" : "best"}.safetensors`,
  );
  const images = typeof settings.images === "string" && settings.images !== ""
    ? quoteForShell(settings.images)
    : "photos/";
  const rate = log.at(-1)?.learningRate;
  const commands: NextCommand[] = [];
  if (state === "done") {
    commands.push({
      purpose: "Train longer",
      command: `pconv train --resume ${run} --steps ${steps * 2}`,
    });
  } else if (state === "diverged") {
    const lower = rate === undefined ? "" : ` --learning-rate ${Number((rate / 2).toPrecision(3))}`;
    commands.push({
      purpose: "Go on from the last good checkpoint at half the rate",
      command: `pconv train --resume ${run}${lower}`,
    });
  } else {
    commands.push({
      purpose: state === "running" ? "Go on, should it be stopped" : "Go on",
      command: `pconv train --resume ${run}`,
    });
  }
  commands.push(
    {
      purpose: "Fine-tune with these weights",
      command: `pconv finetune -w ${file} --images ${images} -o ${
        quoteForShell(`${folder.replace(/\/+$/, "")}-finetune`)
      }`,
    },
    {
      purpose: "Fill the holes of a photograph",
      command: `pconv inpaint photo.jpg -m mask.png -w ${file} -o filled.jpg`,
    },
  );
  return commands;
}

/** Quotes a path where a POSIX shell needs it. */
function quoteForShell(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
