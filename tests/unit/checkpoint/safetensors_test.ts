import assert from "node:assert/strict";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedArray,
} from "../../../src/checkpoint/safetensors.ts";

/** Written by the reference library, Python safetensors 0.8.0: `safetensors.numpy.save` of REFERENCE. */
const REFERENCE_BYTES = Uint8Array.fromBase64(
  "yAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJzdGVwIjoiMTIifSwiYSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMSwyXSwi" +
    "ZGF0YV9vZmZzZXRzIjpbMCw4XX0sImIiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls4LDEy" +
    "XX0sImMiOnsiZHR5cGUiOiJVOCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzEyLDE0XX19ICAgICAgIAAAgD8AACDA" +
    "VTX/ewf/",
);
const REFERENCE = new Map<string, NamedArray>([
  ["a", { shape: [1, 2], data: Float32Array.of(1, -2.5) }],
  ["b", { shape: [2], data: Float16Array.of(1 / 3, 65504) }],
  ["c", { shape: [2], data: Uint8Array.of(7, 255) }],
]);

/** A file with the given header text and data, whether or not they make sense. */
function rawFile(header: string, data: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  bytes[0] = text.length & 255;
  bytes[1] = text.length >> 8;
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** A file with the given header entries. */
function fileOf(header: Readonly<Record<string, unknown>>, data: readonly number[] = []) {
  return rawFile(JSON.stringify(header), data);
}

/** Header entry of a U8 vector. */
function entry(begin: number, end: number) {
  return { dtype: "U8", shape: [end - begin], data_offsets: [begin, end] };
}

Deno.test("encodeSafetensors() writes the bytes of the reference library", () => {
  assert.deepEqual(encodeSafetensors(REFERENCE, { step: "12" }), REFERENCE_BYTES);
});

Deno.test("decodeSafetensors() reads the file of the reference library, halves as float32", () => {
  const { tensors, metadata } = decodeSafetensors(REFERENCE_BYTES, { name: "r" });
  assert.deepEqual(metadata, { step: "12" });
  assert.deepEqual([...tensors], [
    ["a", REFERENCE.get("a")],
    // 1/3 as a half float: 1365/4096.
    ["b", { shape: [2], data: Float32Array.of(1365 / 4096, 65504) }],
    ["c", REFERENCE.get("c")],
  ]);
});

Deno.test("decodeSafetensors() returns what encodeSafetensors() took, for every type and shape", () => {
  const tensors = new Map<string, NamedArray>([
    ["f64", { shape: [1], data: Float64Array.of(Math.PI) }],
    ["f32", { shape: [2, 1, 3], data: Float32Array.of(1, -0, NaN, Infinity, 1e-45, 6) }],
    ["i32", { shape: [], data: Int32Array.of(-2147483648) }],
    ["none", { shape: [0, 4], data: new Int32Array(0) }],
    ["encoder/1/kernel ü", { shape: [3], data: Uint8Array.of(0, 128, 255) }],
  ]);
  const metadata = { note: 'two\nlines "quoted"', empty: "" };
  const read = decodeSafetensors(encodeSafetensors(tensors, metadata), { name: "x" });
  assert.deepEqual(read, { tensors, metadata });
});

Deno.test("encodeSafetensors() gives the same bytes in whatever order the content comes", () => {
  const reversed = new Map([...REFERENCE].reverse());
  assert.deepEqual(
    encodeSafetensors(reversed, { b: "2", a: "1" }),
    encodeSafetensors(REFERENCE, { a: "1", b: "2" }),
  );
});

Deno.test("encodeSafetensors() writes only the viewed part of a buffer", () => {
  const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  const bytes = encodeSafetensors(new Map([["v", { shape: [2], data }]]));
  const { tensors } = decodeSafetensors(bytes, { name: "v" });
  assert.deepEqual(tensors.get("v")!.data, Float32Array.of(2, 3));
});

Deno.test("encodeSafetensors() refuses a shape that does not fit the data", () => {
  const tensors = new Map([["k", { shape: [2, 3], data: new Float32Array(5) }]]);
  assert.throws(() => encodeSafetensors(tensors), {
    name: "RangeError",
    message: 'Cannot write tensor "k": data has 5 values, shape [2,3] needs 6',
  });
});

Deno.test("encodeSafetensors() refuses the name of the metadata", () => {
  const tensors = new Map([["__metadata__", { shape: [1], data: new Float32Array(1) }]]);
  assert.throws(() => encodeSafetensors(tensors), {
    name: "RangeError",
    message: 'Cannot write tensor "__metadata__": reserved name',
  });
});

Deno.test("decodeSafetensors() reads misaligned data of a misaligned view, as a copy", () => {
  // The U8 tensor moves the float to byte 1 of the data; the file itself starts at byte 3 of its buffer.
  const header = {
    u: entry(0, 1),
    f: { dtype: "F32", shape: [1], data_offsets: [1, 5] },
  };
  const file = fileOf(header, [9, 0, 0, 0x80, 0x3f]);
  const view = new Uint8Array(file.length + 3).subarray(3);
  view.set(file);
  const { tensors, metadata } = decodeSafetensors(view, { name: "m" });
  view.fill(0);
  assert.deepEqual(tensors.get("f")!.data, Float32Array.of(1));
  assert.deepEqual(metadata, {});
});

Deno.test("decodeSafetensors() reads tensors whose header order is not their order in the file", () => {
  const bytes = fileOf({ late: entry(2, 3), early: entry(0, 2) }, [1, 2, 3]);
  const { tensors } = decodeSafetensors(bytes, { name: "o" });
  assert.deepEqual(tensors.get("late")!.data, Uint8Array.of(3));
  assert.deepEqual(tensors.get("early")!.data, Uint8Array.of(1, 2));
});

const TYPES = "F64, F32, I32, F16, U8";
const F32 = { dtype: "F32", shape: [1], data_offsets: [0, 4] };

const WRONG: readonly (readonly [name: string, bytes: Uint8Array, problem: string])[] = [
  ["an empty file", new Uint8Array(0), "file is empty"],
  ["a file of 7 bytes", new Uint8Array(7), "file has 7 bytes, must have at least 8"],
  [
    "a truncated header",
    REFERENCE_BYTES.subarray(0, 50),
    "file ends inside the header, after 42 of 200 bytes",
  ],
  [
    "a header length beyond any file",
    new Uint8Array(64).fill(255),
    "header is said to have 18446744073709551615 bytes, must have at most 100000000",
  ],
  ["a header of no bytes", new Uint8Array(8), "header is not JSON in UTF-8"],
  ["a header that is no JSON", rawFile('{"a": '), "header is not JSON in UTF-8"],
  ["a header that is no object", rawFile("[1, 2]"), "header is not a JSON object"],
  ["a header that is null", rawFile("null"), "header is not a JSON object"],
  ["metadata that is no object", fileOf({ __metadata__: "x" }), "metadata is not a JSON object"],
  ["metadata that is no text", fileOf({ __metadata__: { n: 1 } }), 'metadata "n" is not text'],
  [
    "an entry that is no object",
    fileOf({ a: 1 }),
    'header entry of tensor "a" is not a JSON object',
  ],
  [
    "an unknown data type",
    fileOf({ a: { ...F32, dtype: "BF16" } }),
    `tensor "a" has data type "BF16", must be one of ${TYPES}`,
  ],
  [
    "a data type that is a property of every object",
    fileOf({ a: { ...F32, dtype: "toString" } }),
    `tensor "a" has data type "toString", must be one of ${TYPES}`,
  ],
  [
    "a missing data type",
    fileOf({ a: { ...F32, dtype: undefined } }),
    `tensor "a" has data type nothing, must be one of ${TYPES}`,
  ],
  [
    "a negative size",
    fileOf({ a: { ...F32, shape: [-1] } }),
    'tensor "a" has shape [-1], must be a list of sizes',
  ],
  [
    "a shape that is no list",
    fileOf({ a: { ...F32, shape: 1 } }),
    'tensor "a" has shape 1, must be a list of sizes',
  ],
  [
    "three offsets",
    fileOf({ a: { ...F32, data_offsets: [0, 4, 4] } }),
    'tensor "a" has offsets [0,4,4], must be [begin, end]',
  ],
  [
    "offsets that run backwards",
    fileOf({ a: { ...F32, data_offsets: [4, 0] } }),
    'tensor "a" has offsets [4,0], must be [begin, end]',
  ],
  [
    "offsets with a fraction",
    fileOf({ a: { ...F32, data_offsets: [0, 4.5] } }),
    'tensor "a" has offsets [0,4.5], must be [begin, end]',
  ],
  [
    "a size that differs from shape and type",
    fileOf({ a: { dtype: "F32", shape: [2, 3], data_offsets: [0, 20] } }),
    'tensor "a" has 20 bytes, F32 of shape [2,3] needs 24',
  ],
  [
    "truncated data",
    REFERENCE_BYTES.subarray(0, -1),
    'file ends inside tensor "c": data has 13 bytes, must have 14',
  ],
  [
    "offsets beyond the file",
    fileOf({ a: entry(100, 101) }, [1]),
    'file ends inside tensor "a": data has 1 bytes, must have 101',
  ],
  [
    "overlapping tensors",
    fileOf({ a: entry(0, 2), b: entry(1, 3) }, [1, 2, 3]),
    'tensor "b" overlaps another tensor: starts at byte 1, must start at 2',
  ],
  [
    "two tensors at one place",
    fileOf({ a: entry(0, 2), b: entry(0, 2) }, [1, 2]),
    'tensor "b" overlaps another tensor: starts at byte 0, must start at 2',
  ],
  [
    "a name twice",
    rawFile(`{"a":${JSON.stringify(entry(0, 1))},"a":${JSON.stringify(entry(1, 2))}}`, [1, 2]),
    'tensor "a" leaves a gap: starts at byte 1, must start at 0',
  ],
  [
    "a gap between tensors",
    fileOf({ a: entry(0, 1), b: entry(2, 3) }, [1, 2, 3]),
    'tensor "b" leaves a gap: starts at byte 2, must start at 1',
  ],
  ["trailing bytes", fileOf({ a: entry(0, 1) }, [1, 2]), "data has 2 bytes, tensors need 1"],
  ["data without tensors", fileOf({}, [1]), "data has 1 bytes, tensors need 0"],
  [
    "a zip archive",
    Uint8Array.from("PK\x03\x04\x00\x00\x08\x08\x00\x00", (c) => c.charCodeAt(0)),
    "file is a zip archive (perhaps a PyTorch .pth or .pt file), must be safetensors",
  ],
  [
    "a JPEG image",
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46),
    "file is a JPEG image, must be safetensors",
  ],
  [
    "a PNG image",
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0),
    "file is a PNG image, must be safetensors",
  ],
  [
    "an HDF5 file",
    Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0),
    "file is HDF5 (perhaps a Keras .h5 file), must be safetensors",
  ],
  [
    "a pickle",
    Uint8Array.of(0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20),
    "file is a Python pickle (perhaps an old PyTorch .pth file), must be safetensors",
  ],
  [
    "a gzip file shorter than 8 bytes",
    Uint8Array.of(0x1f, 0x8b, 8),
    "file is gzip, must be safetensors",
  ],
  [
    "a Git LFS pointer",
    new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
    "file is a Git LFS pointer without the data, must be safetensors",
  ],
  [
    "a web page",
    new TextEncoder().encode("\n<!DOCTYPE html><title>404</title>"),
    "file is a web page, must be safetensors",
  ],
];
for (const [name, bytes, problem] of WRONG) {
  Deno.test(`decodeSafetensors() refuses ${name}`, () => {
    assert.throws(() => decodeSafetensors(bytes, { name: "w.safetensors" }), {
      name: "WeightsError",
      message: `Cannot read weights "w.safetensors": ${problem}`,
    });
  });
}

Deno.test("decodeSafetensors() refuses every file that is cut short or has one byte more", () => {
  for (let length = 0; length <= REFERENCE_BYTES.length + 1; length++) {
    if (length === REFERENCE_BYTES.length) continue;
    const bytes = new Uint8Array(length);
    bytes.set(REFERENCE_BYTES.subarray(0, length));
    assert.throws(() => decodeSafetensors(bytes, { name: "cut" }), { name: "WeightsError" });
  }
});

Deno.test("decodeSafetensors() keeps the cause of a header that cannot be parsed", () => {
  assert.throws(
    () => decodeSafetensors(rawFile("{"), { name: "x" }),
    (error: Error) => error.cause instanceof SyntaxError,
  );
});
