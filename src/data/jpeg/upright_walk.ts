/**
 * Where the pixels of a stored picture lie in the upright one.
 * @module
 */

/** Index into an upright picture, row-major: `start + x * alongX + y * alongY` for the stored column x and row y. */
export interface UprightWalk {
  readonly start: number;
  readonly alongX: number;
  readonly alongY: number;
}

/**
 * The inverse of `applyOrientation()` as a walk, so that no pixel has to be moved.
 *
 * @param stored Size in pixels as the file states it.
 * @param orientation 1 to 8 as EXIF counts.
 * @throws {RangeError} If the orientation is not 1 to 8.
 *
 * Source: TIFF 6.0, tag 274.
 */
export function uprightWalk(
  { width, height }: { width: number; height: number },
  orientation: number,
): UprightWalk {
  // Steps of the upright index: with one stored column to the right, with one stored row down.
  const [right, last] = [1, width - 1];
  const [down, bottom] = [width, (height - 1) * width];
  const [turnedDown, turnedBottom] = [height, (width - 1) * height];
  const turnedLast = height - 1;
  switch (orientation) {
    case 1:
      return { start: 0, alongX: right, alongY: down };
    case 2:
      return { start: last, alongX: -right, alongY: down };
    case 3:
      return { start: bottom + last, alongX: -right, alongY: -down };
    case 4:
      return { start: bottom, alongX: right, alongY: -down };
    case 5:
      return { start: 0, alongX: turnedDown, alongY: 1 };
    case 6:
      return { start: turnedLast, alongX: turnedDown, alongY: -1 };
    case 7:
      return { start: turnedBottom + turnedLast, alongX: -turnedDown, alongY: -1 };
    case 8:
      return { start: turnedBottom, alongX: -turnedDown, alongY: 1 };
    default:
      throw new RangeError(
        `Cannot turn the picture back: orientation is ${orientation}, must be 1 to 8`,
      );
  }
}
