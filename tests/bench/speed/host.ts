/**
 * The child process of one contender written in TypeScript: `host.ts <module> [argument]`. The module exports
 * `open(argument)`; what is said on standard input and output stands in `child.ts`.
 * @module
 */
import { pathToFileURL } from "node:url";
import { textLineStream } from "./text_lines.ts";
import { writeFloats } from "./arrays_file.ts";
import type { Job, Runner, Workload } from "./workload.ts";

const [module, argument] = Deno.args;
const answer = (value: unknown) => console.log(JSON.stringify(value));
let runner: Runner | undefined;
let job: Job | undefined;
try {
  // Computed, so that checking types never asks for what only peers need.
  const { open } = await import(pathToFileURL(module!).href);
  runner = await open(argument) as Runner;
  answer({ about: runner.about });
} catch (error) {
  answer({ error: textOf(error) });
  Deno.exit(0);
}
for await (
  const line of Deno.stdin.readable.pipeThrough(new TextDecoderStream()).pipeThrough(
    textLineStream(),
  )
) {
  const request = JSON.parse(line) as { do: string; workload?: Workload; path?: string };
  try {
    if (request.do === "prepare") {
      job?.close();
      job = undefined;
      job = await runner.prepare(request.workload!);
      answer({ about: runner.about });
    } else if (request.do === "run") {
      answer({ ms: await job!.run() });
    } else {
      await writeFloats(request.path!, await job!.output());
      answer({ ok: true });
    }
  } catch (error) {
    answer({ error: textOf(error) });
  }
}
Deno.exit(0);

function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
