/**
 * Windows of pictures in plain arrays.
 * @module
 */

/** A window in pixels. */
export interface PlaneWindow {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Arrays that pictures come in. */
type Plane = Uint8Array | Float32Array;

/** How the picture lies in its array. */
export interface PlaneLayout {
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly channels: number;
}

/**
 * Cuts a window out of a picture `[h, w, c]`.
 *
 * @param window May reach beyond the picture at the bottom; what lies there is 0. At the right it may not.
 * @returns `[window.height, window.width, c]`, a copy.
 */
export function cutPlane<P extends Plane>(
  plane: P,
  { width, channels }: PlaneLayout,
  window: PlaneWindow,
): P {
  const { top, left, height, width: columns } = window;
  const line = columns * channels;
  const result = new (plane.constructor as new (length: number) => P)(height * line);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * width + left) * channels;
    result.set(plane.subarray(from, from + line), y * line);
  }
  return result;
}
