import assert from "node:assert/strict";
import { packTar } from "modern-tar";
import { InputError } from "../../../../src/errors.ts";
import { isGzipStart, isTarStart, readTar } from "../../../../src/data/tar/read_tar.ts";
import type { RefusedMember, TarMember } from "../../../../src/data/tar/tar_member.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A stream of pieces of that many bytes. */
function streamOf(bytes: Uint8Array, piece = 1000): ReadableStream<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += piece) pieces.push(bytes.slice(at, at + piece));
  return ReadableStream.from(pieces);
}

const read = (bytes: Uint8Array, options = {}): Promise<(TarMember | RefusedMember)[]> =>
  Array.fromAsync(readTar(streamOf(bytes), { name: "in.tar", ...options }));

const modified = new Date("2020-02-03T04:05:06Z");
const file = (name: string, body = name) => ({
  header: { name, size: bytesOf(body).length, mtime: modified, mode: 0o600 },
  body,
});

Deno.test("readTar() gives files in their order, with content, time and mode", async () => {
  const long = `${"deep/".repeat(40)}a.png`;
  const tar = await packTar([
    { header: { name: "d/", size: 0, type: "directory" } },
    file("d/a.png"),
    file(long),
    file("./b.png", ""),
    file("note.txt"),
  ]);
  const members = await read(tar, { isWanted: (name: string) => name.endsWith(".png") });
  assert.deepEqual(members, [
    { name: "d/a.png", bytes: bytesOf("d/a.png"), modified, mode: 0o600 },
    { name: long, bytes: bytesOf(long), modified, mode: 0o600 },
    { name: "b.png", bytes: new Uint8Array(), modified, mode: 0o600 },
  ]);
});

Deno.test("readTar() refuses what leads out of the archive, links, and what is too large", async () => {
  const link = { name: "l.png", size: 0, type: "symlink" as const, linkname: "/etc/passwd" };
  const tar = await packTar([
    file("../a.png"),
    file("x/../../b.png", ""),
    file("/abs.png"),
    { header: link },
    file("large.png", "0123456789"),
    file("good.png"),
  ]);
  const members = await read(tar, { maxBytes: 9 });
  assert.deepEqual(members.map((member) => [member.name, "refusal" in member && member.refusal]), [
    ["../a.png", 'its name leads out of the archive by ".."'],
    ["x/../../b.png", 'its name leads out of the archive by ".."'],
    ["/abs.png", "its name is absolute, it must lie below the archive's root"],
    ["l.png", "it is a symlink, must be a file"],
    ["large.png", "it has 10 bytes, must have at most 9"],
    ["good.png", false],
  ]);
});

Deno.test("readTar() says that an archive is cut short or damaged", async () => {
  const tar = await packTar([file("a.png", "x".repeat(5000))]);
  for (const bytes of [tar.slice(0, 3000), tar.slice(0, 300), tar.with(3, 0xff)]) {
    await assert.rejects(
      read(bytes),
      (error) =>
        error instanceof InputError &&
        error.message.startsWith('Cannot read "in.tar" as a tar archive: it is damaged or cut '),
    );
  }
});

Deno.test("readTar() lets go of the stream when its reader stops", async () => {
  const tar = await packTar([file("a.png"), file("b.png")]);
  let isCancelled = false;
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(tar.slice(at, at += 512)),
    cancel: () => void (isCancelled = true),
  });
  for await (const { name } of readTar(stream, { name: "in.tar" })) {
    assert.equal(name, "a.png");
    break;
  }
  assert.ok(isCancelled);
});

Deno.test("isTarStart() and isGzipStart() know their formats", async () => {
  const tar = await packTar([file("a.png")]);
  assert.ok(isTarStart(tar));
  assert.ok(!isTarStart(tar.slice(0, 511)));
  assert.ok(!isTarStart(tar.with(0, tar[0]! + 1)));
  assert.ok(!isTarStart(new Uint8Array(512)));
  assert.ok(isGzipStart(Uint8Array.of(0x1f, 0x8b, 8)) && !isGzipStart(tar));
});

Deno.test("readTar() gives every member that came whole before the stream breaks off, however it comes", async () => {
  const tar = await packTar(["1", "2", "3", "4"].map((name) => file(name)));
  // Two blocks each: the fourth one's header is there, or half of it, or of its content only nothing.
  for (const length of [6 * 512, 6 * 512 + 100, 7 * 512]) {
    for (const piece of [100, 512, 100_000]) {
      for (const isSlow of [false, true]) {
        for (const failure of [undefined, new Error("torn")]) {
          const source = streamOf(tar.slice(0, length), piece).getReader();
          const stream = new ReadableStream<Uint8Array>({
            async pull(controller) {
              const { value } = await source.read();
              if (value !== undefined) controller.enqueue(value);
              else if (failure === undefined) controller.close();
              else controller.error(failure);
            },
          });
          const names: string[] = [];
          const reading = (async () => {
            for await (const { name } of readTar(stream, { name: "in.tar" })) {
              names.push(name);
              if (isSlow) await new Promise((resolve) => setTimeout(resolve, 3));
            }
          })();
          // An archive without an end is none, at whatever block it is cut.
          await assert.rejects(reading, InputError);
          assert.deepEqual(names, ["1", "2", "3"], `${length} by ${piece}`);
        }
      }
    }
  }
});
