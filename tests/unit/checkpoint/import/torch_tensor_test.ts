import assert from "node:assert/strict";
import { refuseWeights } from "../../../../src/checkpoint/import/refusal.ts";
import { TORCH_DTYPES } from "../../../../src/checkpoint/import/torch_dtypes.ts";
import type { TorchView } from "../../../../src/checkpoint/import/torch_objects.ts";
import { countOf, reachOf, readTorchView } from "../../../../src/checkpoint/import/torch_tensor.ts";

const names = { what: 'tensor "a"', refuse: refuseWeights("a.pth") };

/** A view of a storage of six float32, or of what `storage` says. */
function viewOf(
  view: Omit<TorchView, "storage">,
  storage: Partial<TorchView["storage"]> = {},
): TorchView {
  const dtype = TORCH_DTYPES["FloatStorage"]!;
  const whole = {
    kind: "object",
    setState: () => {},
    dtype,
    key: "0",
    start: 0,
    count: 6,
  } as const;
  return { storage: { ...whole, ...storage }, ...view };
}

const record = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer);

Deno.test("readTorchView() copies what lies in order", () => {
  const view = viewOf({ offset: 1, shape: [2, 2], strides: [2, 1] });
  const { shape, data } = readTorchView(view, record, names);
  assert.deepEqual([shape, [...data]], [[2, 2], [1, 2, 3, 4]]);
  assert.equal(data.buffer.byteLength, 16);
});

Deno.test("readTorchView() puts turned, skipping and repeating views in order", () => {
  const read = (shape: number[], strides: number[], offset = 0) => [
    ...readTorchView(viewOf({ offset, shape, strides }), record, names).data,
  ];
  assert.deepEqual(read([3, 2], [1, 3]), [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(read([3], [2], 1), [1, 3, 5]);
  assert.deepEqual(read([2, 2], [0, 1]), [0, 1, 0, 1]);
  assert.deepEqual(read([3, 1, 2], [1, 99, 3]), [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(read([], [], 4), [4]);
  assert.deepEqual(read([0, 3], [3, 1]), []);
});

Deno.test("readTorchView() begins where the storage begins in its record, at any byte", () => {
  const view = viewOf({ offset: 1, shape: [2], strides: [1] }, { start: 2, count: 4 });
  const shifted = new Uint8Array(25);
  shifted.set(record, 1);
  assert.deepEqual([...readTorchView(view, shifted.subarray(1), names).data], [3, 4]);
});

Deno.test("readTorchView() refuses to reach beyond the storage or the file", () => {
  const beyond = viewOf({ offset: 3, shape: [2, 2], strides: [2, 1] });
  assert.throws(
    () => readTorchView(beyond, record, names),
    /^WeightsError: .*: tensor "a" reaches to number 7 of a storage of 6$/,
  );
  const far = viewOf({ offset: 0, shape: [2], strides: [2 ** 52] });
  assert.throws(() => readTorchView(far, record, names), /reaches to number 4503599627370497 of/);
  const cut = viewOf({ offset: 0, shape: [1], strides: [1] }, { count: 7 });
  assert.throws(() => readTorchView(cut, record, names), /needs 28 bytes, file has 24 for it$/);
});

Deno.test("readTorchView() refuses numbers that cannot be exact", () => {
  const view = viewOf({ offset: 0, shape: [1], strides: [1] }, {
    dtype: TORCH_DTYPES["LongStorage"]!,
    count: 1,
  });
  const large = new Uint8Array(BigInt64Array.of(2n ** 60n).buffer);
  assert.throws(
    () => readTorchView(view, large, names),
    /cannot be read exactly: it holds 1152921/,
  );
});

Deno.test("countOf() and reachOf() count the numbers of a view, and those it spans", () => {
  assert.deepEqual([countOf([2, 3]), countOf([]), countOf([0, 3])], [6, 1, 0]);
  const reach = (shape: number[], strides: number[]) =>
    reachOf(viewOf({ offset: 9, shape, strides }));
  assert.deepEqual([reach([2, 3], [10, 2]), reach([], []), reach([0], [5])], [15, 1, 0]);
});
