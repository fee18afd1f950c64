/**
 * WGSL of the fused convolution for software adapters: neighbouring lanes are neighbouring pixels, and all lanes
 * read the same weights at once.
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

/** How much one thread does. */
export interface PixelLanesTile {
  readonly kind: "pixel-lanes";
  /** Pixels of a thread: more of them make better use of a weight, and compile longer. */
  readonly pixels: 1 | 2 | 4 | 8 | 16;
  /** Output channels of a thread, at most the `weightBlock` of the convolution's. */
  readonly channels: 4 | 8 | 16;
}

/** One vector of llvmpipe. */
const LANES = 8;

/** Makes the program; its inputs are those of `fusedInputs`. */
export function pixelLanesProgram(
  shape: FusedShape,
  tile: PixelLanesTile,
  mostWorkgroups: number,
): GpuProgram {
  const groups = shape.groups.length;
  const inputs = fusedInputs(shape);
  const dispatch = fusedDispatch(shape, {
    pixels: LANES * tile.pixels,
    channels: tile.channels,
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
    workgroupSize: [LANES, 1, 1],
    uniforms: uniformMembers(groups),
    shaderKey: `pconvPixelLanes_${shape.isPlain}_${groups}_${tile.pixels}_${tile.channels}`,
    getUserCode: () => readersCode(shape.isPlain) + writeCode(groups, tile),
  };
}

function writeCode(groups: number, { pixels, channels }: PixelLanesTile): string {
  const each = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join("\n");
  const quads = channels / 4;
  const group = (g: number) => `
  {
    let size = uniforms.size${g};
    let taps = uniforms.window${g}.xy;
    let start = vec2<i32>(uniforms.window${g}[2 + phase.x], uniforms.window${g}[2 + phase.y]);
    var row = ((quad / block.x) * block.y + uniforms.rows${g}.x + phaseIndex * uniforms.rows${g}.y) * block.x +
      quad % block.x;
    for (var i = 0; i < taps[phase.x]; i++) {
      for (var j = 0; j < taps[phase.y]; j++) {
        ${
    each(
      pixels,
      (p) => `
        let y${p} = place${p}.y * size.w + start.x + i;
        let x${p} = place${p}.z * size.w + start.y + j;
        let inside${p} = vec4<bool>(y${p} >= 0 && y${p} < size.x && x${p} >= 0 && x${p} < size.y);
        let at${p} = select(0, ((place${p}.x * size.x + y${p}) * size.y + x${p}) * size.z, inside${p}.x);`,
    )
  }
        for (var c = 0; c < size.z; c++) {
          ${
    each(4, (r) => each(quads, (v) => `let w${r}${v} = weights[row + ${r} * block.x + ${v}];`))
  }
          ${
    each(pixels, (p) => `
          let in${p} = select(vec4<f32>(0.0), group${g}[at${p} + c], inside${p});
          ${each(quads, (v) => each(4, (r) => `sum${p}_${v} += in${p}[${r}] * w${r}${v};`))}`)
  }
          row += 4 * block.x;
        }
      }
    }
  }`;
  return `
fn main() {
  let phaseIndex = i32(workgroupId.z);
  let phase = vec2<i32>(phaseIndex >> 1u, phaseIndex & 1);
  let coutQuads = uniforms.grid.w;
  let block = uniforms.block;
  let channelBlocks = coutQuads / ${quads};
  let quad = (i32(workgroupId.y) % channelBlocks) * ${quads};
  let begin = (${PIXEL_BLOCK}) * ${LANES * pixels} + i32(localId.x);
  let last = uniforms.counts[phaseIndex] - 1;
  if (begin - i32(localId.x) > last) { return; }
  ${
    each(pixels, (p) => `
  let pixel${p} = pixelAt(phaseIndex, min(begin + ${p * LANES}, last));
  let place${p} = vec3<i32>(
    pixel${p} / (uniforms.grid.x * uniforms.grid.y),
    (pixel${p} / uniforms.grid.y) % uniforms.grid.x,
    pixel${p} % uniforms.grid.y);
  ${each(quads, (v) => `var sum${p}_${v} = vec4<f32>(0.0);`)}`)
  }
  ${each(groups, group)}
  let step = uniforms.grid.z;
  ${
    each(pixels, (p) => `
  if (begin + ${p * LANES} <= last) {
    let to = ((place${p}.x * uniforms.grid.x * step) + place${p}.y * step + phase.x) *
      (uniforms.grid.y * step) + place${p}.z * step + phase.y;
    let scale = ratioAt(to);
    ${
      each(quads, (v) => `
    let value${v} = sum${p}_${v} * scale + biasAt(quad + ${v});
    result[to * coutQuads + quad + ${v}] = select(
      vec4<f32>(0.0), max(value${v}, uniforms.slope * value${v}), vec4<bool>(scale != 0.0));`)
    }
  }`)
  }
}`;
}
