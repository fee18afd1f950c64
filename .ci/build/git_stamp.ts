/**
 * Which commit a tree is.
 * @module
 */
import type { BuildStamp } from "../../src/checkpoint/source_version.ts";

/**
 * Asks git for the commit of a folder; "unknown" where there is no git or no repository.
 *
 * @param root The project.
 */
export async function gitStamp(root: string): Promise<Omit<BuildStamp, "target">> {
  const ask = async (...args: readonly string[]) => {
    const git = new Deno.Command("git", { args: [...args], cwd: root, stderr: "null" });
    const { success, stdout } = await git.output();
    if (!success) throw new Error("no repository");
    return new TextDecoder().decode(stdout).trim();
  };
  try {
    const [commit, date] = (await ask("log", "-1", "--format=%H %cs")).split(" ");
    const isClean =
      await ask("status", "--porcelain", "--", "main.ts", "src", "tasks", "weights") === "";
    return { commit: `${commit}${isClean ? "" : "+changes"}`, date: date! };
  } catch {
    return { commit: "unknown", date: "unknown" };
  }
}
