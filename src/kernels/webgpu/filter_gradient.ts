/**
 * Filter gradient of a convolution on the GPU: sums over pixels in parts, then the parts in order. tfjs's own program
 * makes one number a thread from memory.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { type GpuBackend, type GpuProgram, runGpuProgram } from "./gpu_program.ts";
import { sumParts } from "./sum_parts.ts";

/** Geometry of a convolution, `[rows, columns]` each, in pixels. */
export interface FilterGradientGeometry {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  /** Zeros before the first row and column. */
  readonly pad: readonly [number, number];
}

/** One vector of a software adapter four times, one warp of hardware. */
const LANES = 32;
/** Input channels of a thread, in fours. */
const QUADS = 2;
/** Output channels of a thread, in fours. */
const COUT_QUADS = 4;
/** Workgroups that keep a large device busy. */
const WANTED_WORKGROUPS = 512;
/** Pixels that are added up in one go: fewer parts cost less, longer sums round more. */
const PIXELS = { least: 64, most: 4096 } as const;
/** Numbers that all parts together may take, unless the sums would get too long. */
const MOST_NUMBERS = 2 ** 22;

/**
 * Computes `dW[i,j,ci,co] = Σ_{n,y,x} x[n, s·y+i-p, s·x+j-p, ci] · dy[n,y,x,co]`; the same sum in the same order at
 * every run.
 *
 * @param x `[n, h, w, cin]`.
 * @param dy `[n, h', w', cout]`.
 * @returns `[kh, kw, cin, cout]`.
 */
export function filterGradient(
  backend: GpuBackend,
  { x, dy }: { readonly x: tf.TensorInfo; readonly dy: tf.TensorInfo },
  { kernel, stride, pad }: FilterGradientGeometry,
): tf.TensorInfo {
  const [, height, width, cin] = x.shape as [number, number, number, number];
  const [n, rows, columns, cout] = dy.shape as [number, number, number, number];
  const shape = [kernel[0], kernel[1], cin, cout];
  const size = kernel[0] * kernel[1] * cin * cout;
  const quads = kernel[0] * kernel[1] * Math.ceil(cin / 4);
  const workgroups = [Math.ceil(quads / (LANES * QUADS)), Math.ceil(cout / (4 * COUT_QUADS))];
  const pixels = n * rows * columns;
  const parts = countParts(pixels, workgroups[0]! * workgroups[1]!, size);
  const vectors = { x: cin % 4 === 0, dy: cout % 4 === 0 };
  const program: GpuProgram = {
    variableNames: ["x", "dy"],
    variableComponents: [vectors.x ? 4 : 1, vectors.dy ? 4 : 1],
    outputComponent: 1,
    outputShape: [1, parts * size],
    dispatchLayout: { x: [0], y: [1], z: [2] },
    dispatch: [workgroups[0]!, workgroups[1]!, parts],
    workgroupSize: [LANES, 1, 1],
    uniforms: "input : vec4<i32>, output : vec4<i32>, kernel : vec2<i32>, stride : vec2<i32>, " +
      "pad : vec2<i32>, pixels : vec2<i32>,",
    shaderKey: `pconvFilterGradient_${vectors.x}_${vectors.dy}`,
    getUserCode: () => writeCode(vectors),
  };
  const sums = runGpuProgram(backend, program, {
    inputs: [x, dy],
    uniforms: [
      { type: "int32", data: [height, width, cin, n] },
      { type: "int32", data: [rows, columns, cout, size] },
      { type: "int32", data: [...kernel] },
      { type: "int32", data: [...stride] },
      { type: "int32", data: [...pad] },
      { type: "int32", data: [pixels, Math.ceil(pixels / parts)] },
    ],
    shape: parts === 1 ? shape : [parts, size],
  });
  if (parts === 1) return sums;
  const total = sumParts(backend, sums, shape);
  backend.disposeData(sums.dataId);
  return total;
}

