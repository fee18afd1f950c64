/**
 * Reading ONNX files, apart from the code that writes them: by the field numbers of onnx.proto.
 * @module
 */

/** Numbers with a shape, in float64. */
export interface OnnxTensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** One operation. */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole numbers, fractions, words and lists of whole numbers. */
  readonly attributes: ReadonlyMap<string, number | string | readonly number[]>;
}

/** What a file holds. */
export interface OnnxModel {
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  /** "image [batch, 3, height, width]" */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** One field: a number for varints, bytes for all else. */
type Field = readonly [field: number, value: number | Uint8Array];

/** Reads a model. */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const model = [...fields(bytes)];
  const graph = [...fields(part(model, 7))];
  const [opset] = parts(model, 8).map((set) => number([...fields(set)], 2));
  return {
    opset: opset!,
    nodes: parts(graph, 1).map(readNode),
    constants: new Map(parts(graph, 5).map(readTensor)),
    inputs: parts(graph, 11).map(readPort),
    outputs: parts(graph, 12).map(readPort),
    metadata: new Map(
      parts(model, 14).map((entry) => {
        const pair = [...fields(entry)];
        return [text(part(pair, 1)), text(part(pair, 2))];
      }),
    ),
  };
}

function* fields(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag & 7;
    if (wire === 0) yield [tag >> 3, varint()];
    else {
      const length = wire === 2 ? varint() : 4;
      yield [tag >> 3, bytes.subarray(at, at += length)];
    }
  }
}

function parts(list: readonly Field[], wanted: number): Uint8Array[] {
  return list.flatMap(([field, value]) => field === wanted ? [value as Uint8Array] : []);
}

function part(list: readonly Field[], wanted: number): Uint8Array {
  return parts(list, wanted)[0]!;
}

function number(list: readonly Field[], wanted: number): number {
  return list.find(([field]) => field === wanted)![1] as number;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function readNode(bytes: Uint8Array): OnnxNode {
  const list = [...fields(bytes)];
  return {
    type: text(part(list, 4)),
    inputs: parts(list, 1).map(text),
    output: text(part(list, 2)),
    attributes: new Map(parts(list, 5).map(readAttribute)),
  };
}

function readAttribute(bytes: Uint8Array): [string, number | string | readonly number[]] {
  const list = [...fields(bytes)];
  const name = text(part(list, 1));
  switch (number(list, 20)) {
    case 1:
      return [name, new DataView(part(list, 2).slice().buffer).getFloat32(0, true)];
    case 2:
      return [name, number(list, 3)];
    case 3:
      return [name, text(part(list, 4))];
    default:
      return [name, list.flatMap(([field, value]) => field === 8 ? [value as number] : [])];
  }
}

function readTensor(bytes: Uint8Array): [string, OnnxTensor] {
  const list = [...fields(bytes)];
  const shape = list.flatMap(([field, value]) => field === 1 ? [value as number] : []);
  const raw = part(list, 9).slice().buffer;
  const isFloat = number(list, 2) === 1;
  const data = isFloat
    ? Float64Array.from(new Float32Array(raw))
    : Float64Array.from(new BigInt64Array(raw), Number);
  return [text(part(list, 8)), { shape, data }];
}

function readPort(bytes: Uint8Array): string {
  const list = [...fields(bytes)];
  const tensor = [...fields(part([...fields(part(list, 2))], 1))];
  const sides = parts([...fields(part(tensor, 2))], 1).map((side) => {
    const [[field, value]] = [...fields(side)] as [Field];
    return field === 1 ? String(value) : text(value as Uint8Array);
  });
  return `${text(part(list, 1))} [${sides.join(", ")}]`;
}
