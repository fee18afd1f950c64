/**
 * `pconv man`: prints the manual page.
 * @module
 */
import type { manPage } from "../../cli/man_page.ts";
import type { CommandRunner } from "../../cli/run.ts";

/**
 * Makes the command.
 *
 * @param page Makes the text; the tables it is made from are the command line's own.
 * @param version Version of the program.
 */
export function createManCommand(page: typeof manPage, version: string): CommandRunner<"man"> {
  return async (_, io) => {
    await io.print(page(version).trimEnd());
    return 0;
  };
}
