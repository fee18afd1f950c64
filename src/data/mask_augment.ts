/**
 * Dilation, rotation, translation and crop of a raw mask, in one pass over a field of distances.
 *
 * A pixel is in the mask dilated by `r` exactly if its distance to the raw mask is at most `r`. So the
 * distances are computed once, turned and cropped, and the radius is chosen at the end by the ratio it gives.
 * @module
 */

/** Steps of the chamfer distance: orthogonal neighbours are this far apart. */
const UNIT = 5;
const FAR = 60000;

/** A bitmap of holes. */
export interface HoleBitmap {
  /** Row-major `height * width`, 1 = hole. */
  readonly data: Uint8Array;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/** Distances of one bitmap, with a frame of one pixel around it. */
export interface DistanceField {
  /** `(height + 2) * (width + 2)` distances in fifths of a pixel of the bitmap. */
  readonly data: Uint16Array;
  /** Of the bitmap, in pixels. */
  readonly width: number;
  /** Of the bitmap, in pixels. */
  readonly height: number;
}

/**
 * Distance of every pixel to the nearest hole, by two passes of a chamfer mask.
 *
 * @param brush `"square"` grows a point to a square (chessboard distance), `"round"` to an octagon that is
 * within 8 % of a circle.
 *
 * Source: Borgefors 1986, "Distance transformations in digital images", the 5-7 mask.
 */
export function measureDistance(bitmap: HoleBitmap, brush: "square" | "round"): DistanceField {
  const { width, height } = bitmap;
  const diagonal = brush === "square" ? UNIT : 7;
  const stride = width + 2;
  const data = new Uint16Array(stride * (height + 2)).fill(FAR);
  for (let y = 0; y < height; y++) {
    let i = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++, i++) {
      if (bitmap.data[y * width + x] === 1) {
        data[i] = 0;
        continue;
      }
      let best = data[i - 1]! + UNIT;
      best = Math.min(best, data[i - stride]! + UNIT);
      best = Math.min(best, data[i - stride - 1]! + diagonal);
      best = Math.min(best, data[i - stride + 1]! + diagonal, FAR);
      data[i] = best;
    }
  }
  for (let y = height; y >= 1; y--) {
    let i = y * stride + width;
    for (let x = 0; x < width; x++, i--) {
      let best = data[i]!;
      best = Math.min(best, data[i + 1]! + UNIT);
      best = Math.min(best, data[i + stride]! + UNIT);
      best = Math.min(best, data[i + stride + 1]! + diagonal);
      best = Math.min(best, data[i + stride - 1]! + diagonal);
      data[i] = best;
    }
  }
  return { data, width, height };
}

/** Where the crop lies on the bitmap. */
export interface MaskView {
  /** Size of the crop in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the bitmap per pixel of the crop. */
  readonly scale: number;
  /** Turn of the crop around its centre, radians. */
  readonly angle: number;
  /** Offset of the crop's centre from the centre of the bitmap, pixels of the crop. */
  readonly shift: readonly [dx: number, dy: number];
  /** Pixels along each border of the crop that stay known. */
  readonly margin: number;
}

/**
 * Cuts a turned and shifted window out of a distance field.
 *
 * @returns Row-major `width * height` distances in pixels of the crop; `Infinity` outside the bitmap and in the
 * margin, so that no radius makes a hole there.
 */
export function cropDistance(field: DistanceField, view: MaskView): Float32Array {
  const { width, height, scale, margin } = view;
  const { data } = field;
  const stride = field.width + 2;
  const out = new Float32Array(width * height).fill(Infinity);
  const [cos, sin] = [scale * Math.cos(view.angle), scale * Math.sin(view.angle)];
  const toPixels = 1 / (UNIT * scale);
  const [right, bottom] = [field.width - 1, field.height - 1];
  for (let y = margin; y < height - margin; y++) {
    const dx = margin + 0.5 - width / 2;
    const dy = y + 0.5 - height / 2;
    let u = dx * cos - dy * sin + field.width / 2 - 0.5 + scale * view.shift[0];
    let v = dx * sin + dy * cos + field.height / 2 - 0.5 + scale * view.shift[1];
    let i = y * width + margin;
    for (let x = margin; x < width - margin; x++, i++, u += cos, v += sin) {
      if (u < -0.5 || v < -0.5 || u > right + 0.5 || v > bottom + 0.5) continue;
      const uu = u < 0 ? 0 : u > right ? right : u;
      const vv = v < 0 ? 0 : v > bottom ? bottom : v;
      const left = uu | 0;
      const top = vv | 0;
      const fu = uu - left;
      const fv = vv - top;
      const at = (top + 1) * stride + left + 1;
      // The frame is FAR; at the last row and column its weight is 0.
      const upper = data[at]! + (data[at + 1]! - data[at]!) * fu;
      const lower = data[at + stride]! + (data[at + stride + 1]! - data[at + stride]!) * fu;
      out[i] = (upper + (lower - upper) * fv) * toPixels;
    }
  }
  return out;
}

/** Bounds of {@linkcode chooseRadius}. */
export interface RadiusRange {
  /** Smallest and largest dilation, pixels. */
  readonly low: number;
  readonly high: number;
}

/** Finds the dilation within the range whose number of holes is nearest to `wanted`. */
export function chooseRadius(
  distance: Float32Array,
  wanted: number,
  range: RadiusRange,
): { readonly radius: number; readonly holes: number } {
  const bins = 256;
  const histogram = new Uint32Array(bins + 1);
  const scale = bins / (range.high - range.low);
  for (const value of distance) {
    if (value <= range.high) histogram[Math.max(0, Math.ceil((value - range.low) * scale))]!++;
  }
  let holes = histogram[0]!;
  let best = { radius: range.low, holes };
  for (let bin = 1; bin <= bins; bin++) {
    holes += histogram[bin]!;
    if (Math.abs(holes - wanted) < Math.abs(best.holes - wanted)) {
      best = { radius: range.low + bin / scale, holes };
    }
  }
  return best;
}
