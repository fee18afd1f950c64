/**
 * The program as it was: an earlier commit, unpacked, with this bench laid over it, so that before and after are measured
 * in one run.
 * @module
 */
import { join } from "node:path";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** The last commit before the work on speed began. */
export const BEFORE_COMMIT = "a43e240";

/** An unpacked commit. */
export interface Before {
  readonly commit: string;
  /** Ends with a slash, as does the folder of this bench in it. */
  readonly root: string;
  readonly bench: string;
}

/** Unpacks a commit of this repository. @returns Undefined, said on the log, if there is no such commit here. */
export async function unpackBefore(
  commit: string,
  folder: string,
  log: (line: string) => void,
): Promise<Before | undefined> {
  const root = `${join(folder, "before")}/`;
  await Deno.mkdir(root, { recursive: true });
  const archive = join(folder, "before.tar");
  const steps = [
    ["git", "-C", ROOT, "archive", "--output", archive, commit],
    ["tar", "-x", "-f", archive, "-C", root],
    ["mkdir", "-p", `${root}tests/bench`],
    ["cp", "-r", `${ROOT}tests/bench/speed`, `${root}tests/bench/`],
  ];
  for (const [program, ...args] of steps) {
    const command = new Deno.Command(program!, { args });
    const { success, stderr } = await command.output();
    if (success) continue;
    log(`no "before": ${new TextDecoder().decode(stderr).trim()}`);
    return undefined;
  }
  return { commit, root, bench: `${root}tests/bench/speed/` };
}
