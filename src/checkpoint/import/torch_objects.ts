/**
 * What a pickle of PyTorch may name: tensors, their storages and ordered dictionaries, nothing else.
 * @module
 */
import {
  isKind,
  type PickleGlobal,
  type PickleObject,
  type PickleValue,
} from "./pickle_machine.ts";
import type { Refuse } from "./refusal.ts";
import { TORCH_DTYPES, type TorchDtype } from "./torch_dtypes.ts";

/** A run of numbers in the file that tensors are views of. */
export interface TorchStorage extends PickleObject {
  readonly dtype: TorchDtype;
  /** Which record of the file holds it. */
  readonly key: string;
  /** Numbers before it in that record. */
  readonly start: number;
  /** How many numbers it has. */
  readonly count: number;
}

/** A view of a storage; checked against it when it is read. */
export interface TorchTensor extends PickleObject {
  /** Undefined until the pickle gives the state of a tensor of the oldest kind. */
  readonly view: TorchView | undefined;
}

/** Which numbers of a storage a tensor has; in numbers, not bytes. */
export interface TorchView {
  readonly storage: TorchStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** True for a tensor among the values of a pickle. */
export function isTorchTensor(value: PickleValue): value is TorchTensor {
  return isKind(value, "object") && "view" in value;
}

/** True for a storage among the values of a pickle. */
export function isTorchStorage(value: PickleValue | undefined): value is TorchStorage {
  return value !== undefined && isKind(value, "object") && "dtype" in value;
}

/**
 * Makes everything that the pickle of a checkpoint may name, with `torch.load(weights_only=True)` as the measure.
 *
 * Source: PyTorch torch/_utils.py, torch/_weights_only_unpickler.py.
 */
export function torchGlobals(refuse: Refuse): ReadonlyMap<string, PickleGlobal> {
  const globals = new Map<string, PickleGlobal>();
  const add = (name: string, make?: PickleGlobal["make"]) => {
    globals.set(name, { kind: "global", name, ...(make === undefined ? {} : { make }) });
  };
  add("collections.OrderedDict", (args) => makeDictionary(args, refuse));
  add("torch.Size", ([sizes = []]) => sizes);
  const makeTensor = (args: readonly PickleValue[]) => createTensor(readView(args, refuse), refuse);
  add("torch._utils._rebuild_tensor", makeTensor);
  add("torch._utils._rebuild_tensor_v2", makeTensor);
  const unwrap = ([data]: readonly PickleValue[]) =>
    data !== undefined && isTorchTensor(data) ? data : refuse("a parameter has no tensor");
  add("torch._utils._rebuild_parameter", unwrap);
  add("torch.nn.parameter.Parameter", unwrap);
  for (const module of ["torch", "torch.cuda"]) {
    for (const storage of Object.keys(TORCH_DTYPES)) {
      add(`${module}.${storage}`);
      // The oldest files make an empty tensor of a type first and give it its numbers after.
      add(
        `${module}.${storage.replace("Storage", "Tensor")}`,
        () => createTensor(undefined, refuse),
      );
    }
  }
  return globals;
}

/** An ordered dictionary, empty or of pairs. */
function makeDictionary([pairs = []]: readonly PickleValue[], refuse: Refuse): PickleValue {
  const isPair = (pair: PickleValue) => Array.isArray(pair) && pair.length === 2;
  if (!Array.isArray(pairs) || !pairs.every(isPair)) refuse("a dictionary is made of no pairs");
  return new Map(pairs as [PickleValue, PickleValue][]);
}

function createTensor(view: TorchView | undefined, refuse: Refuse): TorchTensor {
  const tensor: { -readonly [K in keyof TorchTensor]: TorchTensor[K] } = {
    kind: "object",
    view,
    setState: (state) => {
      // The state of a parameter says whether it is trained; only that of a tensor begins with a storage.
      if (Array.isArray(state) && isTorchStorage(state[0])) tensor.view = readView(state, refuse);
    },
  };
  return tensor;
}

/** The arguments that all ways to rebuild a tensor begin with. */
function readView(args: readonly PickleValue[], refuse: Refuse): TorchView {
  const [storage, offset = null, shape = null, strides = null] = args;
  if (!isTorchStorage(storage)) return refuse("a tensor has no storage");
  const isSound = isCount(offset) && isCounts(shape) && isCounts(strides) &&
    shape.length === strides.length;
  if (!isSound) return refuse("a tensor has no sound offset, shape and strides");
  return { storage, offset, shape, strides };
}

/** True for a whole number from 0. */
export function isCount(value: PickleValue): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isCounts(value: PickleValue): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}

/**
 * Reads the persistent id of a storage: ("storage", class, key, device, count) and in the older format also None or
 * (key, start, count) of a view of another storage.
 */
export function readStorageId(id: PickleValue, refuse: Refuse): TorchStorage {
  const [tag, type = null, key, , count = null, view = null] = Array.isArray(id) ? id : [];
  const dtype = isKind(type, "global") ? TORCH_DTYPES[type.name.split(".").at(-1)!] : undefined;
  const isKey = typeof key === "string" || typeof key === "number";
  if (tag !== "storage" || dtype === undefined || !isKey || !isCount(count)) {
    return refuse("it refers to something that is no storage of numbers");
  }
  const start = Array.isArray(view) ? view[1] ?? null : 0;
  if (!isCount(start)) return refuse("a storage has no sound start");
  const setState = () => refuse("a storage is given a state");
  return { kind: "object", setState, dtype, key: String(key), start, count };
}
