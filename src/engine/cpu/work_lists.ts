/**
 * From the pixels that a layer needs to the work of its kernel.
 * @module
 */
import type { LayerPlan } from "../plan/forward_plan.ts";
import type { WorkItem } from "./crew.ts";
import type { PassLayer } from "./place_pass.ts";

/** Pixels of one item: their inputs stay in the cache while blocks of output channels go by. */
const ITEM_PIXELS = 192;

/** Most items that a list is cut into by pixels, so that the crew can hold those of any picture. */
const MOST_CHUNKS = 512;

/** Options of {@linkcode listWork}. */
export interface ListWorkOptions {
  readonly buffer: ArrayBufferLike;
  readonly plan: Pick<LayerPlan, "needed" | "ratio">;
  readonly threads: number;
}

/**
 * Writes the lists of pixels that a layer computes, and zeros where one is needed whose window holds nothing.
 *
 * @returns Items that may run at the same time.
 */
export function listWork(
  { placed, output, records }: PassLayer,
  { buffer, plan: { needed, ratio }, threads }: ListWorkOptions,
): WorkItem[] {
  const { height, width, origin, pitch, step } = output;
  const scale = records.length === 4 ? 2 : 1;
  const items: WorkItem[] = [];
  for (const { phase, address, list, ratios } of records) {
    const most = needed.length / records.length;
    const places = new Int32Array(buffer, list, most);
    const factors = new Float32Array(buffer, ratios, most);
    let count = 0;
    for (let y = phase.row; y < height; y += scale) {
      for (let x = phase.column, i = y * width + x; x < width; x += scale, i += scale) {
        if (needed[i] === 0) continue;
        const factor = ratio[i]!;
        if (factor === 0) {
          new Float32Array(buffer, origin + y * pitch + x * step, output.channels).fill(0);
          continue;
        }
        places[count] = scale === 2 ? (y >> 1) << 16 | x >> 1 : y << 16 | x;
        factors[count] = factor;
        count += 1;
      }
    }
    share(items, count, { kernel: placed.tile, address, blocks: placed.blocks, threads });
  }
  return items;
}

interface Shares {
  readonly kernel: number;
  readonly address: number;
  readonly blocks: number;
  readonly threads: number;
}

/** Cuts a list into items: by pixels, and by output channels where there are few pixels. */
function share(
  items: WorkItem[],
  count: number,
  { kernel, address, blocks, threads }: Shares,
): void {
  if (count === 0) return;
  const pixels = Math.max(ITEM_PIXELS, Math.ceil(count / MOST_CHUNKS));
  const chunks = Math.ceil(count / pixels);
  const parts = Math.min(blocks, Math.ceil(3 * threads / chunks));
  for (let chunk = 0; chunk < chunks; chunk++) {
    const first = chunk * pixels;
    const last = Math.min(count, first + pixels);
    for (let part = 0; part < parts; part++) {
      const [from, to] = [part, part + 1].map((i) => Math.floor(i * blocks / parts));
      items.push([kernel, address, first, last, from!, to!]);
    }
  }
}
