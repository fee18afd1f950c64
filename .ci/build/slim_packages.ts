/**
 * Takes out of a `node_modules` folder what no program at work reads: of 360 MB some 30 stay.
 * @module
 */
import { basename, join } from "node:path";

/** Code that names packages. */
const CODE = /\.[cm]?[jt]s$/;
const NAMES = /(?:\brequire\(|\bfrom\s*|\bimport\s*\(?\s*)["']([^"'.\/][^"']*)["']/g;
/** Maps, types, manuals; native code, which the program is not permitted to load. */
const DEAD = /\.(?:map|md|markdown|flow|tsbuildinfo|node)$|\.d\.[cm]?ts$/i;
const DEAD_FOLDERS = /^(?:tests?|docs?|examples?|benchmarks?)\//;
/** Builds for other places than a module of Deno. */
const OTHER_BUILDS: Readonly<Record<string, RegExp>> = {
  h5wasm: /^dist\/(?:iife|node)\//,
};
const LICENCE = /^(?:licen[cs]e|notice|copying)/i;

/**
 * Names the packages that code imports: "a/b.js" is in "a", "@a/b/c.js" in "@a/b".
 *
 * @param code JavaScript or TypeScript; comments count, which errs on the safe side.
 */
export function packagesIn(code: string): ReadonlySet<string> {
  const names = [...code.matchAll(NAMES)].map(([, name]) => name!).filter((name) =>
    !name.startsWith("node:")
  );
  return new Set(names.map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]));
}

/**
 * True for a file that a package needs at work.
 *
 * TensorFlow.js comes as a dozen bundles of the same; Deno reads the one that `main` names.
 *
 * @param path From the package's folder, with slashes.
 * @param manifest The package's `package.json`.
 */
export function isNeeded(
  path: string,
  { name, main }: { readonly name: string; readonly main?: string },
): boolean {
  const file = path.slice(path.lastIndexOf("/") + 1);
  if (LICENCE.test(file) || path === "package.json") return true;
  if (DEAD.test(file) || DEAD_FOLDERS.test(path) || OTHER_BUILDS[name]?.test(path)) return false;
  if (!name.startsWith("@tensorflow/")) return true;
  return path === main?.replace(/^\.\//, "") || /^dist\/[^/]+\.wasm$/.test(path);
}

/**
 * Deletes from `node_modules`, as `deno install` lays it out, packages that nothing reaches and files that are not
 * needed.
 *
 * @param folder The `node_modules` folder. Its files may be hard links: they are deleted, never written.
 * @param imported Packages that the program imports.
 */
export async function slimPackages(folder: string, imported: Iterable<string>): Promise<void> {
  const store = join(folder, ".deno");
  const hoisted = join(store, "node_modules");
  const reached = new Set<string>();
  const waiting: string[] = [];
  /** Tells of the first place where the package is found; names of Deno's own modules lead nowhere. */
  const reach = async (name: string, ...places: readonly string[]) => {
    for (const place of places) {
      const real = await Deno.realPath(join(place, name)).catch(() => undefined);
      if (real === undefined) continue;
      if (!reached.has(real)) waiting.push(real);
      reached.add(real);
      return;
    }
  };
  for (const name of imported) await reach(name, folder);
  for (let home = waiting.pop(); home !== undefined; home = waiting.pop()) {
    const manifest = JSON.parse(await Deno.readTextFile(join(home, "package.json")));
    const siblings = home.slice(0, home.length - manifest.name.length);
    for (const path of await filesBelow(home)) {
      const file = join(home, path);
      if (!isNeeded(path, manifest)) await Deno.remove(file);
      else if (CODE.test(path)) {
        const names = packagesIn(await Deno.readTextFile(file));
        // TensorFlow.js imports "long" without naming it as a dependency: such are in the store's own folder.
        for (const name of names) await reach(name, siblings, hoisted);
      }
    }
  }
  const homes = [...reached];
  for await (const { name } of Deno.readDir(store)) {
    const path = join(store, name);
    if (path === hoisted) continue;
    if (!homes.some((home) => home.startsWith(`${path}/`) || home.startsWith(`${path}\\`))) {
      await Deno.remove(path, { recursive: true });
    }
  }
  await removeDeadLinks(folder);
}

/** Paths of the files in a folder, with slashes; links are not followed. */
async function filesBelow(folder: string, below = ""): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(join(folder, below))) {
    if (isDirectory) found.push(...await filesBelow(folder, `${below}${name}/`));
    else if (isFile) found.push(below + name);
  }
  return found;
}

/** Links to packages that are gone would stop the compiler. */
async function removeDeadLinks(folder: string): Promise<void> {
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) await removeDeadLinks(path);
    if (isSymlink && !await Deno.stat(path).then(() => true, () => false)) await Deno.remove(path);
  }
  if (
    basename(folder).startsWith("@") && (await Array.fromAsync(Deno.readDir(folder))).length === 0
  ) {
    await Deno.remove(folder);
  }
}
