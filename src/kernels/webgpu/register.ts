/**
 * Registers our own programs with tfjs's WebGPU backend.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { ADD_DOUBLED, addDoubledKernel } from "./add_doubled.ts";
import { type ChooseTile, pixelLanes, sharedTiles } from "./choose_tile.ts";
import { filterGradient } from "./filter_gradient.ts";
import type { FusedShape } from "./fused_conv_shape.ts";
import {
  FUSED_PARTIAL_CONV,
  fusedPartialConvKernel,
  type FusedTile,
} from "./fused_partial_conv.ts";
import type { GpuBackend } from "./gpu_program.ts";
import { plainConv, plainInputGradient, type SquareGeometry } from "./plain_conv.ts";

type Shape4D = [number, number, number, number];
type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** What tfjs hands to its convolution kernels. */
interface ConvAttrs {
  readonly strides: number | [number, number];
  readonly pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

let isRegistered = false;
let isOnSoftware = false;

/**
 * Registers the kernels; later calls only say which kind of adapter it is now. Call it after tfjs's own are registered.
 *
 * The filter gradient replaces tfjs's everywhere, the input gradient at stride 2 too: tfjs's make a number a thread, or
 * four times the products. Convolutions and input gradients at stride 1 replace tfjs's on software adapters alone,
 * where they were measured to be faster.
 */
export function registerWebGpuKernels({ isSoftware }: { readonly isSoftware: boolean }): void {
  isOnSoftware = isSoftware;
  if (isRegistered) return;
  isRegistered = true;
  const chooseTile: ChooseTile = (work) =>
    (isOnSoftware ? pixelLanes({ mostPixels: 4 }) : sharedTiles())(work);
  register(FUSED_PARTIAL_CONV, (inputs, backend, attrs) =>
    fusedPartialConvKernel(
      inputs,
      backend,
      attrs as unknown as { shape: FusedShape; tile: FusedTile },
    ));
  register(
    ADD_DOUBLED,
    (inputs, backend, attrs) =>
      addDoubledKernel(inputs, backend, attrs as unknown as { count: number }),
  );
  replace("Conv2DBackpropFilter", (inputs, backend, attrs) => {
    const { x, dy } = inputs;
    const info = readInfo(x!, (attrs as unknown as { filterShape: Shape4D }).filterShape, attrs);
    if (info.dataFormat !== "channelsLast") return undefined;
    return filterGradient(backend, { x: x!, dy: dy! }, {
      kernel: [info.filterHeight, info.filterWidth],
      stride: [info.strideHeight, info.strideWidth],
      pad: [info.padInfo.top, info.padInfo.left],
    });
  });
  replace("Conv2DBackpropInput", (inputs, backend, attrs) => {
    const { dy, filter } = inputs;
    const { inputShape } = attrs as unknown as { inputShape: Shape4D };
    const info = readInfo({ shape: inputShape }, filter!.shape as Shape4D, attrs);
    const geometry = readSquare(info);
    if (geometry === undefined || info.inChannels % 4 !== 0) return undefined;
    if (geometry.stride === 1 ? !isOnSoftware : info.inHeight % 2 + info.inWidth % 2 > 0) {
      return undefined;
    }
    const size = [info.inHeight, info.inWidth] as const;
    return plainInputGradient(backend, { dy: dy!, kernel: filter!, size }, geometry, chooseTile);
  });
  replace("Conv2D", (inputs, backend, attrs) => {
    const { x, filter } = inputs;
    const info = readInfo(x!, filter!.shape as Shape4D, attrs);
    const geometry = readSquare(info);
    if (geometry === undefined || info.outChannels % 4 !== 0 || !isOnSoftware) return undefined;
    return plainConv(backend, { x: x!, kernel: filter! }, geometry, chooseTile);
  });
}

type Kernel = (inputs: Inputs, backend: GpuBackend, attrs: ConvAttrs) => tf.TensorInfo | undefined;

function register(kernelName: string, kernel: Kernel): void {
  tf.registerKernel({
    kernelName,
    backendName: "webgpu",
    kernelFunc: ({ inputs, backend, attrs }) =>
      kernel(
        inputs as Inputs,
        backend as unknown as GpuBackend,
        attrs as unknown as ConvAttrs,
      )!,
  });
}

/** Puts a kernel before tfjs's, which still does what ours leaves undefined. */
function replace(kernelName: string, kernel: Kernel): void {
  const stock = tf.getKernel(kernelName, "webgpu").kernelFunc;
  // tfjs warns when a kernel is replaced, so the stock one is taken out first.
  tf.unregisterKernel(kernelName, "webgpu");
  tf.registerKernel({
    kernelName,
    backendName: "webgpu",
    kernelFunc: (params) =>
      kernel(
        params.inputs as Inputs,
        params.backend as unknown as GpuBackend,
        params.attrs as unknown as ConvAttrs,
      ) ?? stock(params),
  });
}

function readInfo(x: { readonly shape: number[] }, filterShape: Shape4D, attrs: ConvAttrs) {
  const { strides, pad, dataFormat = "NHWC", dilations = 1, dimRoundingMode } = attrs;
  return tf.backend_util.computeConv2DInfo(
    x.shape as Shape4D,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
}

/** The geometry, if it is one that our programs know. */
function readSquare(info: ReturnType<typeof readInfo>): SquareGeometry | undefined {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const isSquare = filterHeight === filterWidth && strideHeight === strideWidth &&
    padInfo.top === padInfo.left && info.dilationHeight === 1 && info.dilationWidth === 1;
  if (!isSquare || strideHeight > 2 || info.dataFormat !== "channelsLast") return undefined;
  return {
    side: filterHeight,
    stride: strideHeight as 1 | 2,
    pad: padInfo.top,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
  };
}
