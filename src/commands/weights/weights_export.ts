/**
 * `pconv weights export`.
 * @module
 */
import { extname } from "node:path";
import { encodeOnnx } from "../../checkpoint/export/onnx_network.ts";
import { plainArrays } from "../../checkpoint/export/plain_arrays.ts";
import { type NetworkFile, readNetworkFile } from "../../checkpoint/network_file.ts";
import { encodeSafetensors } from "../../checkpoint/safetensors.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { EXIT, UsageError } from "../../errors.ts";
import { sizeMultiple } from "../../model/unet_config.ts";
import { checkIsNew } from "./weights_import.ts";

/** Facts of a weights file that go with it. */
const CARRIED = ["recipe", "steps", "data", "licence", "commit", "origin"];

/**
 * Writes a network for other programs, as the output's name says: ONNX, or a state dict in safetensors. Prints the path
 * of the result.
 *
 * @returns 0.
 * @throws {UsageError} If the output's name ends otherwise.
 * @throws {WeightsError} If the weights cannot be read.
 * @throws {InputError} If the result exists or cannot be written.
 */
export async function weightsExport(
  { positionals: [nameOrPath = ""], options }: ParsedOptions<"weights export">,
  io: CommandIo,
): Promise<number> {
  const { output, overwrite } = options;
  const kind = extname(output).toLowerCase();
  if (kind !== ".onnx" && kind !== ".safetensors") {
    throw new UsageError(
      `Cannot export to "${output}": its name ends in "${kind}", must end in .onnx or .safetensors`,
    );
  }
  await checkIsNew(output, overwrite);
  const network = await readNetworkFile(nameOrPath);
  const { config, arrays } = network;
  const metadata = carriedFacts(network);
  if (kind === ".onnx") {
    await writeFileAtomic(output, encodeOnnx({ config, arrays, metadata }));
    const multiple = sizeMultiple(config);
    io.log(
      `Wrote ONNX: image [n, 3, h, w] and mask [n, 1, h, w] (1 = hole) to composite; ` +
        `h and w multiples of ${multiple}`,
    );
  } else {
    await writeFileAtomic(
      output,
      encodeSafetensors(plainArrays(arrays), { ...metadata, format: "pt", range: config.range }),
    );
    io.log("Wrote a state dict under PyTorch's names; pconv itself reads its own files alone");
  }
  await io.print(output);
  return EXIT.done;
}

function carriedFacts({ metadata, sha256 }: NetworkFile): Record<string, string> {
  const facts = Object.entries(metadata).filter(([key]) => CARRIED.includes(key));
  return { ...Object.fromEntries(facts), source_sha256: sha256 };
}