/** Into how many parts the pixels are cut. */
function countParts(pixels: number, workgroups: number, size: number): number {
  const wanted = Math.min(WANTED_WORKGROUPS / workgroups, MOST_NUMBERS / size);
  const most = Math.ceil(pixels / PIXELS.least);
  return Math.max(1, Math.ceil(pixels / PIXELS.most), Math.min(Math.ceil(wanted), most));
}

function writeCode(vectors: { readonly x: boolean; readonly dy: boolean }): string {
  const each = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const read = (name: "x" | "dy") =>
    vectors[name]
      ? `fn read_${name}(at : i32, channel : i32, channels : i32) -> vec4<f32> {
  return select(vec4<f32>(0.0), ${name}[(at + min(channel, channels - 4)) / 4], vec4<bool>(channel < channels));
}`
      : `fn read_${name}(at : i32, channel : i32, channels : i32) -> vec4<f32> {
  let last = channels - 1;
  let value = vec4<f32>(
    ${name}[at + min(channel, last)],
    ${name}[at + min(channel + 1, last)],
    ${name}[at + min(channel + 2, last)],
    ${name}[at + min(channel + 3, last)]);
  return select(vec4<f32>(0.0), value, vec4<i32>(channel) + vec4<i32>(0, 1, 2, 3) < vec4<i32>(channels));
}`;
  return `
${read("x")}
${read("dy")}

fn main() {
  let cin = uniforms.input.z;
  let cout = uniforms.output.z;
  let cinQuads = (cin + 3) / 4;
  let quads = uniforms.kernel.x * uniforms.kernel.y * cinQuads;
  let firstQuad = i32(workgroupId.x) * ${LANES * QUADS} + i32(localId.x);
  let firstCout = i32(workgroupId.y) * ${4 * COUT_QUADS};
  let begin = i32(workgroupId.z) * uniforms.pixels.y;
  let end = min(begin + uniforms.pixels.y, uniforms.pixels.x);
  ${
    each(QUADS, (q) => `
  let quad${q} = min(firstQuad + ${q * LANES}, quads - 1);
  let tap${q} = quad${q} / cinQuads;
  let ci${q} = (quad${q} % cinQuads) * 4;
  let offset${q} = vec2<i32>(tap${q} / uniforms.kernel.y, tap${q} % uniforms.kernel.y) - uniforms.pad;
  ${each(COUT_QUADS, (v) => each(4, (r) => `var sum${q}_${r}_${v} = vec4<f32>(0.0);`))}`)
  }
  for (var pixel = begin; pixel < end; pixel++) {
    let image = pixel / (uniforms.output.x * uniforms.output.y);
    let place = vec2<i32>((pixel / uniforms.output.y) % uniforms.output.x, pixel % uniforms.output.y) *
      uniforms.stride;
    ${each(COUT_QUADS, (v) => `let d${v} = read_dy(pixel * cout, firstCout + ${4 * v}, cout);`)}
    ${
    each(QUADS, (q) => `
    {
      let from_place = place + offset${q};
      let inside = all(from_place >= vec2<i32>(0)) && all(from_place < uniforms.input.xy);
      let at = select(0, ((image * uniforms.input.x + from_place.x) * uniforms.input.y + from_place.y) * cin, inside);
      let value = select(vec4<f32>(0.0), read_x(at, ci${q}, cin), vec4<bool>(inside));
      ${each(COUT_QUADS, (v) => each(4, (r) => `sum${q}_${r}_${v} += value[${r}] * d${v};`))}
    }`)
  }
  }
  let part = i32(workgroupId.z) * uniforms.output.w;
  ${
    each(QUADS, (q) => `
  if (firstQuad + ${q * LANES} < quads) {
    ${
      each(4, (r) => `
    if (ci${q} + ${r} < cin) {
      let to = part + (tap${q} * cin + ci${q} + ${r}) * cout + firstCout;
      ${
        each(COUT_QUADS, (v) =>
          each(4, (o) =>
            `if (firstCout + ${4 * v + o} < cout) { result[to + ${
              4 * v + o
            }] = sum${q}_${r}_${v}[${o}]; }`))
      }
    }`)
    }
  }`)
  }
}`;
}
