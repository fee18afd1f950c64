/**
 * Pictures as a tar stream, in and out.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packTar, type TarEntry, unpackTar } from "modern-tar";
import { decodeImage } from "../../src/data/decode_image.ts";
import {
  assertExit,
  assertStderr,
  type CliResult,
  jsonLines,
  listFiles,
  runCli,
  type RunCliOptions,
  startCli,
  stdoutText,
} from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { assertKnownKept, draw, maskPicture, middle, photo, writePicture } from "./pictures.ts";
import { listResults } from "./results.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
const SIZE = [24, 20] as const;
const isHole = middle(...SIZE);
const MODIFIED = new Date("2001-02-03T04:05:06Z");

/** A picture of the archive; each has another alpha. */
const picture = (level: number) => photo(...SIZE, () => level);

function member(name: string, body: Uint8Array | string, mode = 0o644): TarEntry {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return { header: { name, size: bytes.length, mtime: MODIFIED, mode }, body: bytes };
}

interface Setting {
  readonly folder: string;
  at(...parts: string[]): string;
  /** A PNG. */
  png(level: number): Promise<Uint8Array>;
  /** Fills by the mean colour, which needs no device. */
  mean(
    args: readonly string[],
    stdin: Uint8Array,
    options?: RunCliOptions,
  ): Promise<CliResult>;
}

async function withTar(body: (setting: Setting) => Promise<void>): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (...parts: string[]) => join(folder, ...parts);
    await writePicture(at("mask.png"), maskPicture(...SIZE, isHole));
    await body({
      ...{ folder, at },
      png: (level) => writePicture(at("level.png"), picture(level), { keepAlpha: true }),
      mean: (args, stdin, options = {}) =>
        runCli(["inpaint", "--method", "mean", "-q", "-", ...args], {
          ...{ cwd: folder, stdin, ...options },
        }),
    });
  });
}

const gzip = async (bytes: Uint8Array) =>
  await new Response(
    new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream("gzip")),
  ).bytes();

/** Names, times and modes. */
const listed = (entries: readonly { header: { name: string; mtime?: Date; mode?: number } }[]) =>
  entries.map(({ header }) => [header.name, header.mtime?.getTime(), header.mode]);

Deno.test("inpaint fills the pictures of a tar stream into another one, in their order", () =>
  withTar(async ({ at, png, mean }) => {
    const [one, two] = [await png(250), await png(251)];
    const jpeg = await writePicture(at("level.jpg"), picture(255));
    const tar = await packTar([
      { header: { name: "d/", size: 0, type: "directory" } },
      member("z.png", one),
      member("d/notes.txt", "not a picture"),
      member("d/a.JPG", jpeg, 0o600),
      member("b.png", two, 0o755),
    ]);
    const before = await listFiles(at("."));
    const result = await mean(["-m", "mask.png", "--suffix", "_f"], tar);
    assertExit(result, 0);
    assertStderr(result, []);
    const entries = await unpackTar(result.stdout);
    assert.deepEqual(listed(entries), [
      ["z_f.png", MODIFIED.getTime(), 0o644],
      ["d/a_f.JPG", MODIFIED.getTime(), 0o600],
      ["b_f.png", MODIFIED.getTime(), 0o755],
    ]);
    for (const [i, level] of [[0, 250], [2, 251]] as const) {
      const after = await decodeImage(entries[i]!.data!, { name: "out" });
      assertKnownKept(picture(level), after, isHole);
    }
    // Whole records of 512 bytes, the last two of them zero.
    assert.equal(result.stdout.length % 512, 0);
    assert.ok(result.stdout.subarray(-1024).every((byte) => byte === 0));

    const packed = await mean(["-m", "mask.png", "--suffix", "_f"], await gzip(tar));
    assertExit(packed, 0);
    assert.deepEqual(packed.stdout, result.stdout);
    // Nothing was written beside it.
    assert.deepEqual(await listFiles(at(".")), before);

    const other = await mean(["-m", "mask.png", "--format", "webp"], tar);
    assertExit(other, 0);
    const names = (await unpackTar(other.stdout)).map(({ header }) => header.name);
    assert.deepEqual(names, ["z.webp", "d/a.webp", "b.webp"]);
  }));

