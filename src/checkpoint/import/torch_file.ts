/**
 * Checkpoints of PyTorch, of both kinds: zip archive (1.6 and later) and the older row of pickles.
 * @module
 */
import type { NamedArray } from "../safetensors.ts";
import { ByteCursor } from "./byte_cursor.ts";
import { readPickle } from "./pickle.ts";
import type { PickleValue } from "./pickle_machine.ts";
import { type ForeignFileOptions, type Refuse, refuseWeights } from "./refusal.ts";
import {
  isTorchTensor,
  readStorageId,
  torchGlobals,
  type TorchStorage,
  type TorchTensor,
} from "./torch_objects.ts";
import { countOf, reachOf, readTorchView } from "./torch_tensor.ts";
import { unpackedLimit } from "./unpacked_limit.ts";
import { openZip } from "./zip_archive.ts";

/** What the older format begins with: a pickle of the number 0x1950a86a20f9469cfc6c. */
const LEGACY_START = "80028a0a6cfc9c46f9206aa850192e";
const LEGACY_PROTOCOL = 1001;

/** Names under which checkpoints keep their parameters, beside optimizer and counters. */
const WRAPPERS = ["state_dict", "model_state_dict", "model", "net", "params"];

/** Dictionaries in dictionaries, and entries in all of them, at most: a pickle can hold itself many times over. */
const MOST_LEVELS = 8;
const MOST_ENTRIES = 200_000;

/** The object of a checkpoint, and its storages by key. */
interface TorchContent {
  readonly root: PickleValue;
  readonly readRecord: (storage: TorchStorage) => Promise<Uint8Array>;
}

/** True if the bytes begin as PyTorch's older format does. */
export function isLegacyTorch(bytes: Uint8Array): boolean {
  return bytes.subarray(0, LEGACY_START.length / 2).toHex() === LEGACY_START;
}

/**
 * Reads the tensors of a checkpoint. Nothing in the file is run, and nothing but tensors, numbers, text, lists and
 * dictionaries may be in it.
 *
 * @param bytes The whole file.
 * @returns Arrays by name, in the file's order. A dictionary `{ "model": {...}, ... }` stands for its "model" (or
 * "state_dict" and the like); dictionaries within are joined by ".". Lists are left out.
 * @throws {WeightsError} If the file is damaged, names anything else, or holds no tensor.
 *
 * Source: PyTorch torch/serialization.py, `_save`, `_legacy_save`.
 */
export async function readTorchFile(
  bytes: Uint8Array,
  { name, select = () => true }: ForeignFileOptions,
): Promise<Map<string, NamedArray>> {
  const refuse = refuseWeights(name);
  const content = isLegacyTorch(bytes)
    ? readLegacy(bytes, refuse)
    : await readZipped(bytes, name, refuse);
  const tensors = collectTensors(unwrap(content.root), refuse);
  if (tensors.size === 0) refuse("it holds no named tensors");
  const wanted = [...tensors].filter(([key]) => select(key));
  checkTotal(wanted, bytes.length, refuse);
  const arrays = new Map<string, NamedArray>();
  for (const [key, { view }] of wanted) {
    const what = `tensor ${JSON.stringify(key)}`;
    if (view === undefined) return refuse(`${what} has no numbers`);
    const record = await content.readRecord(view.storage);
    arrays.set(key, readTorchView(view, record, { what, refuse }));
  }
  return arrays;
}

async function readZipped(bytes: Uint8Array, name: string, refuse: Refuse): Promise<TorchContent> {
  const archive = openZip(bytes, { name });
  const names = [...archive.entries.keys()];
  const pickle = names.find((entry) => /^([^/]+\/)?data\.pkl$/.test(entry)) ??
    refuse("zip archive holds no data.pkl, must be a PyTorch checkpoint");
  const folder = pickle.slice(0, -"data.pkl".length);
  if (names.some((entry) => entry.startsWith(`${folder}code/`))) {
    refuse("file is a TorchScript program, must be a checkpoint", {
      hint: 'Save its numbers in PyTorch: torch.save(model.state_dict(), "weights.pth")',
    });
  }
  if (archive.entries.has(`${folder}byteorder`)) {
    const order = new TextDecoder().decode(await archive.read(`${folder}byteorder`));
    if (order !== "little") refuse(`byte order is ${JSON.stringify(order)}, must be "little"`);
  }
  const { value: root } = readPickle(await archive.read(pickle), {
    refuse,
    globals: torchGlobals(refuse),
    load: (id) => readStorageId(id, refuse),
  });
  const records = new Map<string, Promise<Uint8Array>>();
  return {
    root,
    readRecord: ({ key }) => {
      const record = records.get(key) ?? archive.read(`${folder}data/${key}`);
      records.set(key, record);
      return record;
    },
  };
}

