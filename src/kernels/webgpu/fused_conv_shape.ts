/**
 * The arithmetic of a fused convolution: where each group is read, for which output pixels.
 *
 * One description serves plain convolutions, convolutions over a doubled map (four phases of 2x2 taps on the small
 * one) and the input gradient of stride 2 (four phases of every second tap). An output pixel is
 * `(t·outStep + phaseRow, u·outStep + phaseColumn)`; tap `i` of a group reads row
 * `t·step + start[phaseRow] + i`, and columns likewise.
 * @module
 */
import type { UniformValue } from "./gpu_program.ts";

/** One input: some of the channels of a concatenation that is never made. */
export interface FusedGroup {
  /** Of the map that is read, in pixels. */
  readonly height: number;
  /** Of the map that is read, in pixels. */
  readonly width: number;
  /** A multiple of 4. */
  readonly channels: number;
  /** Pixels that the window moves for one step of the grid. */
  readonly step: 1 | 2;
  /** Taps in each direction, for even and odd output rows (and columns); the same twice without phases. */
  readonly taps: readonly [number, number];
  /** First tap, relative to `t·step`, for even and odd output rows (and columns). */
  readonly start: readonly [number, number];
  /** First row of its weights. */
  readonly weightRow: number;
  /** Rows of weights from one phase to the next; 0 where all phases share them. */
  readonly weightPhaseRows: number;
}

/** A whole fused convolution. */
export interface FusedShape {
  readonly batch: number;
  /** Grid of one phase, in pixels: the output's size over `outStep`. */
  readonly gridHeight: number;
  readonly gridWidth: number;
  /** 2: four phases interleave in the output. */
  readonly outStep: 1 | 2;
  /** Output channels, a multiple of 4. */
  readonly cout: number;
  /** Rows of weights of all groups. */
  readonly weightRows: number;
  /** 1 to 3. */
  readonly groups: readonly FusedGroup[];
  /** The activation is `max(x, slope·x)`: 0 is ReLU, 1 is none. */
  readonly slope: number;
  /** All pixels, ratio 1, no bias: the inputs `ratio`, `pixels` and `bias` do not exist. */
  readonly isPlain: boolean;
  /** Where the pixels of each phase begin in the list, four numbers. */
  readonly firsts: readonly number[];
  /** Pixels of each phase in the list, four numbers; 0 for phases that there are not. */
  readonly counts: readonly number[];
}

/**
 * Output channels that lie beside each other in a row of weights: the layout is `[cout / block, rows, block]`, so that
 * a thread that makes `block` channels reads its weights one after the other.
 */
export function weightBlock(cout: number): 4 | 8 | 16 {
  return cout % 16 === 0 ? 16 : cout % 8 === 0 ? 8 : 4;
}

/** Inputs of the programs in WGSL, in order, with the numbers of an element. */
export function fusedInputs(
  { groups, isPlain }: FusedShape,
): readonly (readonly [string, 1 | 4])[] {
  const maps = groups.map((_, i) => [`group${i}`, 4] as const);
  if (isPlain) return [...maps, ["weights", 4]];
  return [...maps, ["weights", 4], ["ratio", 1], ["pixels", 1], ["bias", 4]];
}

/** WGSL that reads the inputs which plain convolutions do not have. */
export function readersCode(isPlain: boolean): string {
  return isPlain
    ? `
fn pixelAt(phase : i32, slot : i32) -> i32 { return uniforms.firsts[phase] + slot; }
fn ratioAt(at : i32) -> f32 { return 1.0; }
fn biasAt(quad : i32) -> vec4<f32> { return vec4<f32>(0.0); }`
    : `
fn pixelAt(phase : i32, slot : i32) -> i32 { return pixels[uniforms.firsts[phase] + slot]; }
fn ratioAt(at : i32) -> f32 { return ratio[at]; }
fn biasAt(quad : i32) -> vec4<f32> { return bias[quad]; }`;
}

/** Members of the `Uniforms` struct for so many groups; {@linkcode shapeUniforms} gives their values. */
export function uniformMembers(groups: number): string {
  const members = Array.from(
    { length: groups },
    (_, i) => `size${i} : vec4<i32>, window${i} : vec4<i32>, rows${i} : vec2<i32>,`,
  );
  return `grid : vec4<i32>, block : vec2<i32>, firsts : vec4<i32>, counts : vec4<i32>, ${
    members.join(" ")
  } slope : f32,`;
}

/** Values of {@linkcode uniformMembers}. */
export function shapeUniforms(shape: FusedShape): UniformValue[] {
  const { gridHeight, gridWidth, outStep, cout, weightRows, groups, slope, firsts, counts } = shape;
  const int32 = (...data: number[]): UniformValue => ({ type: "int32", data });
  return [
    int32(gridHeight, gridWidth, outStep, cout / 4),
    int32(weightBlock(cout) / 4, weightRows),
    int32(...firsts),
    int32(...counts),
    ...groups.flatMap((group) => [
      int32(group.height, group.width, group.channels / 4, group.step),
      int32(...group.taps, ...group.start),
      int32(group.weightRow, group.weightPhaseRows),
    ]),
    { type: "float32", data: [slope] },
  ];
}

/**
 * Workgroups of a fused convolution: pixel blocks in x (what does not fit there goes on in y), channel blocks in y,
 * phases in z. In WGSL the pixel block is {@linkcode PIXEL_BLOCK}.
 *
 * @param most Most workgroups in one direction.
 */
export function fusedDispatch(
  { cout, outStep, counts }: FusedShape,
  { pixels, channels, most }: {
    readonly pixels: number;
    readonly channels: number;
    readonly most: number;
  },
): [number, number, number] {
  const blocks = Math.ceil(Math.max(...counts) / pixels);
  const columns = Math.max(1, Math.min(blocks, most));
  const channelBlocks = Math.ceil(cout / channels);
  return [columns, channelBlocks * Math.ceil(blocks / columns), outStep * outStep];
}

/** WGSL: index of the pixel block, given `channelBlocks`; see {@linkcode fusedDispatch}. */
export const PIXEL_BLOCK =
  "i32(workgroupId.x) + (i32(workgroupId.y) / channelBlocks) * i32(numWorkgroups.x)";