Deno.test("inpaint leaves out of the archive what fails and what may not be unpacked, a line each", () =>
  withTar(async ({ png, mean, at }) => {
    const good = await png(250);
    const link = (name: string, type: "link" | "symlink") => ({
      header: { name, size: 0, type, linkname: "/etc/passwd" },
    });
    const tar = await packTar([
      member("1.png", good),
      member("text.png", "no picture"),
      member("../out.png", good),
      member("a/../../out.png", good),
      member("/out.png", good),
      link("soft.png", "symlink"),
      link("hard.png", "link"),
      member("2.png", good),
    ]);
    const message = (name: string, reason: string) =>
      `error: Cannot inpaint "${name}" of the archive: ${reason}`;
    const lines = [
      'error: Cannot read image "text.png": file looks like text, must be PNG, JPEG, WebP, GIF, TIFF, ' +
      "AVIF or BMP",
      message("../out.png", 'its name leads out of the archive by ".."'),
      message("a/../../out.png", 'its name leads out of the archive by ".."'),
      message("/out.png", "its name is absolute, it must lie below the archive's root"),
      message("soft.png", "it is a symlink, must be a file"),
      message("hard.png", "it is a link, must be a file"),
    ];
    const result = await mean(["-m", "mask.png"], tar);
    assertExit(result, 1);
    assertStderr(result, lines);
    const entries = await unpackTar(result.stdout);
    assert.deepEqual(entries.map(({ header }) => header.name), ["1.png", "2.png"]);

    const filed = await mean(["-m", "mask.png", "-o", "deep/out"], tar);
    assertExit(filed, 1);
    assertStderr(filed, lines);
    const written = (await listFiles(at("."))).filter((name) => name.startsWith("deep/"));
    assert.deepEqual(written, ["deep/out/.pconv/ledger.jsonl", "deep/out/1.png", "deep/out/2.png"]);
  }));

Deno.test("inpaint unpacks an archive into a folder, and skips there what is done", () =>
  withTar(async ({ at, png, mean }) => {
    const tar = await packTar([member("d/1.png", await png(250)), member("2.png", await png(251))]);
    const line = ["-m", "mask.png", "-o", "out", "--json"];
    const first = jsonLines(await mean(line, tar));
    assert.deepEqual(first.map(({ status, output }) => [status, output]), [
      ...[["filled", "out/d/1.png"], ["filled", "out/2.png"]],
    ]);
    await Deno.remove(at("out/2.png"));
    // As a killed run leaves it, wherever it was; that of a run which this ledger does not know may be alive.
    const ledger = await Deno.readTextFile(at("out/.pconv/ledger.jsonl"));
    const tag = /"tag":"(\w+)"/.exec(ledger)![1];
    for (const whose of [tag, "another"]) {
      await Deno.writeTextFile(at(`out/d/.pconv-${whose}-0.tmp`), "half");
    }
    const second = jsonLines(await mean(line, tar));
    assert.deepEqual(second.map(({ status }) => status), ["done before", "filled"]);
    assert.deepEqual(await listResults(at("out")), [
      ...["2.png", "d/.pconv-another-0.tmp", "d/1.png"],
    ]);

    const refused = await mean(["-m", "mask.png", "--json"], tar);
    assertExit(refused, 2);
    assert.equal(refused.stdout.length, 0);
    const file = await mean(["-m", "mask.png", "-o", "out.png"], tar);
    assertExit(file, 2);
    assert.match(file.stderr, /^error: Cannot write the images of an archive to "out.png"/);
  }));

