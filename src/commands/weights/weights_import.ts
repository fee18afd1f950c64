/**
 * `pconv weights import`.
 * @module
 */
import { toCanonicalVgg16 } from "../../checkpoint/vgg16_convention.ts";
import { encodeVgg16 } from "../../checkpoint/vgg16_file.ts";
import { type ForeignConvention, readForeignVgg16 } from "../../checkpoint/import/vgg16.ts";
import { userVgg16Path } from "../../checkpoint/user_weights.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { writeFileAtomic } from "../../data/atomic_write.ts";
import { didYouMean } from "../../edit_distance.ts";
import { EXIT, InputError, UsageError } from "../../errors.ts";
import { importPconv, outputBeside } from "./import_pconv.ts";

/**
 * Converts VGG-16 or an inpainting network from PyTorch, Keras or safetensors and prints the path of the result.
 *
 * @returns 0.
 * @throws {UsageError} If another network is asked for, or nothing tells the convention.
 * @throws {WeightsError} If the file does not hold the network.
 * @throws {InputError} If the result exists or cannot be written.
 */
export async function weightsImport(
  { positionals, options }: ParsedOptions<"weights import">,
  io: CommandIo,
): Promise<number> {
  const [network = "", path = ""] = positionals;
  checkNetwork(network, ["pconv", "vgg16"]);
  if (network === "pconv") {
    if (options.convention !== undefined) {
      throw new UsageError("Cannot use --convention with pconv: it is about VGG-16");
    }
    const output = options.output ?? outputBeside(path);
    await checkIsNew(output, options.overwrite);
    await importPconv(path, { output, io });
    return EXIT.done;
  }
  const output = options.output ?? userVgg16Path();
  await checkIsNew(output, options.overwrite);
  await importVgg16(path, { output, convention: options.convention, io });
  return EXIT.done;
}

/** Options of {@linkcode importVgg16}. */
export interface ImportVgg16Options {
  /** Where to write. */
  readonly output: string;
  /** @default told by the file, or guessed */
  readonly convention: ForeignConvention | undefined;
  readonly io: CommandIo;
}

/** Converts one file and prints the path of the result; a guess is told. */
export async function importVgg16(
  path: string,
  { output, convention, io }: ImportVgg16Options,
): Promise<void> {
  const found = await readForeignVgg16(path, { convention });
  if (found.assumption !== undefined) io.log(found.assumption);
  const numbers = toCanonicalVgg16(found.arrays, found.convention);
  await writeFileAtomic(output, encodeVgg16(numbers, { origin: found.origin }));
  io.log(`Wrote VGG-16 up to pool3; train with --vgg ${output}`);
  await io.print(output);
}

/** @throws {UsageError} If the network is not one of those that can be had. */
export function checkNetwork(network: string, known: readonly string[]): void {
  if (known.includes(network)) return;
  throw new UsageError(
    `Unknown network ${JSON.stringify(network)}: ${didYouMean(network, known)}`,
  );
}

/** @throws {InputError} If the file exists and may not be replaced. */
export async function checkIsNew(path: string, mayReplace: boolean): Promise<void> {
  if (mayReplace) return;
  const exists = await Deno.lstat(path).then(() => true, () => false);
  if (!exists) return;
  throw new InputError(`Cannot write weights "${path}": it exists, must be a new file`, {
    hint: "Give --overwrite to replace it, or --output for another place",
  });
}
