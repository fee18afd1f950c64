/**
 * Which parts of a large picture a network has to look at.
 * @module
 */

/** A rectangle in pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One crop and the hole pixels that are filled from it. */
export interface HoleRegion {
  /** The holes with their surroundings, within the picture. */
  readonly crop: Rectangle;
  /** True if the hole pixel at (x, y) of the picture is filled from this crop. Each is, from exactly one. */
  readonly owns: (x: number, y: number) => boolean;
}

/** Options of {@linkcode planRegions}. */
export interface PlanRegionsOptions {
  /** Pixels around a hole that are seen, at least 1; "auto": half the hole's longer side, 128 to 512. */
  readonly context: number | "auto";
  /**
   * Left and top of every crop are multiples of this, so that a network's strides fall on the same pixels in every
   * crop: the fill then hardly depends on where its crop begins.
   * @default 1
   */
  readonly align?: number;
}

/** Side of the cells in which holes are grouped, in pixels. Holes less than two cells apart are one group. */
const CELL = 16;

/** A picture of at most this many pixels is looked at as a whole. */
const WHOLE_PIXELS = 512 * 512;

/** A group of holes while regions are planned; `right` and `bottom` are exclusive. */
interface Group {
  readonly labels: number[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Groups the holes of a picture and gives every group a crop with context. Groups whose crops together would
 * cost more than one crop around both are merged, so crops may overlap but no hole pixel is filled twice and
 * no hole is cut: that is why there are no seams.
 *
 * @param holeMask `[height, width]`, 1 = hole.
 * @returns Regions from top to bottom; none if there is no hole.
 */
export function planRegions(
  holeMask: Uint8Array,
  { width, height }: { width: number; height: number },
  options: PlanRegionsOptions,
): HoleRegion[] {
  const columns = Math.ceil(width / CELL);
  const cellOf = (x: number, y: number) => Math.floor(y / CELL) * columns + Math.floor(x / CELL);
  const { labels, groups } = findGroups(holeMask, width, height);
  if (groups.length === 0) return [];
  if (width * height <= WHOLE_PIXELS) {
    return [{ crop: { left: 0, top: 0, width, height }, owns: () => true }];
  }
  const cropFor = (group: Group) => cropOf(group, { width, height }, options);
  const merged = mergeGroups(groups, cropFor);
  return merged.map((group) => {
    const own = new Set(group.labels);
    return {
      crop: cropFor(group),
      owns: (x, y) => own.has(labels[cellOf(x, y)]!),
    };
  });
}

/** Labels connected cells (8 neighbours) that hold hole pixels, and bounds each label in pixels. */
function findGroups(holeMask: Uint8Array, width: number, height: number) {
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const bounds = new Int32Array(rows * columns * 4).fill(-1); // left, top, right, bottom of each cell's hole
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (holeMask[y * width + x] === 0) continue;
      const at = (Math.floor(y / CELL) * columns + Math.floor(x / CELL)) * 4;
      if (bounds[at] === -1) bounds.set([x, y, x + 1, y + 1], at);
      else {
        bounds[at] = Math.min(bounds[at]!, x);
        bounds[at + 2] = Math.max(bounds[at + 2]!, x + 1);
        bounds[at + 3] = y + 1;
      }
    }
  }
  const labels = new Int32Array(rows * columns).fill(-1);
  const groups: Group[] = [];
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== -1 || bounds[start * 4] === -1) continue;
    const label = groups.length;
    labels[start] = label;
    let [left, top, right, bottom] = [width, height, 0, 0];
    const open = [start];
    while (open.length > 0) {
      const cell = open.pop()!;
      left = Math.min(left, bounds[cell * 4]!);
      top = Math.min(top, bounds[cell * 4 + 1]!);
      right = Math.max(right, bounds[cell * 4 + 2]!);
      bottom = Math.max(bottom, bounds[cell * 4 + 3]!);
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
          const next = r * columns + c;
          if (labels[next] !== -1 || bounds[next * 4] === -1) continue;
          labels[next] = label;
          open.push(next);
        }
      }
    }
    groups.push({ labels: [label], left, top, right, bottom });
  }
  return { labels, groups };
}

/** Merges pairs as long as one crop around both is no larger than their two crops. */
function mergeGroups(groups: readonly Group[], cropFor: (group: Group) => Rectangle): Group[] {
  const area = (group: Group) => {
    const { width, height } = cropFor(group);
    return width * height;
  };
  const open = [...groups];
  const done: Group[] = [];
  while (open.length > 0) {
    let current = open.shift()!;
    for (let i = 0; i < open.length; i++) {
      const both = join(current, open[i]!);
      if (area(both) > area(current) + area(open[i]!)) continue;
      current = both;
      open.splice(i, 1);
      i = -1; // a larger group may now swallow what it passed before
    }
    done.push(current);
  }
  // A group that was closed early may now touch a later, larger one.
  return done.length < groups.length ? mergeGroups(done, cropFor) : done;
}

function join(a: Group, b: Group): Group {
  return {
    labels: [...a.labels, ...b.labels],
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function cropOf(
  { left, top, right, bottom }: Group,
  { width, height }: { width: number; height: number },
  { context, align = 1 }: PlanRegionsOptions,
): Rectangle {
  const longer = Math.max(right - left, bottom - top);
  // At least one pixel: a crop that is all hole would have nothing to go by.
  const margin = context === "auto"
    ? Math.min(512, Math.max(128, Math.ceil(longer / 2)))
    : Math.max(1, context);
  const alignDown = (position: number) => Math.max(0, Math.floor(position / align) * align);
  const x = alignDown(left - margin);
  const y = alignDown(top - margin);
  return {
    left: x,
    top: y,
    width: Math.min(width, right + margin) - x,
    height: Math.min(height, bottom + margin) - y,
  };
}