Deno.test("inpaint finds masks by the paths of members, and does one part of an archive", () =>
  withTar(async ({ at, png, mean }) => {
    const stems = ["a", "d/a", "d/b", "e/c", "f", "g"];
    for (const [i, stem] of stems.entries()) {
      const mask = maskPicture(...SIZE, (x, y) => x === i && y === i);
      await writePicture(at(`masks/${stem}.png`), mask);
    }
    const pictures: TarEntry[] = [];
    for (const stem of stems) pictures.push(member(`${stem}.png`, await png(255)));
    const tar = await packTar([...pictures, member("none.png", await png(255))]);
    const result = await mean(["-m", "masks"], tar);
    assertExit(result, 1);
    assert.match(
      result.stderr,
      /^error: Cannot inpaint "(-\/)?none.png": "masks" holds no mask "none" of any image format\n$/,
    );
    const entries = await unpackTar(result.stdout);
    assert.deepEqual(entries.map(({ header }) => header.name), stems.map((stem) => `${stem}.png`));
    for (const [i, { data }] of entries.entries()) {
      const after = await decodeImage(data!, { name: "out" });
      assertKnownKept(picture(255), after, (x, y) => x === i && y === i);
    }
    // The parts are disjoint, and together they are the whole.
    const parts: string[] = [];
    for (const part of ["1/2", "2/2"]) {
      const some = await mean(["-m", "mask.png", "--shard", part], await packTar(pictures));
      assertExit(some, 0);
      const names = (await unpackTar(some.stdout)).map(({ header }) => header.name);
      assert.ok(names.length < stems.length, `part ${part} has all`);
      parts.push(...names);
    }
    assert.deepEqual(parts.sort(), stems.map((stem) => `${stem}.png`).sort());
  }));

Deno.test("inpaint fills what came before an archive breaks off, finishes its own, and ends with 1", () =>
  withTar(async ({ png, mean }) => {
    const whole = await packTar([
      member("1.png", await png(250)),
      member("2.png", await png(251)),
      member("3.png", await png(252)),
    ]);
    // Each member has a header and some 700 bytes, so two whole ones of 3 blocks and a part of the third.
    const blocks = 1 + Math.ceil((await png(250)).length / 512);
    for (const [length, names] of [[2 * blocks * 512 + 600, ["1.png", "2.png"]], [600, []]]) {
      const result = await mean(["-m", "mask.png"], whole.slice(0, length as number));
      assertExit(result, 1);
      assert.match(
        result.stderr,
        /^error: Cannot read "standard input" as a tar archive: it is damaged or cut short \(.*\)\n$/,
      );
      const entries = await unpackTar(result.stdout);
      assert.deepEqual(entries.map(({ header }) => header.name), names);
    }
    const packed = await gzip(whole);
    const cut = await mean(["-m", "mask.png"], packed.slice(0, packed.length - 9));
    assertExit(cut, 1);
    assert.match(cut.stderr, /^error: Cannot read "standard input" as a tar archive: /);
  }));

Deno.test("inpaint ends quietly if nobody reads its archive any more, and says if there is no room", () =>
  withTar(async ({ folder, png }) => {
    const bytes = await png(250);
    const tar = await packTar(
      Array.from({ length: 300 }, (_, i) => member(`${i}.png`, bytes)),
    );
    const args = ["inpaint", "--method", "mean", "-q", "-", "-m", "mask.png"];
    const child = startCli(args, { cwd: folder });
    const stderr = new Response(child.stderr).text();
    const writer = child.stdin.getWriter();
    const fed = writer.write(tar).then(() => writer.close()).catch(() => {});
    const reader = child.stdout.getReader();
    assert.ok((await reader.read()).value!.length > 0);
    await reader.cancel();
    assert.deepEqual([(await child.status).code, await stderr], [0, ""]);
    await fed;
    if (Deno.build.os !== "linux") return;
    await Deno.writeFile(join(folder, "in.tar"), tar);
    const full = await new Deno.Command("sh", {
      args: ["-c", '"$@" < in.tar > /dev/full', "sh", Deno.execPath(), "run", "-A", MAIN, ...args],
      ...{ cwd: folder, env: { NO_COLOR: "1" } },
    }).output();
    assert.equal(
      new TextDecoder().decode(full.stderr),
      "error: Cannot write to standard output: no space left on device\n",
    );
    assert.equal(full.code, 1);
  }));

