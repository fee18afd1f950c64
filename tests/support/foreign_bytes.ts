/**
 * Files as PyTorch and Keras write them, made in code.
 * @module
 */
import { crc32 } from "node:zlib";
import h5wasm from "h5wasm";

/** An array to be written; float32, row-major. */
export interface ForeignArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Options of {@linkcode makeZip}. */
export interface MakeZipOptions {
  /** Compresses the entries. @default false */
  readonly deflate?: boolean;
}

const encoder = new TextEncoder();

/** Bytes, text in UTF-8, or the number of one byte. */
export type BytePart = Uint8Array | string | number;

/** Joins bytes, text and numbers of one byte. */
export function bytesOf(...parts: readonly BytePart[]): Uint8Array {
  const arrays = parts.map((part) =>
    typeof part === "number"
      ? Uint8Array.of(part)
      : typeof part === "string"
      ? encoder.encode(part)
      : part
  );
  const out = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    out.set(array, at);
    at += array.length;
  }
  return out;
}

/** A number in `size` bytes, little endian. */
export function littleEndian(value: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => Number(BigInt(value) >> BigInt(8 * i) & 255n));
}

/** A zip archive without zip64. */
export async function makeZip(
  entries: ReadonlyMap<string, Uint8Array>,
  { deflate = false }: MakeZipOptions = {},
): Promise<Uint8Array> {
  const [locals, directory]: Uint8Array[][] = [[], []];
  let at = 0;
  for (const [name, content] of entries) {
    const stored = deflate ? await deflated(content) : content;
    const nameBytes = encoder.encode(name);
    const facts = bytesOf(
      littleEndian(20, 2),
      littleEndian(0, 2),
      littleEndian(deflate ? 8 : 0, 2),
      littleEndian(0, 4),
      littleEndian(crc32(content), 4),
      littleEndian(stored.length, 4),
      littleEndian(content.length, 4),
      littleEndian(nameBytes.length, 2),
      littleEndian(0, 2),
    );
    const local = bytesOf("PK\x03\x04", facts, nameBytes, stored);
    locals!.push(local);
    directory!.push(
      bytesOf(
        "PK\x01\x02",
        littleEndian(20, 2),
        facts,
        new Uint8Array(10),
        littleEndian(at, 4),
        nameBytes,
      ),
    );
    at += local.length;
  }
  const table = bytesOf(...directory!);
  const count = littleEndian(entries.size, 2);
  const end = [littleEndian(table.length, 4), littleEndian(at, 4), littleEndian(0, 2)];
  return bytesOf(...locals!, table, "PK\x05\x06", littleEndian(0, 4), count, count, ...end);
}

async function deflated(content: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([content as Uint8Array<ArrayBuffer>]).stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  return await new Response(stream).bytes();
}

/** Text as a pickle has it. */
export function pickledText(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  return bytesOf("X", littleEndian(bytes.length, 4), bytes);
}

/** A tuple of whole numbers as a pickle has it. */
export function pickledSizes(sizes: readonly number[]): Uint8Array {
  return bytesOf("(", ...sizes.map((size) => bytesOf("J", littleEndian(size, 4))), "t");
}

/** What {@linkcode pickledTensor} writes; the defaults are a sound tensor of the shape. */
export interface PickledTensor {
  readonly shape: readonly number[];
  /** @default "0" */
  readonly key?: string;
  /** @default row-major */
  readonly strides?: readonly number[];
  /** @default 0 */
  readonly offset?: number;
  /** Numbers of the storage. @default the product of the shape */
  readonly count?: number;
  /** @default "FloatStorage" */
  readonly storage?: string;
}

/** A tensor as the pickle of a checkpoint has it. */
export function pickledTensor(tensor: PickledTensor): Uint8Array {
  const { shape, key = "0", strides = rowMajor(shape), offset = 0 } = tensor;
  const { count = shape.reduce((a, b) => a * b, 1), storage = "FloatStorage" } = tensor;
  const id = [pickledText("storage"), `ctorch\n${storage}\n`, pickledText(key), pickledText("cpu")];
  return bytesOf(
    "ctorch._utils\n_rebuild_tensor_v2\n((",
    ...id,
    "J",
    littleEndian(count, 4),
    "tQJ",
    littleEndian(offset, 4),
    pickledSizes(shape),
    pickledSizes(strides),
    0x89,
    "}tR",
  );
}

/** A pickle of a dictionary of values that are pickled already. */
export function pickledDictionary(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const items = [...entries].flatMap(([key, value]) => [pickledText(key), value]);
  return bytesOf("}(", ...items, "u");
}

/** A checkpoint as `torch.save` writes it since 1.6. */
export async function makeTorchZip(arrays: ReadonlyMap<string, ForeignArray>): Promise<Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  const tensors = [...arrays].map(([name, { shape }], index) =>
    [name, pickledTensor({ shape, key: String(index) })] as const
  );
  entries.set("weights/data.pkl", bytesOf(0x80, 2, pickledDictionary(new Map(tensors)), "."));
  [...arrays.values()].forEach(({ data }, index) => {
    entries.set(`weights/data/${index}`, new Uint8Array(data.buffer));
  });
  return await makeZip(entries);
}

/** An HDF5 file with datasets at these paths. */
export async function makeHdf5(arrays: ReadonlyMap<string, ForeignArray>): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const path = `${crypto.randomUUID()}.h5`;
  const file = new h5wasm.File(path, "w");
  for (const [name, { shape, data }] of arrays) {
    const folders = name.split("/").slice(0, -1);
    folders.forEach((_, depth) => {
      const folder = folders.slice(0, depth + 1).join("/");
      if (file.get(folder) === null) file.create_group(folder);
    });
    file.create_dataset({ name, data, shape: [...shape] });
  }
  file.close();
  const bytes = FS.readFile(path);
  FS.unlink(path);
  return bytes;
}

function rowMajor(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
}
