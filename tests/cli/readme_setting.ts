/**
 * A folder with files of the names that README's commands have, and a shell in it.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeImage } from "../../src/data/encode_image.ts";
import { exifOfDensity } from "../../src/data/metadata/density.ts";
import naoto from "../oracle/fixtures/pconv_naoto_2018.json" with { type: "json" };
import { unpackFixture } from "../support/packed_fixture.ts";
import { programWords } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { tinyWeights } from "../support/tiny_weights.ts";
import { draw, maskPicture, middle, photo, pixel, writePicture } from "./pictures.ts";

const [WIDTH, HEIGHT] = [64, 48] as const;

/** As many as a training takes at a time; of so few it holds none out. */
const PHOTOS = [..."abcdefgh"].map((name) => name === "b" ? "sub/b.png" : `${name}.jpg`);

/** Weights below a folder, for commands that take those of a training. */
export const TRAINED = ["runs/first/weights.safetensors", "runs/second/best.safetensors"];

/** Makes all files. */
async function furnish(folder: string): Promise<void> {
  const at = (name: string) => join(folder, name);
  const isHole = middle(WIDTH, HEIGHT);
  const picture = photo(WIDTH, HEIGHT);
  const mask = maskPicture(WIDTH, HEIGHT, isHole);
  const jpeg = await encodeImage(picture, {
    format: "jpeg",
    keepAlpha: false,
    metadata: { exif: exifOfDensity({ x: 300, y: 300 }), dpi: { x: 300, y: 300 } },
  });
  const writePhoto = async (name: string) => {
    if (name.endsWith(".png")) await writePicture(at(name), picture);
    else await Deno.writeFile(at(name), jpeg);
  };
  const folders = ["photos/sub", "inbox", "lama", "runs/first", "runs/second", "examples/small"];
  for (const name of folders) await Deno.mkdir(at(name), { recursive: true });
  for (const name of ["photo.jpg", "torn.jpg", "inbox/a.jpg", "lama/a.jpg"]) await writePhoto(name);
  for (const name of PHOTOS) {
    const stem = name.slice(0, -4);
    await writePhoto(`photos/${name}`);
    await writePicture(at(`masks/${stem}.png`), mask);
    if (stem !== "c") await writePicture(at(`some-masks/${stem}.png`), mask);
    await writePicture(
      at(`inverted/${stem}.png`),
      maskPicture(WIDTH, HEIGHT, (x, y) => !isHole(x, y)),
    );
    await writePicture(at(`lama-out/${stem}.png`), picture);
  }
  for (const name of ["mask.png", "large-mask.png", "lama/a_mask000.png"]) {
    await writePicture(at(name), mask);
  }
  await writePicture(at("large.tif"), picture, { format: "tiff" });
  await writePicture(at("small.png"), picture);
  const cutout = photo(WIDTH, HEIGHT, (x, y) => isHole(x, y) ? 0 : 255);
  await writePicture(at("cutout.png"), cutout, { keepAlpha: true });
  const painted = draw(
    WIDTH,
    HEIGHT,
    (x, y) => isHole(x, y) ? [255, 0, 255, 255] : pixel(picture, x, y),
  );
  await writePicture(at("painted.png"), painted);
  await Deno.writeTextFile(at("list.tsv"), "photos/a.jpg\tmasks/a.png\tone.jpg\n");
  await Deno.writeFile(at("1000000.pth"), await unpackFixture(naoto.cases[0]!.gzip));
  for (const name of TRAINED) await Deno.writeFile(at(name), await tinyWeights());
  const small = new URL("../../examples/small/nagasaki-boats.png", import.meta.url);
  await Deno.copyFile(small, at("examples/small/nagasaki-boats.png"));
}

/** What a line left behind. */
export interface ShellResult {
  readonly code: number;
  readonly stderr: string;
}

/** Where README's lines are typed. */
export interface ReadmeSetting {
  /** The folder. */
  readonly folder: string;
  /** Puts all files into their first state. */
  renew(): Promise<void>;
  /** Starts a line in bash; `pconv` is the program. */
  start(line: string): Deno.ChildProcess;
  /** Runs a line to its end. */
  type(line: string): Promise<ShellResult>;
}

/** Runs a test in a fresh folder. */
export async function withReadme(body: (setting: ReadmeSetting) => Promise<void>): Promise<void> {
  await withTempDir(async (root) => {
    const [bin, first, folder] = ["bin", "first", "here"].map((name) => join(root, name));
    await Deno.mkdir(bin!);
    const words = programWords().map((word) => `'${word}'`).join(" ");
    await Deno.writeTextFile(`${bin}/pconv`, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
    await furnish(first!);
    const start = (line: string) =>
      new Deno.Command("bash", {
        args: ["--norc", "-o", "pipefail", "-c", line],
        cwd: folder!,
        env: {
          NO_COLOR: "1",
          PATH: `${bin}:${Deno.env.get("PATH")}`,
          // Nothing that the user has imported is found.
          PCONV_HOME: root,
          // This backend exists nowhere here, so that every machine computes on the CPU.
          DENO_WEBGPU_BACKEND: Deno.build.os === "windows" ? "vulkan" : "dx12",
        },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).spawn();
    await body({
      folder: folder!,
      renew: async () => {
        await Deno.remove(folder!, { recursive: true }).catch(() => {});
        const args = ["-r", first!, folder!];
        if (!(await new Deno.Command("cp", { args }).output()).success) {
          throw new Error("cp failed");
        }
      },
      start,
      type: async (line) => {
        const { code, stderr } = await start(line).output();
        return { code, stderr: new TextDecoder().decode(stderr) };
      },
    });
  });
}

/** The root of the project. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
