/**
 * A folder with tiny weights, in which `pconv superres` runs.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { type CliResult, runCli, type RunCliOptions } from "../support/run_cli.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";
import { type Picture, pixel } from "./pictures.ts";

/** Where a test of `superres` takes place. */
export interface SuperresSetting {
  /** The folder; the program runs in it, so that messages show relative paths. */
  readonly folder: string;
  /** A path in the folder. */
  at(...parts: string[]): string;
  /** Runs `pconv superres` quietly on the CPU with the tiny weights. */
  network(args: readonly string[], options?: Omit<RunCliOptions, "cwd">): Promise<CliResult>;
  /** Runs `pconv superres --method nearest` quietly. */
  nearest(args: readonly string[], options?: Omit<RunCliOptions, "cwd">): Promise<CliResult>;
}

/** Flags of every run of {@linkcode SuperresSetting.network}. */
export const NETWORK_FLAGS = ["--device", "cpu", "--weights", "tiny.safetensors"] as const;

/** Runs a test in a fresh folder. */
export async function withSuperres(
  body: (setting: SuperresSetting) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    await writeTinyWeights(folder);
    const run = (flags: readonly string[]): SuperresSetting["network"] => (args, options = {}) =>
      runCli(["superres", ...flags, "--quiet", ...args], { ...options, cwd: folder });
    await body({
      folder,
      at: (...parts) => join(folder, ...parts),
      network: run(NETWORK_FLAGS),
      nearest: run(["--method", "nearest"]),
    });
  });
}

/** Fails unless every known pixel stands at its place, colour for colour. */
export function assertLattice(
  small: Picture,
  large: Picture,
  { scale, isHole = () => false }: {
    scale: number;
    isHole?: (x: number, y: number) => boolean;
  },
): void {
  assert.deepEqual([large.width, large.height], [small.width * scale, small.height * scale]);
  const half = Math.floor(scale / 2);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      if (isHole(x, y)) continue;
      const [place, own] = [pixel(large, scale * x + half, scale * y + half), pixel(small, x, y)];
      assert.deepEqual(place.slice(0, 3), own.slice(0, 3), `pixel (${x}, ${y})`);
    }
  }
}

/** Content of a PNG of any kind. */
export interface RawPng {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 0 grey, 2 RGB, 3 palette. */
  readonly colourType: number;
  /** Rows without filter bytes, one after the other. */
  readonly data: Uint8Array;
  /** Red, green, blue, ... */
  readonly palette?: Uint8Array;
}

/** Encodes a PNG of a kind that the program reads but never writes. */
export function rawPng(
  { width, height, bitDepth, colourType, data, palette }: RawPng,
): Uint8Array<ArrayBuffer> {
  const chunk = (type: string, content: Uint8Array) => {
    const bytes = new Uint8Array(content.length + 12);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, content.length);
    bytes.set(new TextEncoder().encode(type), 4);
    bytes.set(content, 8);
    view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
    return bytes;
  };
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([bitDepth, colourType], 8);
  const line = data.length / height;
  const rows = new Uint8Array(data.length + height);
  for (let y = 0; y < height; y++) {
    rows.set(data.subarray(y * line, (y + 1) * line), y * (line + 1) + 1);
  }
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    ...palette === undefined ? [] : [chunk("PLTE", palette)],
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  ];
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
