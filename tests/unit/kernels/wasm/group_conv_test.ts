import assert from "node:assert/strict";
import {
  type GroupConv,
  groupConvBiasGradient,
  groupConvFilterGradient,
  groupConvForward,
  groupConvInputGradient,
  groupConvOutput,
} from "../../../../src/kernels/wasm/group_conv.ts";
import { referenceConvolution } from "../../../oracle/reference/convolution.ts";
import { assertAllClose, type Values } from "../../../support/assert_all_close.ts";
import { formulaTensor } from "../../../support/formula_tensor.ts";
import { openOwnMemory } from "../own_memory.ts";

type Spec = readonly [channels: number, upsample: 1 | 2];

interface Case {
  readonly n: number;
  readonly size: readonly [height: number, width: number];
  readonly groups: readonly Spec[];
  readonly cout: number;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly isMasked: boolean;
}

const CASES: readonly Case[] = [
  {
    n: 2,
    size: [6, 8],
    groups: [[5, 2], [3, 1], [4, 1]],
    cout: 3,
    kernel: [3, 3],
    stride: 1,
    isMasked: true,
  },
  { n: 1, size: [4, 4], groups: [[16, 2]], cout: 16, kernel: [3, 3], stride: 1, isMasked: false },
  {
    n: 3,
    size: [2, 2],
    groups: [[1, 2], [1, 1]],
    cout: 5,
    kernel: [3, 3],
    stride: 1,
    isMasked: true,
  },
  {
    n: 2,
    size: [7, 6],
    groups: [[3, 1], [4, 1]],
    cout: 16,
    kernel: [7, 5],
    stride: 2,
    isMasked: true,
  },
  {
    n: 1,
    size: [5, 5],
    groups: [[4, 1], [1, 1]],
    cout: 8,
    kernel: [1, 1],
    stride: 1,
    isMasked: false,
  },
  { n: 1, size: [6, 5], groups: [[2, 1]], cout: 1, kernel: [1, 1], stride: 2, isMasked: true },
];

/** The same by its definition: masked, doubled, concatenated, convolved in float64. */
function expected(spec: Case, values: ReturnType<typeof makeValues>) {
  const { n, size: [height, width], groups, cout, kernel: [kh, kw], stride, isMasked } = spec;
  const cin = groups.reduce((sum, [channels]) => sum + channels, 0);
  const joined = new Float64Array(n * height * width * cin);
  const source = (group: number, image: number, y: number, x: number) => {
    const upsample = groups[group]![1];
    const [h, w] = [height / upsample, width / upsample];
    return (image * h + Math.floor(y / upsample)) * w + Math.floor(x / upsample);
  };
  const eachPixel = (visit: (image: number, y: number, x: number) => void) => {
    for (let i = 0; i < n * height * width; i++) {
      visit(Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width);
    }
  };
  const eachChannel = (visit: (group: number, channel: number, joinedChannel: number) => void) => {
    let all = 0;
    groups.forEach(([channels], group) => {
      for (let c = 0; c < channels; c++) visit(group, c, all++);
    });
  };
  eachPixel((image, y, x) =>
    eachChannel((group, c, all) => {
      const pixel = source(group, image, y, x);
      const mask = isMasked ? values.masks[group]!.data[pixel]! : 1;
      const value = values.features[group]!.data[pixel * groups[group]![0] + c]!;
      joined[((image * height + y) * width + x) * cin + all] = mask * value;
    })
  );
  const ratio = (i: number) => isMasked ? values.ratio.data[Math.floor(i / cout)]! : 1;
  const valid = (i: number) => isMasked ? values.valid.data[Math.floor(i / cout)]! : 1;
  const reference = referenceConvolution({
    image: { shape: [n, height, width, cin], data: joined },
    kernel: values.kernel,
    stride,
    padTop: (kh - 1) / 2,
    padLeft: (kw - 1) / 2,
    dy: { shape: values.dy.shape, data: Array.from(values.dy.data, (v, i) => v * ratio(i)) },
  });
  const dx = values.features.map(({ data }) => new Float64Array(data.length));
  eachPixel((image, y, x) =>
    eachChannel((group, c, all) => {
      const pixel = source(group, image, y, x);
      const mask = isMasked ? values.masks[group]!.data[pixel]! : 1;
      const slope = reference.dx.data[((image * height + y) * width + x) * cin + all]!;
      dx[group]![pixel * groups[group]![0] + c]! += mask * slope;
    })
  );
  const db = new Float64Array(cout);
  Array.from(values.dy.data).forEach((slope, i) => db[i % cout]! += slope * valid(i));
  return {
    output: Array.from(
      reference.output.data,
      (sum, i) => sum * ratio(i) + valid(i) * values.bias.data[i % cout]!,
    ),
    dw: reference.dw.data,
    dx,
    db,
  };
}

