/**
 * `pconv weights fetch`.
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { userVgg16Path } from "../../checkpoint/user_weights.ts";
import type { ParsedOptions } from "../../cli/flags.ts";
import type { CommandIo } from "../../cli/io.ts";
import { download } from "../../data/download.ts";
import { EXIT, UsageError } from "../../errors.ts";
import { checkIsNew, checkNetwork, importVgg16 } from "./weights_import.ts";

/** Where torchvision's own code gets it. */
const VGG16_URL = "https://download.pytorch.org/models/vgg16-397923af.pth";

/** Of that file, 553,433,881 bytes. torchvision itself checks only the eight digits in the name. */
const VGG16_SHA256 = "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0";

const MEGABYTE = 1_000_000;

/**
 * Downloads VGG-16, checks its hash, converts it, removes the download and prints the path of the result. A download
 * that was broken off goes on where it stopped; one that was there already is used if its hash is right, and stays.
 *
 * @returns 0.
 * @throws {UsageError} If another network is asked for, or the hash is no hash.
 * @throws {InputError} If the download fails, or the result exists.
 * @throws {WeightsError} If the file holds no VGG-16.
 */
export async function weightsFetch(
  { positionals, options }: ParsedOptions<"weights fetch">,
  io: CommandIo,
): Promise<number> {
  checkNetwork(positionals[0] ?? "", ["vgg16"]);
  const { url = VGG16_URL, output = userVgg16Path(), convention } = options;
  const name = fileNameOf(url);
  const sha256 = expectedHash(options.sha256, url, name);
  await checkIsNew(output, options.overwrite);
  const path = downloadPath(output, name);
  // A file that was there before is the user's own, whatever has its name.
  const wasThere = await Deno.lstat(path).then(() => true, () => false);
  if (sha256 === undefined) io.warn(`Cannot check the download "${url}": its SHA-256 is not known`);
  const { resumedBytes } = await download(url, {
    path,
    sha256,
    signal: io.signal,
    onProgress: ({ receivedBytes, totalBytes }) =>
      io.progress.update({
        done: Math.floor(receivedBytes / MEGABYTE),
        total: totalBytes === undefined ? undefined : Math.ceil(totalBytes / MEGABYTE),
        unit: "MB",
        text: name,
      }),
  });
  io.progress.finish();
  if (resumedBytes > 0) io.log(`Went on after ${resumedBytes} bytes of an earlier download`);
  if (sha256 !== undefined) {
    io.log(
      `SHA-256 of the download ${sha256.length < 64 ? "begins with" : "is"} ${sha256}, as it must`,
    );
  }
  // The usual file is known, so that nothing has to be guessed.
  const known = sha256 === VGG16_SHA256 ? "torchvision" : undefined;
  await importVgg16(path, { output, convention: convention ?? known, io });
  if (options.keep || wasThere) io.log(`Kept the download: ${path}`);
  else await Deno.remove(path);
  return EXIT.done;
}

/** The download lies beside the result, never in its place. */
function downloadPath(output: string, name: string): string {
  const path = join(dirname(output), name);
  return resolve(path) === resolve(output) ? `${path}.download` : path;
}

/** Last part of the address, fit to be a file name. */
function fileNameOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  const name = basename(path).replace(/[^\w.-]+/g, "_");
  return /\w/.test(name) ? name : "vgg16.download";
}

/** The hash that was given, else the known one, else the digits in the name as PyTorch writes them. */
function expectedHash(given: string | undefined, url: string, name: string): string | undefined {
  if (given !== undefined && !/^[0-9a-f]{8,64}$/i.test(given)) {
    throw new UsageError(
      `Cannot check by --sha256 "${given}": it must be 64 hexadecimal digits, or the first eight or more`,
    );
  }
  if (given !== undefined) return given.toLowerCase();
  if (url === VGG16_URL) return VGG16_SHA256;
  return /-([0-9a-f]{8,64})\.\w+$/.exec(name)?.[1];
}
