/**
 * One meaning for VGG-16 weights of different origin.
 * @module
 */
import { VGG16_LAYERS, type Vgg16Numbers } from "../model/vgg16.ts";

/**
 * How a set of VGG-16 weights wants its images.
 *
 * "torchvision": RGB in `[0, 1]`, minus (0.485, 0.456, 0.406), divided by (0.229, 0.224, 0.225).
 * "caffe": RGB in `[0, 255]`, minus (123.68, 116.779, 103.939), not divided.
 */
export type Vgg16Convention = "torchvision" | "caffe";

/** ImageNet's mean and deviation for rgb01 as torchvision has them. */
const TORCHVISION_MEAN = [0.485, 0.456, 0.406] as const;
const TORCHVISION_STD = [0.229, 0.224, 0.225] as const;

/** Mean of the original network's training images, rgb255. Source: Simonyan and Zisserman's model card. */
const CAFFE_MEAN = [123.68, 116.779, 103.939] as const;

/**
 * How much larger numbers of the Caffe convention are: it leaves out the division by 255 and by the deviation,
 * for which the mean of torchvision's three stands.
 */
export const CAFFE_SCALE = 255 * (TORCHVISION_STD[0] + TORCHVISION_STD[1] + TORCHVISION_STD[2]) / 3;

/**
 * Turns weights of either convention into the project's: images rgb01 minus a mean, and features on torchvision's
 * scale, so that the weights 0.05 and 120 of equation 7 mean the same for both.
 *
 * torchvision: its division is folded into the kernel of conv1_1, exactly. Caffe: all layers are linear up to
 * their ReLU, so `features(image / k, biases / k) = features(image, biases) / k` exactly; biases are divided by
 * {@linkcode CAFFE_SCALE} = 57.63 and the kernel of conv1_1 takes the factor 255 / 57.63. Perceptual values are
 * 57.63 times smaller than with raw Caffe weights, style values 3321 times. The two networks were trained apart,
 * so even then their features are of one scale, not equal.
 *
 * @param arrays "conv1_1/kernel" HWIO with input channels in the order R, G, B; "conv1_1/bias"; and so on.
 *
 * Source: authors' FAQ on the scale of VGG losses; torchvision's preprocessing constants.
 */
export function toCanonicalVgg16(
  arrays: ReadonlyMap<string, Float32Array>,
  convention: Vgg16Convention,
): Vgg16Numbers {
  const isCaffe = convention === "caffe";
  const inputFactors = isCaffe
    ? TORCHVISION_STD.map(() => 255 / CAFFE_SCALE)
    : TORCHVISION_STD.map((deviation) => 1 / deviation);
  const biasFactor = isCaffe ? 1 / CAFFE_SCALE : 1;
  const scaled = new Map<string, Float32Array>();
  VGG16_LAYERS.forEach(({ name, cin, cout }, index) => {
    const kernel = arrays.get(`${name}/kernel`)!;
    const factorAt = (at: number) => index > 0 ? 1 : inputFactors[Math.floor(at / cout) % cin]!;
    scaled.set(`${name}/kernel`, kernel.map((value, at) => value * factorAt(at)));
    scaled.set(`${name}/bias`, arrays.get(`${name}/bias`)!.map((value) => value * biasFactor));
  });
  const [r, g, b] = isCaffe ? CAFFE_MEAN.map((value) => value / 255) : TORCHVISION_MEAN;
  return { arrays: scaled, mean: [r!, g!, b!] };
}
