/**
 * One crop of a picture on its way through a network, tile by tile.
 * @module
 */
import { pyramidPlanes } from "../engine/plan/pyramid_planes.ts";
import type { ForwardRequest } from "../engine/types.ts";
import { cutPlane, type PlaneWindow } from "./cut_plane.ts";
import { blendWeights, tileSpans } from "./tiles.ts";
import type { DamagedImage } from "./types.ts";

/** One tile of a crop. */
export interface CropTile {
  readonly pixels: number;
  /** Makes what the network is given; it is not kept. */
  readonly request: () => ForwardRequest;
  /** Takes what the network answered. */
  readonly add: (rgb01: Float32Array) => void;
}

/** A crop, cut into tiles. */
export interface NetworkCrop {
  readonly tiles: readonly CropTile[];
  /** rgb01 `[height, width, 3]`, not clipped: complete where it is wanted once every tile was added. */
  readonly rgb01: Float32Array;
}

/** Options of {@linkcode openNetworkCrop}. */
export interface NetworkCropOptions {
  /** `[height, width]`, 1 where the network's output is wanted. */
  readonly wanted: Uint8Array;
  /** Sizes that the network takes are multiples of this. */
  readonly multiple: number;
  /** Largest side of a tile in pixels. */
  readonly tile: number;
  /** Levels of the base fill that the network joins; 0 without a base. */
  readonly levels: number;
}

/**
 * Cuts a crop into overlapping tiles, whose outputs are blended. Tiles share one base fill. What is added at the right
 * and bottom to come to a multiple is hole, as the outside of an image always is to the network.
 */
export function openNetworkCrop(
  { width, height, rgb255, holeMask }: DamagedImage,
  { wanted, multiple, tile, levels }: NetworkCropOptions,
): NetworkCrop {
  const roundUp = (size: number) => Math.ceil(size / multiple) * multiple;
  const [rows, columns] = [roundUp(height), roundUp(width)];
  const rgb = new Float32Array(rows * columns * 3);
  const validMask = new Uint8Array(rows * columns);
  const mine = new Uint8Array(rows * columns);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0, to = y * columns; x < width; x++, to++, from++) {
      mine[to] = wanted[from]!;
      validMask[to] = 1 - holeMask[from]!;
      for (let c = 0; c < 3; c++) rgb[to * 3 + c] = rgb255[from * 3 + c]! / 255;
    }
  }
  // A tile of one multiple could not overlap the next.
  const side = Math.max(2 * multiple, roundUp(tile));
  const [down, across] = [tileSpans(rows, side, multiple), tileSpans(columns, side, multiple)];
  const isWhole = down.length === 1 && across.length === 1;
  if (isWhole) return wholeCrop({ rgb, validMask, mine, rows, columns }, { height, width });
  const fills = levels === 0
    ? undefined
    : pyramidPlanes({ height: rows, width: columns, rgb, validMask }).slice(0, levels);
  const rgb01 = new Float32Array(height * width * 3);
  const tiles = down.flatMap((vertical) =>
    across.map((horizontal): CropTile => {
      const window = {
        ...{ top: vertical.start, left: horizontal.start },
        ...{ height: vertical.size, width: horizontal.size },
      };
      const cut = (scale: number): PlaneWindow => ({
        top: window.top / scale,
        left: window.left / scale,
        height: window.height / scale,
        width: window.width / scale,
      });
      return {
        pixels: window.height * window.width,
        request: () => ({
          ...{ height: window.height, width: window.width },
          rgb01: cutPlane(rgb, { width: columns, channels: 3 }, window),
          validMask: cutPlane(validMask, { width: columns, channels: 1 }, window),
          wanted: cutPlane(mine, { width: columns, channels: 1 }, window),
          ...(fills === undefined ? {} : {
            fills: fills.map((fill, level) =>
              cutPlane(fill, { width: columns / 2 ** level, channels: 3 }, cut(2 ** level))
            ),
          }),
        }),
        add(values) {
          const weights = {
            vertical: blendWeights(vertical, down, rows),
            horizontal: blendWeights(horizontal, across, columns),
          };
          for (let y = 0; y < window.height && window.top + y < height; y++) {
            for (let x = 0; x < window.width && window.left + x < width; x++) {
              const to = (window.top + y) * width + window.left + x;
              if (wanted[to] === 0) continue;
              const weight = weights.vertical[y]! * weights.horizontal[x]!;
              const from = (y * window.width + x) * 3;
              for (let c = 0; c < 3; c++) rgb01[to * 3 + c]! += weight * values[from + c]!;
            }
          }
        },
      };
    })
  );
  return { tiles, rgb01 };
}

interface WidenedCrop {
  readonly rgb: Float32Array;
  readonly validMask: Uint8Array;
  readonly mine: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

/** A crop that is its own only tile: nothing is cut or blended, and the network makes the fill. */
function wholeCrop(
  { rgb, validMask, mine, rows, columns }: WidenedCrop,
  { height, width }: Pick<DamagedImage, "height" | "width">,
): NetworkCrop {
  let rgb01: Float32Array = new Float32Array();
  const tile: CropTile = {
    pixels: rows * columns,
    request: () => ({ height: rows, width: columns, rgb01: rgb, validMask, wanted: mine }),
    add(values) {
      const layout = { width: columns, channels: 3 };
      const window = { top: 0, left: 0, height, width };
      rgb01 = columns === width ? values : cutPlane(values, layout, window);
    },
  };
  return {
    tiles: [tile],
    get rgb01() {
      return rgb01;
    },
  };
}