function makeValues({ n, size: [height, width], groups, cout, kernel, stride }: Case) {
  const cin = groups.reduce((sum, [channels]) => sum + channels, 0);
  const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const binary = (length: number, phase: number): Values => ({
    shape: [length],
    data: Array.from({ length }, (_, i) => (3 * i + phase) % 5 < 3 ? 1 : 0),
  });
  const pixels = n * rows * columns;
  return {
    features: groups.map(([channels, upsample], i) =>
      formulaTensor([n, height / upsample, width / upsample, channels], { phase: i })
    ),
    masks: groups.map(([, upsample], i) => binary(n * height * width / upsample ** 2, i)),
    kernel: formulaTensor([...kernel, cin, cout], { phase: 5 }),
    bias: formulaTensor([cout], { phase: 6 }),
    dy: formulaTensor([n, rows, columns, cout], { phase: 7 }),
    ratio: formulaTensor([pixels], { phase: 8, shift: 2 }),
    valid: binary(pixels, 1),
  };
}

for (const spec of CASES) {
  const { groups, kernel, stride, isMasked } = spec;
  const name = `${JSON.stringify(groups)}, kernel ${kernel.join("x")}, stride ${stride}` +
    (isMasked ? ", masked" : "");
  Deno.test(`groupConv*() equal naive loops: ${name}`, () => {
    const values = makeValues(spec);
    const wanted = expected(spec, values);
    const { workspace, take, put, get } = openOwnMemory();
    const conv: GroupConv = {
      groups: groups.map(([channels, upsample], i) => ({
        features: put(values.features[i]!.data),
        mask: isMasked ? put(values.masks[i]!.data) : undefined,
        ...{ channels, upsample },
      })),
      kernel: put(values.kernel.data),
      kernelSize: kernel,
      kernelChannels: values.kernel.shape[2]!,
      ...{ cout: spec.cout, stride, n: spec.n, height: spec.size[0], width: spec.size[1] },
      ratio: isMasked ? put(values.ratio.data) : undefined,
      validMask: isMasked ? put(values.valid.data) : undefined,
    };
    const dy = put(values.dy.data);
    const check = (what: string, address: number, data: ArrayLike<number>) => {
      const shape = [data.length];
      const actual = { shape, data: get(address, data.length) };
      assertAllClose(actual, { shape, data }, { rtol: 5e-6, atol: 1e-5 }, what);
      assert.equal(get(address + 4 * data.length, 1)[0], 7, `${what} is written beyond its end`);
    };
    const output = take(4 * wanted.output.length + 4);
    groupConvForward(workspace, take, conv, { output, bias: put(values.bias.data) });
    check("output", output, wanted.output);
    const dw = take(4 * wanted.dw.length + 4);
    groupConvFilterGradient(workspace, take, conv, { dy, dw });
    check("dw", dw, wanted.dw);
    const db = take(4 * wanted.db.length + 4);
    groupConvBiasGradient(workspace, take, conv, { dy, db });
    check("db", db, wanted.db);
    wanted.dx.forEach((data, index) => {
      const dx = take(4 * data.length + 4);
      groupConvInputGradient(workspace, take, conv, { index, dy, dx });
      check(`dx of group ${index}`, dx, data);
    });
  });
}

Deno.test("groupConvOutput() rounds up", () => {
  const conv = { height: 7, width: 6, stride: 2 } as GroupConv;
  assert.deepEqual(groupConvOutput(conv), [4, 3]);
});
