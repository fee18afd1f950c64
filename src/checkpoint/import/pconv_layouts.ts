/**
 * How other projects name and mean the numbers of an inpainting network of partial convolutions.
 * @module
 */
import type { ImageRange } from "../../model/image_range.ts";
import type { OutputHead } from "../../model/unet_config.ts";

/** What an array of a layer is. Masks are kernels of ones that only count. */
export type PconvPart =
  | "kernel"
  | "bias"
  | "mask"
  | "mask bias"
  | "gamma"
  | "beta"
  | "mean"
  | "variance";

/** An array of a file and what it stands for. */
export interface PlacedName {
  readonly name: string;
  /** Path in a network of ours: "encoder/1", "decoder/7", or "output" for the head. */
  readonly layer: string;
  readonly part: PconvPart;
}

/** What another project's files hold. */
export interface PconvLayout {
  readonly id: "naoto0804" | "mmagic" | "pconv-keras";
  /** For people. */
  readonly title: string;
  readonly range: ImageRange;
  readonly outputHead?: OutputHead;
  /** Interior outputs of its layer are this share of a plain convolution's: 1 is the paper's authors' code. */
  readonly kernelScale: (shape: { readonly kernel: number; readonly cin: number }) => number;
  /** Added to the variance by its batch norm. */
  readonly epsilon: number;
  /** True if its decoder joins the encoder's features before the doubled ones. */
  readonly joinsSkipFirst: boolean;
  /** Kernels as the file has them. */
  readonly kernelAxes: "OIHW" | "HWIO";
  /** What the file does not say and is believed. */
  readonly assumption: string;
  /** True for names that are looked at. */
  readonly isName: (name: string) => boolean;
  /** What names stand for. */
  readonly place: (names: readonly string[]) => { readonly depth: number; names: PlacedName[] };
}

const TORCH_NORM: Readonly<Record<string, PconvPart>> = {
  weight: "gamma",
  bias: "beta",
  running_mean: "mean",
  running_var: "variance",
};

const KERAS_NORM: Readonly<Record<string, PconvPart>> = {
  gamma: "gamma",
  beta: "beta",
  moving_mean: "mean",
  moving_variance: "variance",
};

// "enc_2.conv.input_conv.weight"; "conv2d" and "mask2d" until July 2018.
const NAOTO =
  /^(?:module\.)?(enc|dec)_(\d{1,4})\.(?:conv\.(input_conv|conv2d|mask_conv|mask2d)|(bn))\.(\w+)$/;
// "generator.encoder.enc2.conv.weight"
const MMAGIC =
  /^(?:module\.)?(?:generator\.)?(?:encoder|decoder)\.(enc|dec)(\d{1,4})\.(?:(conv)|(bn))\.(\w+)$/;
// "p_conv2d_3/p_conv2d_3/img_kernel:0", "model_1/EncBN2/gamma:0"; the group counts, since names in it may have changed.
const KERAS =
  /(?:^|\/)(p_conv2d|EncBN|batch_normalization|outputs_img)(?:_?(\d{1,6}))?\/(?:[^/]+\/)?(\w+)(?::0)?$/;

/** A name of PyTorch's, taken apart. */
interface TorchName {
  readonly name: string;
  readonly side: "enc" | "dec";
  readonly level: number;
  readonly part: PconvPart;
}

function readNaotoName(name: string): TorchName | undefined {
  const [, side, level, conv, , last = ""] = NAOTO.exec(name) ?? [];
  if (side === undefined) return undefined;
  const isMask = conv?.startsWith("mask");
  const part = conv === undefined ? TORCH_NORM[last] : convPart(last, isMask === true);
  return part && { name, side: side as "enc" | "dec", level: Number(level), part };
}

function readMmagicName(name: string): TorchName | undefined {
  const [, side, level, conv, , last = ""] = MMAGIC.exec(name) ?? [];
  if (side === undefined) return undefined;
  const isMask = last === "weight_mask_updater";
  const part = conv === undefined ? TORCH_NORM[last] : convPart(isMask ? "weight" : last, isMask);
  return part && { name, side: side as "enc" | "dec", level: Number(level), part };
}

function convPart(last: string, isMask: boolean): PconvPart | undefined {
  if (last === "weight") return isMask ? "mask" : "kernel";
  if (last === "bias") return isMask ? "mask bias" : "bias";
  return undefined;
}

/** Decoders count levels from the finest: the last of ours is their first. */
function placeTorch(read: (name: string) => TorchName | undefined): PconvLayout["place"] {
  return (names) => {
    const found = names.flatMap((name) => read(name) ?? []);
    const depth = Math.max(0, ...found.map(({ side, level }) => side === "enc" ? level : 0));
    return {
      depth,
      names: found.map(({ name, side, level, part }) => ({
        name,
        layer: side === "enc" ? `encoder/${level}` : `decoder/${depth - level + 1}`,
        part,
      })),
    };
  };
}

