import assert from "node:assert/strict";
import type { PickleValue } from "../../../../src/checkpoint/import/pickle_machine.ts";
import { refuseWeights } from "../../../../src/checkpoint/import/refusal.ts";
import { TORCH_DTYPES } from "../../../../src/checkpoint/import/torch_dtypes.ts";
import {
  isCount,
  isTorchStorage,
  isTorchTensor,
  readStorageId,
  torchGlobals,
} from "../../../../src/checkpoint/import/torch_objects.ts";

const refuse = refuseWeights("a.pth");
const globals = torchGlobals(refuse);
const float = globals.get("torch.FloatStorage")!;
const storage = readStorageId(["storage", float, "3", "cpu", 6], refuse);

function make(name: string, ...args: PickleValue[]): PickleValue {
  return globals.get(name)!.make!(args);
}

Deno.test("torchGlobals() lists nothing that could run", () => {
  const others = [...globals.keys()].filter((name) =>
    !/^torch\.(cuda\.)?\w+(Storage|Tensor)$/.test(name)
  );
  assert.deepEqual(others, [
    "collections.OrderedDict",
    "torch.Size",
    "torch._utils._rebuild_tensor",
    "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_parameter",
    "torch.nn.parameter.Parameter",
  ]);
});

Deno.test("torchGlobals() make tensors that are views of a storage", () => {
  for (const name of ["torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2"]) {
    const tensor = make(name, storage, 1, [2, 2], [2, 1], false, new Map());
    assert.ok(isTorchTensor(tensor));
    assert.deepEqual(tensor.view, { storage, offset: 1, shape: [2, 2], strides: [2, 1] });
    assert.equal(make("torch._utils._rebuild_parameter", tensor, true, new Map()), tensor);
    assert.equal(make("torch.nn.parameter.Parameter", tensor), tensor);
  }
});

Deno.test("torchGlobals() make empty tensors that get their numbers as a state", () => {
  const tensor = make("torch.FloatTensor");
  assert.ok(isTorchTensor(tensor));
  assert.equal(tensor.view, undefined);
  tensor.setState([true, false, new Map()]);
  assert.equal(tensor.view, undefined);
  tensor.setState([storage, 0, [6], [1]]);
  assert.deepEqual(tensor.view, { storage, offset: 0, shape: [6], strides: [1] });
});

Deno.test("torchGlobals() make dictionaries and sizes", () => {
  assert.deepEqual(make("collections.OrderedDict"), new Map());
  assert.deepEqual(
    make("collections.OrderedDict", [["a", 1], ["b", 2]]),
    new Map([["a", 1], ["b", 2]]),
  );
  assert.deepEqual(make("torch.Size", [2, 3]), [2, 3]);
  assert.throws(() => make("collections.OrderedDict", [1]), /a dictionary is made of no pairs/);
});

Deno.test("torchGlobals() refuse tensors that are not sound", () => {
  const rebuild = (...args: PickleValue[]) => () =>
    make("torch._utils._rebuild_tensor_v2", ...args);
  assert.throws(rebuild(), /a tensor has no storage/);
  assert.throws(rebuild(float, 0, [1], [1]), /a tensor has no storage/);
  for (
    const args of [
      [-1, [1], [1]],
      [0, [1.5], [1]],
      [0, [1], [-1]],
      [0, [1, 1], [1]],
      [0, "1", "1"],
      [0],
    ]
  ) assert.throws(rebuild(storage, ...args), /no sound offset, shape and strides/);
  assert.throws(() => make("torch._utils._rebuild_parameter", 5), /a parameter has no tensor/);
});

Deno.test("readStorageId() reads class, key and size, and the start within another storage", () => {
  assert.ok(isTorchStorage(storage));
  const { dtype, key, start, count } = storage;
  assert.deepEqual({ key, start, count }, { key: "3", start: 0, count: 6 });
  assert.equal(dtype, TORCH_DTYPES["FloatStorage"]);
  const view = readStorageId(["storage", float, "3", "cpu", 100, ["7", 40, 10]], refuse);
  assert.deepEqual([view.start, view.count], [40, 100]);
});

Deno.test("readStorageId() refuses everything else", () => {
  const size = globals.get("torch.Size")!;
  for (
    const id of [
      "storage",
      ["module", float, "0", "cpu", 1],
      ["storage", size, "0", "cpu", 1],
      ["storage", "FloatStorage", "0", "cpu", 1],
      ["storage", float, ["0"], "cpu", 1],
      ["storage", float, "0", "cpu", -1],
    ] as PickleValue[]
  ) {
    assert.throws(
      () => readStorageId(id, refuse),
      /refers to something that is no storage of numbers/,
    );
  }
  assert.throws(
    () => readStorageId(["storage", float, "0", "cpu", 1, ["1", -4, 1]], refuse),
    /no sound start/,
  );
  assert.throws(() => storage.setState(null), /a storage is given a state/);
});

Deno.test("isCount() is true for whole numbers from 0", () => {
  assert.deepEqual([0, 7, -1, 0.5, 2 ** 60, "1", null, 5n].map((value) => isCount(value)), [
    true,
    true,
    ...Array(6).fill(false),
  ]);
});
