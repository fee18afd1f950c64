/**
 * The half of `pconv weights import` that is about inpainting networks.
 * @module
 */
import { join, parse } from "node:path";
import { encodeForeignPconv, readForeignPconv } from "../../checkpoint/import/pconv.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { formatUNetConfig } from "../../model/unet_config.ts";
import { networkWords } from "./weights_words.ts";

/** Options of {@linkcode importPconv}. */
export interface ImportPconvOptions {
  /** Where to write. */
  readonly output: string;
  readonly io: CommandIo;
}

/**
 * Converts one file and prints the path of the result; what was recognised and what is assumed is told.
 *
 * @throws {WeightsError} If the file cannot be read, or holds no network that can be converted exactly.
 * @throws {InputError} If the result cannot be written.
 */
export async function importPconv(
  path: string,
  { output, io }: ImportPconvOptions,
): Promise<void> {
  const found = await readForeignPconv(path);
  const { layout, config } = found;
  io.log(`Recognised ${layout.title}: ${networkWords(formatUNetConfig(config))}`);
  io.log(layout.assumption);
  await writeFileAtomic(output, encodeForeignPconv(found));
  io.log(`Wrote the network; its licence is that of "${path}", which pconv does not know`);
  io.log(`Fill with: pconv inpaint --weights ${output}`);
  await io.print(output);
}

/** "models/net.pth" to "models/net.safetensors"; never the file itself. */
export function outputBeside(path: string): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}${ext === ".safetensors" ? ".pconv" : ""}.safetensors`);
}
