/**
 * Where the pictures of a run come from: files and folders, standard input, an archive, or a folder that is watched.
 * @module
 */
import { dirname, extname, join, resolve } from "node:path";
import type { CommandIo } from "../../cli/io.ts";
import type { TarWriter } from "../../data/tar/write_tar.ts";
import { InputError, UsageError } from "../../errors.ts";
import { placesOf } from "./canonical_path.ts";
import { STANDARD_STREAM } from "./list_inputs.ts";
import { LEDGER_FOLDER } from "./ledger/read_ledgers.ts";
import { lookOver } from "./look_over.ts";
import { formatOfName } from "./output_place.ts";
import {
  openFinderOf,
  type PictureJob,
  type PictureRequest,
  planPictures,
} from "./picture_plan.ts";
import { givenPaths, outputFolder, targetOf } from "./plan_targets.ts";
import { isInShard, type Shard } from "./shard.ts";
import { openStdin } from "./stdin_source.ts";
import { tarJobs } from "./tar_jobs.ts";
import { watchJobs } from "./watch_jobs.ts";

/** The pictures of a run. */
export interface PictureSource {
  readonly jobs: readonly PictureJob[] | AsyncIterable<PictureJob>;
  /** Pictures in all, where that is known before. */
  readonly total: number | undefined;
  /** Takes the results, unless they go to one file or to standard output. */
  readonly outputFolder: string | undefined;
  /** Resolved paths of inputs and masks, none of which may be written to. */
  readonly given: ReadonlySet<string>;
  /** Masks to tell the polarity by. */
  readonly maskFiles: readonly string[];
  /** Folders that results are written into, as far as they are known before. */
  readonly resultFolders: readonly string[];
  /** What cannot be worked on; each counts as a failure. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  readonly readStdin: () => Promise<Uint8Array>;
}

/** Options of {@linkcode openPictureSource}. */
export interface OpenPictureSourceOptions {
  readonly io: Pick<CommandIo, "stdinStream" | "signal" | "log" | "warn">;
  /** The part of the pictures that is wanted; undefined for all. */
  readonly shard: Shard | undefined;
  /** True waits for more pictures, until the signal fires. */
  readonly watch: boolean;
  /** Begins an archive on standard output; called if the input is one and no folder was named. */
  readonly openArchive: () => TarWriter;
}

/**
 * Finds out what the input is and plans it.
 *
 * @throws {UsageError} If the request contradicts itself.
 * @throws {InputError} If an input, a mask or a list does not exist.
 */
export async function openPictureSource(
  request: PictureRequest,
  options: OpenPictureSourceOptions,
): Promise<PictureSource> {
  const isStdin = request.inputs.length === 1 && request.inputs[0] === STANDARD_STREAM;
  if (!isStdin) {
    return options.watch ? await watchSource(request, options) : await planned(request, options);
  }
  const stdin = await openStdin(options.io.stdinStream());
  return stdin.kind === "tar"
    ? await tarSource(stdin.stream, request, options)
    : await planned(request, options, stdin.read);
}

async function planned(
  request: PictureRequest,
  { shard }: Pick<OpenPictureSourceOptions, "shard">,
  readStdin: () => Promise<Uint8Array> = () =>
    Promise.reject(new Error("Standard input is no input of this run")),
): Promise<PictureSource> {
  const { jobs: all, ...plan } = await planPictures(request);
  const jobs = all.filter((job) => isWanted(job, shard));
  const seen = await lookOver(jobs);
  return {
    problems: plan.problems,
    warnings: [...plan.warnings, ...seen.warnings],
    notes: [...plan.notes, ...seen.notes],
    // Of all parts alike, for each must come to the same polarity.
    maskFiles: plan.maskFiles,
    jobs,
    total: jobs.length,
    outputFolder: await outputFolder(request),
    given: new Set(givenPaths(all).keys()),
    resultFolders: foldersOf(jobs),
    readStdin,
  };
}

/** The folder is planned anew at every look. */
async function watchSource(
  request: PictureRequest,
  { io, shard }: OpenPictureSourceOptions,
): Promise<PictureSource> {
  const first = await planned(request, { shard });
  if (first.outputFolder === undefined) {
    throw new UsageError("Cannot watch a single file: INPUT and --output must be folders");
  }
  const waiting = new Set<string>();
  const jobs = watchJobs({
    plan: async () => (await planPictures(request)).jobs.filter((job) => isWanted(job, shard)),
    isWaiting({ input, mask }) {
      if (!(mask instanceof InputError)) return false;
      if (!waiting.has(input)) io.log(`"${input}" waits for its mask`);
      waiting.add(input);
      return true;
    },
    onTrouble: ({ message }) => io.warn(`${message}; waiting for it`),
    signal: io.signal,
  });
  const { outputFolder, given, resultFolders, readStdin } = first;
  // Those that there are, also if their pictures are still to come.
  const maskFiles = (await openFinderOf(request)).files;
  io.log(`watching ${request.inputs.map((input) => `"${input}"`).join(", ")} until Ctrl-C`);
  return {
    ...{ jobs, total: undefined, outputFolder, given, maskFiles, resultFolders, readStdin },
    ...{ problems: [], warnings: first.warnings, notes: [] },
  };
}

async function tarSource(
  stream: ReadableStream<Uint8Array>,
  request: PictureRequest,
  { io, shard, openArchive }: Pick<OpenPictureSourceOptions, "io" | "shard" | "openArchive">,
): Promise<PictureSource> {
  const { output, verb, suffix = "" } = request;
  const folder = output === STANDARD_STREAM ? undefined : output;
  if (folder !== undefined) {
    const info = await Deno.stat(folder).catch(() => undefined);
    if (info?.isFile || (info === undefined && formatOfName(folder) !== undefined)) {
      throw new UsageError(
        `Cannot write the images of an archive to "${folder}": it is a file, --output must be a folder`,
      );
    }
  }
  const finder = await openFinderOf(request);
  const members = tarJobs(stream, {
    ...{ verb, suffix },
    holesOf(relative) {
      // No path of this machine: what lies under that name here is another file.
      return finder.find({ path: `${STANDARD_STREAM}/${relative}`, relative });
    },
    targetOf: (stem, relative) => targetOf(request, { folder, stem, extension: extname(relative) }),
    archive: folder === undefined ? openArchive() : undefined,
  });
  const all = withSummary(members, () => {
    const said = finder.summarise({ pictures: [], output: folder, isWhole: false });
    for (const note of said.notes) io.log(note);
  });
  return {
    jobs: shard === undefined ? all : onlyWanted(all, shard),
    ...{ total: undefined, outputFolder: folder },
    given: new Set(finder.files.flatMap(placesOf)),
    resultFolders: folder === undefined ? [] : await foldersBelow(folder),
    ...{ problems: [], warnings: [], notes: [], maskFiles: finder.files },
    readStdin: () => Promise.reject(new Error("Standard input is an archive")),
  };
}

function isWanted(job: PictureJob, shard: Shard | undefined): boolean {
  return shard === undefined || isInShard(job.stem, shard);
}

/** Says at the end what only then is known. */
async function* withSummary(
  jobs: AsyncIterable<PictureJob>,
  summarise: () => void,
): AsyncGenerator<PictureJob> {
  yield* jobs;
  summarise();
}

async function* onlyWanted(
  jobs: AsyncIterable<PictureJob>,
  shard: Shard,
): AsyncGenerator<PictureJob> {
  for await (const job of jobs) if (isWanted(job, shard)) yield job;
}

/** A folder and all that are in it now: where an earlier run over an archive may have written. */
async function foldersBelow(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  const inside = entries.filter(({ isDirectory, name }) => isDirectory && name !== LEDGER_FOLDER);
  const below = await Promise.all(inside.map(({ name }) => foldersBelow(join(folder, name))));
  return [folder, ...below.flat()];
}

function foldersOf(jobs: readonly PictureJob[]): string[] {
  const folders = jobs.flatMap(({ output }) =>
    output.kind === "stem" || output.kind === "file" ? [dirname(resolve(output.path))] : []
  );
  return [...new Set(folders)];
}
