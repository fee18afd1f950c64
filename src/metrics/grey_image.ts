/**
 * Grey images as scikit-image makes them.
 * @module
 */

/**
 * Computes the luminance `0.2125·R + 0.7154·G + 0.0721·B` of every pixel.
 *
 * Rounds to float32 after every step, so that the values are those of the source to the last bit.
 *
 * @param rgb255 `[h·w·3]` interleaved.
 * @returns `[h·w]`, in `[0, 1]`.
 * @throws {RangeError} If the length is no multiple of 3.
 *
 * Source: scikit-image 0.14 skimage/color/colorconv.py `rgb2gray`, of float32 images divided by 255.
 * Differs: later versions of scikit-image may round in another order, by one unit of the last place.
 */
export function greyImage(rgb255: Uint8Array): Float32Array {
  if (rgb255.length % 3 !== 0) {
    throw new RangeError(
      `Cannot make image grey: length is ${rgb255.length}, must be a multiple of 3`,
    );
  }
  const grey = new Float32Array(rgb255.length / 3);
  for (let i = 0; i < grey.length; i++) {
    let sum = weighted(RED, rgb255[3 * i]!);
    sum = Math.fround(sum + weighted(GREEN, rgb255[3 * i + 1]!));
    grey[i] = sum + weighted(BLUE, rgb255[3 * i + 2]!);
  }
  return grey;
}

const RED = Math.fround(0.2125);
const GREEN = Math.fround(0.7154);
const BLUE = Math.fround(0.0721);

/** A level on the scale of 1, times its weight. */
function weighted(weight: number, level: number): number {
  return Math.fround(weight * Math.fround(level / 255));
}