/** Five pickles in a row, then each storage as its count and its numbers. */
function readLegacy(bytes: Uint8Array, refuse: Refuse): TorchContent {
  const globals = torchGlobals(refuse);
  const storages = new Map<string, TorchStorage>();
  let at = LEGACY_START.length / 2;
  const next = (): PickleValue => {
    const { value, end } = readPickle(bytes, {
      refuse,
      globals,
      at,
      load: (id) => {
        const storage = readStorageId(id, refuse);
        if (!storages.has(storage.key)) storages.set(storage.key, storage);
        return storage;
      },
    });
    at = end;
    return value;
  };
  const protocol = next();
  if (protocol !== LEGACY_PROTOCOL) {
    refuse(`format version must be ${LEGACY_PROTOCOL}, is another`);
  }
  const system = next();
  if (!(system instanceof Map) || system.get("little_endian") !== true) {
    refuse("it was written on a big-endian machine");
  }
  const root = next();
  const keys = next();
  if (!Array.isArray(keys)) return refuse("the list of storages is damaged");
  const cursor = new ByteCursor(bytes, refuse, at);
  const records = new Map<string, Uint8Array>();
  for (const key of keys) {
    const storage = typeof key === "string" || typeof key === "number"
      ? storages.get(String(key))
      : undefined;
    if (storage === undefined) return refuse("the list of storages names one that has no tensor");
    records.set(storage.key, cursor.take(cursor.u64() * storage.dtype.itemBytes));
  }
  return {
    root,
    readRecord: async ({ key }) =>
      await records.get(key) ?? refuse(`storage ${JSON.stringify(key)} is missing`),
  };
}

/** The dictionary of parameters within a checkpoint of several things. */
function unwrap(root: PickleValue): PickleValue {
  let inner = root;
  for (let level = 0; level < MOST_LEVELS && inner instanceof Map; level++) {
    const map: Map<PickleValue, PickleValue> = inner;
    const found = WRAPPERS.map((key) => map.get(key)).find((value) => value instanceof Map);
    if (found === undefined) return inner;
    inner = found;
  }
  return inner;
}

/** The tensors of nested dictionaries. Deeper ones than any checkpoint has, as in a loop, are left out. */
function collectTensors(root: PickleValue, refuse: Refuse): Map<string, TorchTensor> {
  const tensors = new Map<string, TorchTensor>();
  let entries = 0;
  const visit = (value: PickleValue, path: readonly string[]) => {
    if (isTorchTensor(value)) tensors.set(path.join("."), value);
    if (!(value instanceof Map) || path.length === MOST_LEVELS) return;
    for (const [key, item] of value) {
      if (++entries > MOST_ENTRIES) refuse(`it has more than ${MOST_ENTRIES} entries`);
      if (typeof key === "string" || typeof key === "number") visit(item, [...path, String(key)]);
    }
  };
  visit(root, []);
  return tensors;
}

/** Before anything is allocated: a few bytes can claim to be a view of any size. */
function checkTotal(
  tensors: readonly (readonly [string, TorchTensor])[],
  fileBytes: number,
  refuse: Refuse,
): void {
  const most = unpackedLimit(fileBytes);
  let total = 0;
  for (const [, { view }] of tensors) {
    if (view === undefined) continue;
    total += Math.max(countOf(view.shape), reachOf(view)) * view.storage.dtype.itemBytes;
  }
  if (total > most) refuse(`tensors are said to take ${total} bytes, file has ${fileBytes}`);
}
