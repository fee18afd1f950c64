/**
 * The public door of the library: fills holes in pictures with partial convolutions, enlarges pictures, scores
 * the results, and trains networks that do the former two. What is exported here is meant to be used;
 * everything else under `src` may change without notice. Ready losses, schedules and recipes of training are in
 * `tasks/mod.ts`, whole programs in `examples/library/`.
 *
 * Conventions: pictures are `Uint8Array [height, width, 3]` of 0..255 (`rgb255`), a `holeMask` is
 * `Uint8Array [height, width]` with 1 where a pixel is missing, tensors are those of TensorFlow.js 4.22.0, NHWC
 * of 0..1. What a user can mend
 * is thrown as a {@linkcode UserError}, a programmer's mistake as a RangeError or TypeError.
 *
 * @example Fill a picture
 * ```ts
 * import {
 *   encodeImage, openEngine, pconv, readHoleMask, readImageFile, readNetworkFile, withAlpha, withoutAlpha,
 * } from "@pconv/pconv";
 *
 * const network = await readNetworkFile("pconv-lite");
 * const engine = await openEngine({ device: "auto", network, log: () => {} });
 * const method = pconv({ config: network.config, engine, context: "auto", tile: 1024 });
 *
 * const { width, height, rgba } = await readImageFile("photo.jpg");
 * const { holeMask } = readHoleMask(await readImageFile("mask.png")); // white is the hole
 * const filled = await method.fill({ width, height, rgb255: withoutAlpha(rgba), holeMask });
 * method.close?.();
 *
 * const picture = { width, height, rgba: withAlpha(filled) };
 * await Deno.writeFile("filled.png", await encodeImage(picture, { format: "png", keepAlpha: false }));
 * ```
 * @module
 */

// Networks in files, and what runs them.
export { type NetworkFile, readNetworkFile } from "./checkpoint/network_file.ts";
export { encodeOnnx, type OnnxNetwork } from "./checkpoint/export/onnx_network.ts";
export type { NamedArray, TensorData } from "./checkpoint/safetensors.ts";
export type { DeviceChoice } from "./backend/choose_device.ts";
export { type NetworkNumbers, openEngine, type OpenEngineOptions } from "./engine/open_engine.ts";
export type { ForwardRequest, NetworkEngine } from "./engine/types.ts";

// Methods that fill holes.
export type { DamagedImage, FillMethod, FillOptions } from "./methods/types.ts";
export { external, type ExternalOptions, type ExternalResult } from "./methods/external.ts";
export { keepKnown } from "./methods/keep_known.ts";
export { mean } from "./methods/mean.ts";
export {
  type OpencvAlgorithm,
  opencvInpaint,
  type OpencvInpaintOptions,
} from "./methods/opencv_inpaint.ts";
export { patchmatch, type PatchmatchOptions } from "./methods/patchmatch.ts";
export { pconv, type PconvOptions } from "./methods/pconv.ts";
export { pyramid } from "./methods/pyramid.ts";

// Methods that enlarge.
export type { LargePicture, SmallPicture, UpscaleOptions, Upscaler } from "./methods/upscaler.ts";
export { kernelUpscaler } from "./methods/kernel_upscaler.ts";
export { superres, type SuperresOptions } from "./methods/superres.ts";
export { type LatticeGuess, latticeGuess } from "./data/lattice_guess.ts";
export {
  resample,
  type ResampleKernel,
  type ResampleOptions,
  type ResampleSource,
} from "./data/resample.ts";

// Pictures and masks.
export { type DecodedImage, decodeImage, type DecodeImageOptions } from "./data/decode_image.ts";
export {
  type EncodableImage,
  encodeImage,
  type EncodeImageOptions,
  type OutputFormat,
} from "./data/encode_image.ts";
export type { ColourSpace } from "./data/stored_picture.ts";
export type { JpegSubsampling } from "./data/jpeg/encode_jpeg.ts";
export type {
  ColourChunk,
  GridDensity,
  PictureMetadata,
  TextChunk,
} from "./data/metadata/picture_metadata.ts";
// A JPEG that keeps every block beside the hole, and the proof for any format.
export { type PatchedJpeg, patchJpeg, type PatchJpegRequest } from "./data/jpeg/patch_jpeg.ts";
export { certify, type CertifyRequest } from "./data/certificate/certify.ts";
export type { Certificate, MetadataFindings } from "./data/certificate/certificate.ts";
export { certificateText } from "./data/certificate/certificate_text.ts";
export { dropPreviews } from "./data/metadata/drop_previews.ts";
export { readImageFile } from "./data/read_image_file.ts";
export { withAlpha } from "./data/with_alpha.ts";
export { withoutAlpha } from "./data/without_alpha.ts";
export {
  type ImageList,
  type ListedImage,
  listImages,
  type ListImagesOptions,
} from "./data/list_images.ts";
export type { RgbaPixels } from "./data/exif_orientation.ts";
export type { ImageFormat } from "./data/image_header.ts";
export {
  type HoleMask,
  type MaskSize,
  readHoleMask,
  type ReadHoleMaskOptions,
  resizeHoleMask,
} from "./data/mask_file.ts";
export type { MaskPicture } from "./data/mask_luma.ts";
export { generateHoleMask, type HoleMaskOptions } from "./data/mask_generator.ts";
export {
  type MaskFolder,
  type OpenedMaskFolder,
  openMaskFolder,
  type OpenMaskFolderOptions,
} from "./data/mask_folder.ts";
export type { MaskPolarity } from "./data/mask_polarity.ts";

