/**
 * An ONNX graph, node by node.
 * @module
 */
import type { NamedArray } from "../safetensors.ts";
import { encodeMessage, field, floatField, intField, type Message, message } from "./protobuf.ts";

/** Name of a value in the graph. */
export type OnnxValue = string;

/** A whole number, a fraction, a word, or a list of whole numbers. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] };

/** A float32 input or output. */
export interface OnnxPort {
  readonly name: string;
  /** Sizes by axis; a word stands for any size. */
  readonly shape: readonly (number | string)[];
  readonly about: string;
}

/** Facts beside the nodes. */
export interface OnnxFacts {
  readonly name: string;
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  readonly about: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Numbers of the enumerations and versions in onnx.proto. */
const FLOAT = 1;
const INT64 = 7;
const IR_VERSION = 7;
const OPSET = 13;

/** A graph that grows; nodes come in the order they run. */
export class OnnxGraph {
  readonly #nodes: Message[] = [];
  readonly #constants = new Map<string, Message>();

  /**
   * Adds a node with one output.
   *
   * @param type Name of an operator of opset 13.
   * @param inputs Empty text leaves an input out.
   * @param name Of the output. @default the operator and a number
   */
  add(
    type: string,
    inputs: readonly OnnxValue[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    name: OnnxValue = `${type}_${this.#nodes.length}`,
  ): OnnxValue {
    this.#nodes.push(message([
      ...inputs.map((input) => field(1, input)),
      field(2, name),
      field(3, name),
      field(4, type),
      ...Object.entries(attributes).map(([key, value]) => field(5, attributeOf(key, value))),
    ]));
    return name;
  }

  /** Adds float32 numbers under a name, once. */
  floats(name: string, { shape, data }: Pick<NamedArray, "shape" | "data">): OnnxValue {
    const values = data instanceof Float32Array ? data : Float32Array.from(data);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return this.#constant(name, { type: FLOAT, shape, bytes });
  }

  /** Adds whole numbers as a vector under a name, once. */
  ints(name: string, values: readonly number[]): OnnxValue {
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    return this.#constant(name, { type: INT64, shape: [values.length], bytes });
  }

  #constant(
    name: string,
    { type, shape, bytes }: { type: number; shape: readonly number[]; bytes: Uint8Array },
  ): OnnxValue {
    if (!this.#constants.has(name)) {
      this.#constants.set(
        name,
        message([
          ...shape.map((side) => intField(1, side)),
          intField(2, type),
          field(8, name),
          field(9, bytes),
        ]),
      );
    }
    return name;
  }

  /**
   * The file's bytes.
   *
   * Source: onnx/onnx, onnx/onnx.proto, ModelProto and what it holds.
   */
  encode({ name, inputs, outputs, about, metadata }: OnnxFacts): Uint8Array<ArrayBuffer> {
    const graph = message([
      ...this.#nodes.map((node) => field(1, node)),
      field(2, name),
      ...[...this.#constants.values()].map((constant) => field(5, constant)),
      ...inputs.map((port) => field(11, portOf(port))),
      ...outputs.map((port) => field(12, portOf(port))),
    ]);
    return encodeMessage(message([
      intField(1, IR_VERSION),
      field(2, "pconv"),
      field(6, about),
      field(7, graph),
      field(8, message([field(1, ""), intField(2, OPSET)])),
      ...Object.entries(metadata).map(([key, value]) =>
        field(14, message([field(1, key), field(2, value)]))
      ),
    ]));
  }
}

/** Numbers of AttributeProto's fields and of its enumeration of types. */
function attributeOf(name: string, value: OnnxAttribute): Message {
  const fields = "int" in value
    ? [intField(3, value.int), intField(20, 2)]
    : "float" in value
    ? [floatField(2, value.float), intField(20, 1)]
    : "text" in value
    ? [field(4, value.text), intField(20, 3)]
    : [...value.ints.map((int) => intField(8, int)), intField(20, 7)];
  return message([field(1, name), ...fields]);
}

function portOf({ name, shape, about }: OnnxPort): Message {
  const dimensions = shape.map((side) =>
    field(1, typeof side === "number" ? intField(1, side) : field(2, side))
  );
  const tensor = message([intField(1, FLOAT), field(2, message(dimensions))]);
  return message([field(1, name), field(2, field(1, tensor)), field(3, about)]);
}
