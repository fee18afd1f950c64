/**
 * Texts that the program must print to the letter.
 * @module
 */
import assert from "node:assert/strict";

const FOLDER = new URL("./golden/", import.meta.url);

/** Fails unless `text` equals `golden/NAME.txt`; with the environment variable UPDATE_GOLDEN=1 writes it instead. */
export async function assertGolden(name: string, text: string): Promise<void> {
  const url = new URL(`${name}.txt`, FOLDER);
  if (Deno.env.get("UPDATE_GOLDEN") === "1") {
    await Deno.mkdir(FOLDER, { recursive: true });
    await Deno.writeTextFile(url, text);
    return;
  }
  const expected = await Deno.readTextFile(url).catch(() => "");
  assert.equal(
    text,
    expected,
    `differs from tests/cli/golden/${name}.txt; if it should, run UPDATE_GOLDEN=1 deno test -A tests/cli\n` +
      `is:\n${text}`,
  );
}
