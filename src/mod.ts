/**
 * The public door of the library: fills holes in images with partial convolutions, and trains networks that
 * do. Everything else under `src` may change without notice.
 *
 * @example Fill a picture
 * ```ts ignore
 * import { openEngine, pconv, readNetworkFile } from "./src/mod.ts";
 *
 * const network = await readNetworkFile("pconv-lite");
 * const engine = await openEngine({ device: "auto", network, log: (line) => {} });
 * const method = pconv({ config: network.config, engine, context: "auto", tile: 1024 });
 * const filled = await method.fill({ width, height, rgb255, holeMask });
 * engine.close();
 * ```
 * @module
 */
export type { DeviceChoice } from "./backend/choose_device.ts";
export { type Backend, openBackend, type OpenBackendOptions } from "./backend/open_backend.ts";
export { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint/checkpoint.ts";
export { type NetworkFile, readNetworkFile } from "./checkpoint/network_file.ts";
export {
  encodeWeights,
  type Network,
  readNetwork,
  type WeightsNotes,
} from "./checkpoint/weights.ts";
export { encodeVgg16, readVgg16 } from "./checkpoint/vgg16_file.ts";
export { type DecodedImage, decodeImage } from "./data/decode_image.ts";
export { encodeImage, type OutputFormat } from "./data/encode_image.ts";
export { type HoleMask, readHoleMask, resizeHoleMask } from "./data/mask_file.ts";
export { generateHoleMask } from "./data/mask_generator.ts";
export { latticeGuess } from "./data/lattice_guess.ts";
export { openMaskFolder } from "./data/mask_folder.ts";
export { resample, type ResampleKernel } from "./data/resample.ts";
export { openSamples, type SampleStream } from "./data/sample_stream.ts";
export * from "./errors.ts";
export { bootstrapMean } from "./evaluation/bootstrap.ts";
export { COMPARED_SCORES, compareRecords } from "./evaluation/compare.ts";
export type { EvalRecord } from "./evaluation/eval_record.ts";
export type { EvalTable } from "./evaluation/eval_table.ts";
export { scoreResult } from "./evaluation/score_result.ts";
export { summarise } from "./evaluation/summarise.ts";
export { type CpuEngineOptions, openCpuEngine } from "./engine/cpu/open_cpu_engine.ts";
export { openEngine, type OpenEngineOptions } from "./engine/open_engine.ts";
export type { ForwardRequest, NetworkEngine } from "./engine/types.ts";
export { external } from "./methods/external.ts";
export { kernelUpscaler } from "./methods/kernel_upscaler.ts";
export { keepKnown } from "./methods/keep_known.ts";
export { mean } from "./methods/mean.ts";
export { opencvInpaint } from "./methods/opencv_inpaint.ts";
export { patchmatch } from "./methods/patchmatch.ts";
export { pconv, type PconvOptions } from "./methods/pconv.ts";
export { pyramid } from "./methods/pyramid.ts";
export { superres, type SuperresOptions } from "./methods/superres.ts";
export type { LargePicture, SmallPicture, UpscaleOptions, Upscaler } from "./methods/upscaler.ts";
export type { DamagedImage, FillMethod, FillOptions } from "./methods/types.ts";
export { holeBin } from "./metrics/hole_bin.ts";
export { inceptionScore } from "./metrics/inception_score.ts";
export { meanAbsoluteError } from "./metrics/mean_absolute_error.ts";
export { posteriorDivergence } from "./metrics/posterior_divergence.ts";
export { psnr } from "./metrics/psnr.ts";
export { ssim } from "./metrics/ssim.ts";
export { initializeParameters, type UNetParameters } from "./model/parameters.ts";
export { runUNet, type RunUNetOptions, type UNetOutput } from "./model/pconv_unet.ts";
export {
  type Convolution,
  type HoleValue,
  PRESETS,
  sizeMultiple,
  type UNetConfig,
} from "./model/unet_config.ts";
export { createVgg16, disposeVgg16, runVgg16, type Vgg16 } from "./model/vgg16.ts";
export { batchNormStored, batchNormTraining } from "./ops/batch_norm.ts";
export { composite } from "./ops/composite.ts";
export { gramMatrix } from "./ops/gram_matrix.ts";
export { meanAbsoluteDifference } from "./ops/mean_absolute_difference.ts";
export {
  type MaskedFeatures,
  partialConv2d,
  type PartialConvGroup,
  type PartialConvOptions,
} from "./ops/partial_conv.ts";
export { pyramidFill } from "./ops/pyramid_fill.ts";
export { createRandom, type Random } from "./random.ts";
export { compose } from "./task/compose.ts";
export { describeTask } from "./task/describe.ts";
export { withFreeze, withLearningRate, withLoss, withSteps } from "./task/parts.ts";
export { resolveTask, type TaskSpec } from "./task/resolve.ts";
export { sequence } from "./task/sequence.ts";
export type * from "./task/types.ts";
export { type StepReport, train, type TrainOptions } from "./training/loop.ts";
export { disposeTrainingState, type TrainingState } from "./training/state.ts";
