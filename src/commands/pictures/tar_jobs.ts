/**
 * The pictures of a tar stream as jobs.
 * @module
 */
import { extname } from "node:path";
import { isImageName } from "../../data/list_images.ts";
import { readTar } from "../../data/tar/read_tar.ts";
import type { TarMember } from "../../data/tar/tar_member.ts";
import type { TarWriter } from "../../data/tar/write_tar.ts";
import { InputError } from "../../errors.ts";
import type { FoundHole } from "./hole_finder.ts";
import type { OutputTarget } from "./output_place.ts";
import type { PictureJob } from "./picture_plan.ts";

/** Options of {@linkcode tarJobs}. */
export interface TarJobsOptions {
  /** What is done, for messages: "Cannot inpaint ...". */
  readonly verb: string;
  /** Finds the holes of a picture. @param relative Its path in the archive. */
  readonly holesOf: (relative: string) => readonly FoundHole[];
  /** Names the place of a result in a folder; asked for unless there is an archive to write. */
  readonly targetOf: (stem: string, relative: string) => OutputTarget;
  /** Takes the results, each with time and mode of its picture. */
  readonly archive: TarWriter | undefined;
  /** Put behind the name of each result in the archive. */
  readonly suffix: string;
}

/**
 * Reads pictures from an archive as they are asked for; one is in memory at a time, beside those in the works. Links and
 * names that lead out of the archive come as jobs that fail.
 */
export async function* tarJobs(
  stream: ReadableStream<Uint8Array>,
  { verb, holesOf, targetOf, archive, suffix }: TarJobsOptions,
): AsyncGenerator<PictureJob> {
  /** Names that the archive has: a second file of one name would hide the first. */
  const added = new Set<string>();
  const addTo = async (archive: TarWriter, member: TarMember) => {
    const { name } = member;
    if (added.has(name)) {
      throw new InputError(
        `Cannot write ${JSON.stringify(name)}: it is a result of this run already`,
      );
    }
    added.add(name);
    await archive.add(member);
  };
  for await (const member of readTar(stream, { name: "standard input", isWanted })) {
    if ("refusal" in member) {
      const { name, refusal } = member;
      const mask = new InputError(
        `Cannot ${verb} ${JSON.stringify(name)} of the archive: ${refusal}`,
      );
      yield { input: name, stem: name, mask, output: { kind: "stdout" } };
      continue;
    }
    const { name, bytes, modified, mode } = member;
    const found = holesOf(name);
    for (const [i, { stem, sources }] of found.entries()) {
      const output: OutputTarget = archive === undefined ? targetOf(stem, name) : {
        kind: "member",
        path: stem + suffix,
        extension: extname(name),
        add: (name, bytes) =>
          addTo(archive, { name, bytes: new Uint8Array(bytes), modified, mode }),
      };
      // Decoding may take the memory away; the last one may have it.
      const own = i < found.length - 1 ? bytes.slice() : bytes;
      yield { input: name, stem, mask: sources, output, bytes: own };
    }
  }
}

/** Images whose names do not begin with a dot anywhere, as in folders; macOS adds such files to archives. */
function isWanted(name: string): boolean {
  return isImageName(name) && !name.split("/").some((part) => /^\.[^./]/.test(part));
}
