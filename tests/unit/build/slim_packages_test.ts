import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { isNeeded, packagesIn, slimPackages } from "../../../.ci/build/slim_packages.ts";
import { listFiles } from "../../support/run_cli.ts";
import { withTempDir } from "../../support/temp_dir.ts";

Deno.test("packagesIn() names packages, whatever imports them", () => {
  const code = `
    import a from "a"; import "@b/b/deep.js"; export * from 'c/x';
    const d = require("d"), e = await import("e/f.js");
    import "./mine.js"; import "../mine.js"; import "node:fs"; import "/root.js";
  `;
  assert.deepEqual([...packagesIn(code)], ["a", "@b/b", "c", "d", "e"]);
});

Deno.test("isNeeded() keeps code, data and licences, and one bundle of TensorFlow.js", () => {
  const left = (name: string, paths: readonly string[], main?: string) =>
    paths.filter((path) => isNeeded(path, { name, ...main === undefined ? {} : { main } }));
  assert.deepEqual(
    left("a", [
      "a.js",
      "a.js.map",
      "a.d.ts",
      "README.md",
      "LICENSE.md",
      "a.wasm",
      "x.node",
      "test/a.js",
    ]),
    ["a.js", "LICENSE.md", "a.wasm"],
  );
  assert.deepEqual(
    left(
      "@tensorflow/x",
      [
        "package.json",
        "dist/x.node.js",
        "dist/x.min.js",
        "dist/x.wasm",
        "wasm-out/x.wasm",
        "LICENSE",
      ],
      "./dist/x.node.js",
    ),
    ["package.json", "dist/x.node.js", "dist/x.wasm", "LICENSE"],
  );
  assert.ok(isNeeded("dist/esm/a.js", { name: "h5wasm" }));
  assert.ok(!isNeeded("dist/iife/a.js", { name: "h5wasm" }));
});

Deno.test("slimPackages() keeps what is reached, also packages that are no declared dependency", () =>
  withTempDir(async (folder) => {
    const write = async (path: string, text: string) => {
      await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
      await Deno.writeTextFile(join(folder, path), text);
    };
    // As "deno install" lays packages out: "a" declares "b", uses "hoisted" without saying so, and "dead" is for nobody.
    for (
      const [name, code] of [
        ["a", 'require("b"); require("hoisted")'],
        ["b", ""],
        ["hoisted", ""],
        ["dead", ""],
      ]
    ) {
      await write(`.deno/${name}@1/node_modules/${name}/package.json`, JSON.stringify({ name }));
      await write(`.deno/${name}@1/node_modules/${name}/index.js`, code!);
    }
    await write(".deno/a@1/node_modules/a/index.d.ts", "");
    const link = async (to: string, path: string) => {
      await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
      await Deno.symlink(join(folder, to), join(folder, path));
    };
    await link(".deno/a@1/node_modules/a", "a");
    await link(".deno/dead@1/node_modules/dead", "dead");
    await link(".deno/b@1/node_modules/b", ".deno/a@1/node_modules/b");
    await link(".deno/hoisted@1/node_modules/hoisted", ".deno/node_modules/hoisted");
    await link(".deno/dead@1/node_modules/dead", ".deno/node_modules/dead");

    await slimPackages(folder, ["a", "absent"]);
    assert.deepEqual(await listFiles(folder), [
      ".deno/a@1/node_modules/a/index.js",
      ".deno/a@1/node_modules/a/package.json",
      ".deno/a@1/node_modules/b",
      ".deno/b@1/node_modules/b/index.js",
      ".deno/b@1/node_modules/b/package.json",
      ".deno/hoisted@1/node_modules/hoisted/index.js",
      ".deno/hoisted@1/node_modules/hoisted/package.json",
      ".deno/node_modules/hoisted",
      "a",
    ]);
  }));
