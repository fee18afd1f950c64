/**
 * The commands that README.md shows.
 * @module
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A heading with the commands below it. */
export interface ReadmeTable {
  readonly heading: string;
  /** As they are typed: comments left out, broken lines joined. */
  readonly commands: readonly string[];
}

const README = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");

/** The tables of "Tasks by example". */
export function taskTables(text = README): readonly ReadmeTable[] {
  const [, section = ""] = text.split("\n## Tasks by example\n");
  const [tasks = ""] = section.split("\n## ");
  return tasks.split("\n### ").slice(1).map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    const rows = lines.filter((line) => line.startsWith("| ")).slice(1);
    // A bar within a cell of a table is written with a backslash.
    const commands = rows.map((row) => /`([^`]+)`[^`]*\|$/.exec(row)?.[1]?.replaceAll("\\|", "|"));
    const bare = rows[commands.indexOf(undefined)];
    if (bare !== undefined) throw new Error(`a row of README names no command: ${bare}`);
    return { heading, commands: commands as string[] };
  });
}

/** The lines of all blocks of shell that start the program. */
export function blockCommands(text = README): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = ""]) => block.replaceAll(/ *\\\n */g, " ").split("\n"))
    .map((line) => line.replace(/ +#.*$/, ""))
    .filter((line) => line.startsWith("pconv "));
}

/** The line that puts the program on the PATH. */
export function installCommand(text = README): string {
  return /^deno task install$/m.exec(text)?.[0] ?? "";
}
