/**
 * Config files, records of earlier runs, and archives.
 * @module
 */
import { join } from "node:path";
import { indexDone } from "../../../src/commands/pictures/ledger/index_done.ts";
import { LEDGER_FOLDER, readLedgers } from "../../../src/commands/pictures/ledger/read_ledgers.ts";
import { readPairList } from "../../../src/commands/pictures/pair_list.ts";
import { readTar } from "../../../src/data/tar/read_tar.ts";
import { writeTar } from "../../../src/data/tar/write_tar.ts";
import { readTrainingRequest } from "../../../src/commands/train/training_request.ts";
import { catalog } from "../../../tasks/mod.ts";
import { TAR_MUTATIONS } from "../mutate/archives.ts";
import { JSON_MUTATIONS } from "../mutate/json.ts";
import { join as joinBytes } from "../mutate/mutation.ts";
import stored from "../seeds/pictures.json" with { type: "json" };
import type { Kind } from "./kind.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Lists of images with their masks and results. */
const PAIRS = [
  "image\tmask\toutput\na.png\tm/a.png\ta.jpg\r\n# comment\nsub/b.jpg\tm/b.png\n\n",
  "a b.png\n\u00e9.webp\tm.png\nc.png\tm.png\tout/c.png",
];

/** What a run leaves in its folder. */
const LEDGER = [
  {
    ...{ kind: "session", tag: "x", startedAt: "2020-01-01T00:00:00Z", version: "1" },
    ...{ command: "pconv inpaint", shard: null, facts: [["method", "pconv"]] },
  },
  {
    ...{ kind: "done", input: "a.png", output: "a.png", inputSha256: "ab", mask: "m.png" },
    ...{ maskFile: "m.png", maskSha256: "cd", settings: { quality: 90 }, outputSha256: "ef" },
    row: { status: "filled" },
  },
  { kind: "failed", input: "b.png", error: "Cannot read" },
  { kind: "end", tag: "x", elapsedMs: 5 },
].map((entry) => JSON.stringify(entry)).join("\n");

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value, null, 1));

/** Configs that say much. */
const CONFIGS: readonly unknown[] = [
  { images: "photos", steps: 1000 },
  {
    images: "photos",
    recipe: "reconstruction",
    preset: "lite",
    base: "none",
    steps: 20,
    batch: 4,
    size: 64,
    seed: 7,
    learningRate: 1e-3,
    losses: { hole: { weight: 6 }, valid: 1 },
    freezes: ["encoder-batch-norm"],
    maskRatio: [0.1, 0.3],
  },
];

/** A tar archive of three members. */
async function tarBytes(): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const writer = writeTar((bytes) => {
    parts.push(bytes.slice());
    return Promise.resolve();
  });
  for (const { kind, file } of stored.pictures.slice(1, 4)) {
    const name = `${kind}/${parts.length}.${kind}`;
    await writer.add({
      name,
      bytes: Uint8Array.fromBase64(file),
      modified: new Date(0),
      mode: 0o644,
    });
  }
  await writer.finish();
  return joinBytes(parts);
}

/** Kinds of text, and of many files in one. */
export const TEXT_KINDS: readonly Kind[] = [
  {
    name: "config",
    ending: "json",
    mutations: JSON_MUTATIONS,
    seeds: () =>
      Promise.resolve(
        CONFIGS.map((value, i) => ({ name: `config ${i + 1}`, bytes: encode(value) })),
      ),
    read: async (_bytes, path) => {
      const stdin = () => Promise.reject(new Error("nobody reads standard input"));
      const command = "train" as const;
      await readTrainingRequest({
        catalog,
        command,
        config: path,
        typed: {},
        needed: ["images"],
        stdin,
      });
    },
  },
  {
    name: "tar",
    ending: "tar",
    mutations: TAR_MUTATIONS,
    seeds: async () => [{ name: "three pictures", bytes: await tarBytes() }],
    read: async (bytes) => {
      const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
      for await (const member of readTar(stream, { name: "case.tar", maxBytes: 1 << 24 })) {
        if (!("refusal" in member) && /(^|[\\/])\.\.([\\/]|$)|^[\\/]/.test(member.name)) {
          throw new Error(`a member leads out of the archive: ${JSON.stringify(member.name)}`);
        }
      }
    },
  },
  {
    name: "pairs",
    ending: "tsv",
    tellsAllFaults: true,
    mutations: [],
    seeds: () =>
      Promise.resolve(PAIRS.map((text, i) => ({ name: `list ${i + 1}`, bytes: utf8(text) }))),
    read: async (_bytes, path) => void await readPairList(path),
  },
  {
    // Nothing in a ledger may stop a run: lines that no run wrote are passed over.
    name: "ledger",
    ending: "jsonl",
    isNeverRefused: true,
    mutations: JSON_MUTATIONS,
    seeds: () => Promise.resolve([{ name: "a line of each", bytes: utf8(LEDGER) }]),
    read: async (bytes, path) => {
      const folder = `${path}.results`;
      await Deno.mkdir(join(folder, LEDGER_FOLDER), { recursive: true });
      await Deno.writeFile(join(folder, LEDGER_FOLDER, "ledger.jsonl"), bytes);
      indexDone(folder, await readLedgers(folder));
    },
  },
];
