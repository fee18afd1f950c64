/**
 * WGSL of the fused convolution for hardware: a workgroup shares tiles of pixels and weights, a thread keeps a small
 * matrix of sums in registers.
 * @module
 */
import {
  fusedDispatch,
  fusedInputs,
  type FusedShape,
  PIXEL_BLOCK,
  readersCode,
  uniformMembers,
} from "./fused_conv_shape.ts";
import type { GpuProgram } from "./gpu_program.ts";

/** How much one workgroup and one thread do. A thread has four output channels. */
export interface SharedTilesTile {
  readonly kind: "shared-tiles";
  /** Pixels of a thread. */
  readonly pixels: 2 | 4 | 8;
  /** Threads side by side, four output channels each. */
  readonly columns: 1 | 2 | 4 | 8 | 16;
  /** Threads below each other; with `columns` at most 256, the most that every adapter has. */
  readonly lines: 8 | 16 | 32 | 64;
}

/** Input channels, in fours, that are shared at a time. */
const DEPTH = 4;

/** Makes the program; its inputs are those of `fusedInputs`. */
export function sharedTilesProgram(
  shape: FusedShape,
  tile: SharedTilesTile,
  mostWorkgroups: number,
): GpuProgram {
  const groups = shape.groups.length;
  const inputs = fusedInputs(shape);
  const dispatch = fusedDispatch(shape, {
    pixels: tile.lines * tile.pixels,
    channels: 4 * tile.columns,
    most: mostWorkgroups,
  });
  return {
    variableNames: inputs.map(([name]) => name),
    variableComponents: inputs.map(([, components]) => components),
    outputComponent: 4,
    outputShape: [
      1,
      shape.batch * shape.gridHeight * shape.gridWidth * shape.outStep ** 2 * shape.cout,
    ],
    dispatchLayout: { x: [0], y: [1], z: [2] },
    dispatch,
    workgroupSize: [tile.columns, tile.lines, 1],
    uniforms: uniformMembers(groups),
    shaderKey:
      `pconvSharedTiles_${shape.isPlain}_${groups}_${tile.pixels}_${tile.columns}_${tile.lines}`,
    getUserCode: () => readersCode(shape.isPlain) + writeCode(groups, tile),
  };
}

/** Bytes of workgroup memory that a tile takes. */
export function sharedTilesBytes({ pixels, columns, lines }: SharedTilesTile): number {
  return 16 * DEPTH * (pixels * lines + 1 + 4 * columns);
}

function writeCode(groups: number, { pixels, columns, lines }: SharedTilesTile): string {
  const each = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const threads = columns * lines;
  const block = pixels * lines;
  const inputLoads = Math.ceil(block * DEPTH / threads);
  const weightLoads = Math.ceil(4 * DEPTH * columns / threads);
  const group = (g: number) => `
  {
    let size = uniforms.size${g};
    let taps = vec2<i32>(uniforms.window${g}[phase.x], uniforms.window${g}[phase.y]);
    let start = vec2<i32>(uniforms.window${g}[2 + phase.x], uniforms.window${g}[2 + phase.y]);
    let firstRow = uniforms.rows${g}.x + phaseIndex * uniforms.rows${g}.y;
    let depth = taps.x * taps.y * size.z;
    for (var at = 0; at < depth; at += ${DEPTH}) {
      ${
    each(inputLoads, (s) => `
      {
        let k = at + loadChannel;
        let tap = k / size.z;
        let y = source${s}.y * size.w + start.x + tap / taps.y;
        let x = source${s}.z * size.w + start.y + tap % taps.y;
        let inside = k < depth && y >= 0 && y < size.x && x >= 0 && x < size.y;
        let address = select(0, ((source${s}.x * size.x + y) * size.y + x) * size.z + k % size.z, inside);
        let value = select(vec4<f32>(0.0), group${g}[address], vec4<bool>(inside));
        let slot = loadPixel + ${s * threads / DEPTH};
        ${
      block * DEPTH % threads === 0 ? "" : `if (slot < ${block})`
    } { sharedPixels[loadChannel * ${block + 1} + slot] = value; }
      }`)
  }
      ${
    each(weightLoads, (s) => `
      {
        let slot = local + ${s * threads};
        let k = at * 4 + slot / ${columns};
        let q = quadBegin + slot % ${columns};
        let inside = k < depth * 4 && q < coutQuads;
        let address = select(0, ((q / block.x) * block.y + firstRow + k) * block.x + q % block.x, inside);
        let value = select(vec4<f32>(0.0), weights[address], vec4<bool>(inside));
        ${
      4 * DEPTH * columns % threads === 0 ? "" : `if (slot < ${4 * DEPTH * columns})`
    } { sharedWeights[slot] = value; }
      }`)
  }
      workgroupBarrier();
      for (var k = 0; k < ${DEPTH}; k++) {
        ${
    each(4, (r) => `let w${r} = sharedWeights[(k * 4 + ${r}) * ${columns} + i32(localId.x)];`)
  }
        ${
    each(pixels, (p) => `
        let in${p} = sharedPixels[k * ${block + 1} + i32(localId.y) + ${p * lines}];
        ${each(4, (r) => `sum${p} += in${p}[${r}] * w${r};`)}`)
  }
      }
      workgroupBarrier();
    }
  }`;
  return `
var<workgroup> sharedPixels : array<vec4<f32>, ${DEPTH * (block + 1)}>;
var<workgroup> sharedWeights : array<vec4<f32>, ${DEPTH * 4 * columns}>;

fn placeOf(pixel : i32) -> vec3<i32> {
  return vec3<i32>(
    pixel / (uniforms.grid.x * uniforms.grid.y),
    (pixel / uniforms.grid.y) % uniforms.grid.x,
    pixel % uniforms.grid.y);
}

fn main() {
  let phaseIndex = i32(workgroupId.z);
  let phase = vec2<i32>(phaseIndex >> 1u, phaseIndex & 1);
  let coutQuads = uniforms.grid.w;
  let block = uniforms.block;
  let channelBlocks = (coutQuads + ${columns - 1}) / ${columns};
  let quadBegin = (i32(workgroupId.y) % channelBlocks) * ${columns};
  let begin = (${PIXEL_BLOCK}) * ${block};
  let last = uniforms.counts[phaseIndex] - 1;
  if (begin > last) { return; }
  let local = i32(localIndex);
  let loadChannel = local % ${DEPTH};
  let loadPixel = local / ${DEPTH};
  ${
    each(inputLoads, (s) =>
      `let source${s} = placeOf(pixelAt(phaseIndex, min(begin + loadPixel + ${
        s * threads / DEPTH
      }, last)));`)
  }
  ${each(pixels, (p) => `var sum${p} = vec4<f32>(0.0);`)}
  ${each(groups, group)}
  let quad = quadBegin + i32(localId.x);
  if (quad >= coutQuads) { return; }
  let step = uniforms.grid.z;
  ${
    each(pixels, (p) => `
  if (begin + i32(localId.y) + ${p * lines} <= last) {
    let place = placeOf(pixelAt(phaseIndex, begin + i32(localId.y) + ${p * lines}));
    let to = ((place.x * uniforms.grid.x * step) + place.y * step + phase.x) *
      (uniforms.grid.y * step) + place.z * step + phase.y;
    let scale = ratioAt(to);
    let value = sum${p} * scale + biasAt(quad);
    result[to * coutQuads + quad] = select(
      vec4<f32>(0.0), max(value, uniforms.slope * value), vec4<bool>(scale != 0.0));
  }`)
  }
}`;
}
