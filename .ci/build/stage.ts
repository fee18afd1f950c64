/**
 * A folder with exactly what goes into the executables. It runs by itself, by `deno run`, so that what the compiler
 * embeds can be tried without the executable.
 * @module
 */
import { dirname, join } from "node:path";
import { readManifest } from "../../src/checkpoint/manifest.ts";
import { modulesByUrl } from "./modules_by_url.ts";
import { run } from "./run_deno.ts";
import { packagesIn, slimPackages } from "./slim_packages.ts";

/** What a stage holds. */
export interface Stage {
  /** Path of the folder, without a slash at its end. */
  readonly folder: string;
  /** What the compiler must be told to embed; paths from the folder. */
  readonly includes: readonly string[];
  /** What the program may do: flags of `deno run`, and of `deno compile`. */
  readonly permissions: readonly string[];
}

/**
 * Fills an empty folder.
 *
 * @param root The project, without a slash at its end.
 * @param folder Where to; it must not lie within the project, whose settings would reach it.
 */
export async function makeStage(root: string, folder: string): Promise<Stage> {
  const sources = ["main.ts", ...await filesBelow(root, "src"), ...await filesBelow(root, "tasks")]
    .filter((path) => path.endsWith(".ts"));
  const modules = new Set<string>();
  const packages = new Set<string>();
  for (const path of sources) {
    const text = await Deno.readTextFile(join(root, path));
    for (const module of modulesByUrl(path, text)) modules.add(module);
    for (const name of packagesIn(text)) packages.add(name);
    await write(join(folder, path), text);
  }
  const { files } = await readManifest(join(root, "weights"));
  const weights = ["manifest.json", ...files.map(({ file }) => file)].map((file) =>
    `weights/${file}`
  );
  for (const path of weights) {
    await write(join(folder, path), await Deno.readFile(join(root, path)));
  }

  const { tasks, ...config } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const writeConfig = (nodeModulesDir: string) =>
    write(join(folder, "deno.json"), JSON.stringify({ ...config, nodeModulesDir }, null, 2));
  await writeConfig("auto");
  await write(join(folder, "deno.lock"), await Deno.readTextFile(join(root, "deno.lock")));
  await run(["install", "--quiet"], folder);
  // From here on Deno takes the folder as it is and puts nothing back.
  await writeConfig("manual");
  await slimPackages(join(folder, "node_modules"), packages);
  return {
    folder,
    includes: [...modules, ...weights, "build.json"],
    permissions: permissionsOf(tasks.pconv.command),
  };
}

/**
 * Reads what must be in an executable as it is: every module that is named by URL, every file that is read, every
 * WebAssembly of the packages.
 *
 * @returns Bytes by path from the stage's folder.
 */
export async function embeddedFiles(
  { folder, includes }: Stage,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const packages = await filesBelow(folder, "node_modules");
  const paths = [...includes, ...packages.filter((path) => path.endsWith(".wasm"))];
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path, await Deno.readFile(join(folder, path))] as const),
    ),
  );
}

/**
 * Reads the permissions of the task that runs the program.
 *
 * Nobody can give an executable more than it was made with, and `weights fetch --url` names any host, so the list of
 * hosts is dropped; from its source the program gets more by flags of `deno run`.
 *
 * @throws {Error} If the task is not `deno run ... main.ts`.
 */
export function permissionsOf(task: string): readonly string[] {
  const [, permissions] = /^deno run (.*) main\.ts$/.exec(task) ?? [];
  if (permissions === undefined) throw new Error(`Cannot read permissions from task "${task}"`);
  return permissions.split(" ").map((word) => word.replace(/^--allow-net=.*/, "--allow-net"));
}

/** Files of a folder, from the root; links are not followed. */
async function filesBelow(root: string, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(join(root, folder))) {
    const path = `${folder}/${name}`;
    if (isDirectory) found.push(...await filesBelow(root, path));
    else if (isFile) found.push(path);
  }
  return found.sort();
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await (typeof content === "string"
    ? Deno.writeTextFile(path, content)
    : Deno.writeFile(path, content));
}
