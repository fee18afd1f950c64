/**
 * The order of blocks in a scan.
 * @module
 */
import type { JpegComponent } from "./jpeg_coefficients.ts";

/** Size of a picture and its units. */
export interface FrameSize {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Largest horizontal sampling factor of all components. */
  readonly largestH: number;
  /** Largest vertical sampling factor of all components. */
  readonly largestV: number;
}

/** Who is told. */
export interface ScanVisitor {
  /** Before the blocks of each unit. */
  unit(): void;
  /** @param index Of the scan's component. @param block Its number in the component, row by row. */
  block(index: number, block: number): void;
}

/** Largest sampling factors of some components. */
export function largestFactors(
  components: readonly Pick<JpegComponent, "h" | "v">[],
): { largestH: number; largestV: number } {
  return {
    largestH: Math.max(...components.map(({ h }) => h)),
    largestV: Math.max(...components.map(({ v }) => v)),
  };
}

/**
 * Blocks of a component that hold pixels; those that only fill up units are left out.
 *
 * Source: ITU T.81, A.1.1 and A.2.2.
 */
export function usedBlocks(
  { h, v }: Pick<JpegComponent, "h" | "v">,
  { width, height, largestH, largestV }: FrameSize,
): { wide: number; high: number } {
  return {
    wide: Math.ceil(Math.ceil(width * h / largestH) / 8),
    high: Math.ceil(Math.ceil(height * v / largestV) / 8),
  };
}

/**
 * Goes through the blocks of a scan: units of several blocks if it has several components, else single blocks
 * without those that only fill up units.
 *
 * Source: ITU T.81, A.2.
 */
export function walkScan(
  components: readonly Pick<JpegComponent, "h" | "v" | "blocksWide">[],
  size: FrameSize,
  visitor: ScanVisitor,
): void {
  if (components.length === 1) {
    const component = components[0]!;
    const { wide, high } = usedBlocks(component, size);
    for (let y = 0; y < high; y++) {
      for (let x = 0; x < wide; x++) {
        visitor.unit();
        visitor.block(0, y * component.blocksWide + x);
      }
    }
    return;
  }
  const unitsWide = Math.ceil(size.width / (8 * size.largestH));
  const unitsHigh = Math.ceil(size.height / (8 * size.largestV));
  for (let unitY = 0; unitY < unitsHigh; unitY++) {
    for (let unitX = 0; unitX < unitsWide; unitX++) {
      visitor.unit();
      for (let i = 0; i < components.length; i++) {
        const { h, v, blocksWide } = components[i]!;
        const first = unitY * v * blocksWide + unitX * h;
        for (let y = 0; y < v; y++) {
          for (let x = 0; x < h; x++) visitor.block(i, first + y * blocksWide + x);
        }
      }
    }
  }
}