// Scores of one picture.
export { type HoleBin, holeBin, type HoleBinOptions } from "./metrics/hole_bin.ts";
export { inceptionScore } from "./metrics/inception_score.ts";
export { meanAbsoluteError } from "./metrics/mean_absolute_error.ts";
export type { PixelMetricOptions } from "./metrics/mean_over_values.ts";
export { posteriorDivergence } from "./metrics/posterior_divergence.ts";
export { psnr } from "./metrics/psnr.ts";
export { ssim, type SsimOptions } from "./metrics/ssim.ts";

// Comparisons over many.
export { bootstrapMean } from "./evaluation/bootstrap.ts";
export {
  COMPARED_SCORES,
  type ComparedScore,
  compareRecords,
  type Comparison,
  type Difference,
} from "./evaluation/compare.ts";
export type {
  EvalRecord,
  NetworkScores,
  PictureScores,
  PresetMeasure,
  ResultScores,
} from "./evaluation/eval_record.ts";
export type { Estimate, EvalRow, EvalTable, ScoreName } from "./evaluation/eval_table.ts";
export type { PresetValues } from "./evaluation/presets/preset.ts";
export { scoreResult, type ScoreResultOptions } from "./evaluation/score_result.ts";
export { summarise } from "./evaluation/summarise.ts";

// Training tasks: composing one, and what it is made of.
export { compose } from "./task/compose.ts";
export { describeTask } from "./task/describe.ts";
export { withFreeze, withLearningRate, withLoss, withSteps } from "./task/parts.ts";
export { resolveTask, type TaskSpec } from "./task/resolve.ts";
export { sequence } from "./task/sequence.ts";
export type * from "./task/types.ts";

// Training.
export { type Backend, openBackend, type OpenBackendOptions } from "./backend/open_backend.ts";
export {
  type LeftOut,
  openSamples,
  type OpenSamplesOptions,
  type SampleBatch,
  type SampleStream,
} from "./data/sample_stream.ts";
export type { LatticeShare } from "./data/make_sample.ts";
export type { LatticePlanes } from "./data/lattice_sample.ts";
export { type StepReport, train, type TrainOptions } from "./training/loop.ts";
export { disposeTrainingState, type TrainingState } from "./training/state.ts";
export type { AdamState, Moments } from "./training/adam.ts";
export type { GradientResult, TrainingBatch } from "./training/gradients.ts";
export type { LatticePlanes as GuessedPlanes } from "./training/network_input.ts";
export type { LossSums } from "./training/loss_means.ts";
export type { FeatureExtractor } from "./training/objective.ts";
export {
  type BestSoFar,
  type Checkpoint,
  type DataFingerprint,
  readCheckpoint,
  writeCheckpoint,
} from "./checkpoint/checkpoint.ts";
export type { ListFingerprint } from "./checkpoint/list_fingerprint.ts";
export {
  encodeWeights,
  type Network,
  readNetwork,
  type WeightsNotes,
} from "./checkpoint/weights.ts";
export { encodeVgg16, type EncodeVgg16Options, readVgg16 } from "./checkpoint/vgg16_file.ts";

// The network as operations of TensorFlow.js.
export {
  initializeParameters,
  type Parameter,
  type RunningStatistics,
  type UNetParameters,
} from "./model/parameters.ts";
export { runUNet, type RunUNetOptions, type UNetOutput } from "./model/pconv_unet.ts";
export {
  type Base,
  type Convolution,
  type EncoderLevel,
  type HoleValue,
  type Normalisation,
  type OutputHead,
  type PresetName,
  PRESETS,
  sizeMultiple,
  type UNetConfig,
} from "./model/unet_config.ts";
export { IMAGE_RANGES, type ImageRange } from "./model/image_range.ts";
export {
  createVgg16,
  disposeVgg16,
  runVgg16,
  type Vgg16,
  type Vgg16Numbers,
} from "./model/vgg16.ts";

// Operations.
export {
  type BatchNormAffine,
  type BatchNormStatistics,
  batchNormStored,
  batchNormTraining,
} from "./ops/batch_norm.ts";
export { composite } from "./ops/composite.ts";
export type { FixedConv } from "./ops/fixed_conv.ts";
export { gramMatrix } from "./ops/gram_matrix.ts";
export { meanAbsoluteDifference } from "./ops/mean_absolute_difference.ts";
export {
  type MaskedFeatures,
  partialConv2d,
  type PartialConvGroup,
  type PartialConvOptions,
} from "./ops/partial_conv.ts";
export { pyramidFill } from "./ops/pyramid_fill.ts";

// Chance, and what may go wrong.
export { createRandom, type Random } from "./random.ts";
export * from "./errors.ts";
