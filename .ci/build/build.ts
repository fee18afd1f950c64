/**
 * Makes standalone executables, with weights and packages inside, and beside them the manual page and completions.
 * It lies here and not in `src` because it is no part of the program: like the tests' `run`, it works on the project.
 *
 *   deno task build        # for this machine, into dist/
 *   deno task build:all    # for all five
 *
 * Deno downloads the base of each target once, from dl.deno.land. Where that cannot be reached, DENORT_BIN names one;
 * with `deno` itself in its place the file holds everything but starts as plain Deno.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileArguments } from "./compile_arguments.ts";
import { gitStamp } from "./git_stamp.ts";
import { missingFiles } from "./missing_files.ts";
import { run } from "./run_deno.ts";
import { embeddedFiles, makeStage } from "./stage.ts";
import { chosenTargets, executableName } from "./targets.ts";

/** What stands beside the executables: path in `dist/`, command that prints it. */
const TEXTS = [
  ["man/pconv.1", ["man"]],
  ["completions/pconv.bash", ["completions", "bash"]],
  ["completions/_pconv", ["completions", "zsh"]],
  ["completions/pconv.fish", ["completions", "fish"]],
] as const;

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const dist = join(root, "dist");
const targets = chosenTargets(Deno.args, Deno.build.target);
const stamp = await gitStamp(root);
const folder = await Deno.makeTempDir({ prefix: "pconv-build-" });
try {
  const stage = await makeStage(root, folder);
  const program = [...stage.permissions, "main.ts"];

  // What goes in, at work with the executables' permissions: a device opens, and the weights are whole.
  await run(["run", ...program, "doctor", "--device", "cpu"], folder);
  for (const [path, command] of TEXTS) {
    await Deno.mkdir(dirname(join(dist, path)), { recursive: true });
    await Deno.writeFile(join(dist, path), await run(["run", ...program, ...command], folder));
  }
  for (const target of targets) {
    await Deno.writeTextFile(join(folder, "build.json"), JSON.stringify({ ...stamp, target }));
    const output = join(dist, executableName(target));
    await run(["compile", ...compileArguments({ ...stage, target, output })], folder);
    const executable = await Deno.readFile(output);
    const missing = missingFiles(executable, await embeddedFiles(stage));
    if (missing.length > 0) throw new Error(`Cannot use ${output}: it lacks ${missing.join(", ")}`);
    report(`${output}: ${(executable.length / 1e6).toFixed(0)} MB`);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

function report(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