/** Keras counts layers of a class through the session, so numbers say the order alone; EncBN is counted by name. */
function placeKeras(names: readonly string[]): { depth: number; names: PlacedName[] } {
  const found = names.flatMap((name) => {
    if (!isKerasName(name)) return [];
    const [, group = "", digits = "0", last = ""] = KERAS.exec(name)!;
    return [{ name, group, number: Number(digits), last }];
  });
  const numbersOf = (wanted: string) =>
    [...new Set(found.flatMap(({ group, number }) => group === wanted ? [number] : []))]
      .sort((a, b) => a - b);
  const [convs, norms] = [numbersOf("p_conv2d"), numbersOf("batch_normalization")];
  const depth = Math.ceil(convs.length / 2);
  const placed = found.map(({ name, group, number, last }): PlacedName => {
    const index = convs.indexOf(number);
    switch (group) {
      case "p_conv2d": {
        const part = last === "img_kernel" ? "kernel" : "bias";
        const layer = index < depth ? `encoder/${index + 1}` : `decoder/${index - depth + 1}`;
        return { name, layer, part };
      }
      case "EncBN":
        return { name, layer: `encoder/${number + 1}`, part: KERAS_NORM[last]! };
      case "outputs_img":
        return { name, layer: "output", part: last as PconvPart };
      default:
        return { name, layer: `decoder/${norms.indexOf(number) + 1}`, part: KERAS_NORM[last]! };
    }
  });
  return { depth, names: placed };
}

function isKerasName(name: string): boolean {
  if (name.startsWith("optimizer")) return false;
  const [, group, , last = ""] = KERAS.exec(name) ?? [];
  if (group === "p_conv2d") return last === "img_kernel" || last === "bias";
  if (group === "outputs_img") return last === "kernel" || last === "bias";
  return group !== undefined && Object.hasOwn(KERAS_NORM, last);
}

/**
 * The layouts that can be converted.
 *
 * Source: naoto0804/pytorch-inpainting-with-partial-conv net.py and opt.py at 8d64e7e; open-mmlab/mmagic
 * mmagic/models/editors/pconv and mmagic/configs/_base_/models/base_pconv.py at 0a560bb; MathiasGruber/PConv-Keras
 * libs/pconv_layer.py and libs/pconv_model.py at 7c8f2cb.
 */
export const PCONV_LAYOUTS: readonly PconvLayout[] = [
  {
    id: "naoto0804",
    title: "naoto0804/pytorch-inpainting-with-partial-conv",
    range: "imagenet",
    // It divides by the sum of the mask's window, without the window's size in the numerator.
    kernelScale: ({ kernel, cin }) => 1 / (kernel * kernel * cin),
    epsilon: 1e-5,
    joinsSkipFirst: false,
    kernelAxes: "OIHW",
    assumption:
      "Assuming images less ImageNet's mean over its deviation and nearest doubling, as its test.py has them",
    isName: (name) => readNaotoName(name) !== undefined,
    place: placeTorch(readNaotoName),
  },
  {
    id: "mmagic",
    title: "open-mmlab mmagic or mmediting",
    range: "[-1,1]",
    kernelScale: () => 1,
    epsilon: 1e-5,
    joinsSkipFirst: false,
    kernelAxes: "OIHW",
    assumption: "Assuming images from -1 to 1 and nearest doubling, as its configs have them",
    isName: (name) => readMmagicName(name) !== undefined,
    place: placeTorch(readMmagicName),
  },
  {
    id: "pconv-keras",
    title: "MathiasGruber/PConv-Keras",
    range: "[0,1]",
    outputHead: "sigmoid",
    // Its window size is kh·kw, but its mask counts every input channel.
    kernelScale: ({ cin }) => 1 / cin,
    epsilon: 1e-3,
    joinsSkipFirst: true,
    kernelAxes: "HWIO",
    assumption:
      "Assuming its layer of January 2019 or later and stored statistics (train_bn=False): " +
      "nothing in the file says so",
    isName: isKerasName,
    place: placeKeras,
  },
];

/** The layout that names belong to, by the first that fits any of them; undefined if none does. */
export function recognisePconvLayout(names: Iterable<string>): PconvLayout | undefined {
  const list = [...names];
  return PCONV_LAYOUTS.find(({ isName }) => list.some(isName));
}

/** True for the arrays that any layout looks at, so that readers may skip the rest. */
export function isPconvName(name: string): boolean {
  return PCONV_LAYOUTS.some(({ isName }) => isName(name));
}