Deno.test("inpaint works on an archive while it comes, and fails what loses its mask meanwhile", () =>
  withTar(async ({ folder, at, png }) => {
    for (const i of [1, 2, 3]) {
      await writePicture(at(`masks/${i}.png`), maskPicture(...SIZE, isHole));
    }
    const bytes = await png(250);
    const tar = await packTar([1, 2, 3].map((i) => member(`${i}.png`, bytes)));
    const third = (tar.length - 1024) / 3;
    const child = startCli(
      ["inpaint", "--method", "mean", "-q", "-", "-m", "masks", "-o", "out", "--workers", "0"],
      { cwd: folder },
    );
    const ended = child.output();
    const writer = child.stdin.getWriter();
    await writer.write(tar.subarray(0, third));
    // The first one is done while the archive has not ended, nor the second one begun.
    while ((await listResults(at("out")).catch(() => []))[0] !== "1.png") {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await Deno.remove(at("masks"), { recursive: true });
    await writer.write(tar.subarray(third));
    await writer.close();
    const { code, stderr } = await ended;
    assert.equal(
      new TextDecoder().decode(stderr),
      'error: Cannot read "masks/2.png": it does not exist\n' +
        'error: Cannot read "masks/3.png": it does not exist\n',
    );
    assert.equal(code, 1);
    assert.deepEqual(await listResults(at("out")), ["1.png"]);
  }));

Deno.test("inpaint takes no more of an archive than it can hand on", () =>
  withTar(async ({ folder, at }) => {
    let state = 1;
    const next = () => (state = (state * 48271) % 2147483647) & 255;
    const noise = draw(300, 240, () => [next(), next(), next(), 255]);
    const bytes = await writePicture(at("noise.png"), noise);
    const args = ["inpaint", "--method", "mean", "-q", "-", "-m", "mask.png", "--workers", "0"];
    const child = startCli(args, { cwd: folder });
    const stderr = new Response(child.stderr).text();
    const writer = child.stdin.getWriter();
    // Nobody reads what comes out. modern-tar queues 8 MiB of output and some of input; a member has 216 kB.
    let taken = 0;
    for (; taken < 300; taken++) {
      const one = (await packTar([member(`${taken}.png`, bytes)])).slice(0, -1024);
      const write = writer.write(one).catch(() => {});
      const stall = Promise.withResolvers<"stalled">();
      const timer = setTimeout(() => stall.resolve("stalled"), taken === 0 ? 20_000 : 1500);
      const end = await Promise.race([write, stall.promise]);
      clearTimeout(timer);
      if (end === "stalled") break;
    }
    assert.ok(taken >= 1 && taken <= 100, `${taken} members were taken`);
    child.kill("SIGKILL");
    await child.stdout.cancel();
    await child.status;
    assert.equal((await stderr).replace(/^warning: .*\n/gm, ""), "");
    await writer.abort().catch(() => {});
  }));

Deno.test("superres enlarges the pictures of a tar stream", () =>
  withTar(async ({ folder, png }) => {
    const tar = await packTar([member("d/1.png", await png(250)), member("x.png", "text")]);
    const args = ["superres", "--method", "nearest", "-q", "-", "--scale", "3"];
    const result = await runCli(args, { cwd: folder, stdin: tar });
    assertExit(result, 1);
    assert.equal(result.stderr.split("\n").length, 2, result.story);
    const [entry, ...others] = await unpackTar(result.stdout);
    assert.equal(others.length, 0);
    assert.deepEqual(listed([entry!]), [["d/1.png", MODIFIED.getTime(), 0o644]]);
    const { width, height } = await decodeImage(entry!.data!, { name: "out" });
    assert.deepEqual([width, height], [3 * SIZE[0], 3 * SIZE[1]]);
    const quiet = stdoutText({ stdout: result.stdout.subarray(0, 7) });
    assert.equal(quiet, "d/1.png");
  }));
