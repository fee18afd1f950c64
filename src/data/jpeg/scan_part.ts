/**
 * A scan as it stands in a file: its Huffman tables, its header, its data.
 * @module
 */
import { type HuffmanCode, makeHuffmanCode } from "./huffman_code.ts";
import { huffmanBytes, scanBytes, type ScanHeader } from "./marker_bytes.ts";
import type { ScanTokens } from "./scan_tokens.ts";

/** Tables of {@linkcode ScanTokens}: two for mean values, two for all other frequencies. */
export const TOKEN_TABLES = { dc: 0, ac: 2 } as const;

/** What a scan covers, and which pair of Huffman tables each component has, 0 or 1. */
export interface ScanPart extends Omit<ScanHeader, "components"> {
  readonly components: readonly { id: number; table: number }[];
}

/** Makes the parts of a scan, with Huffman codes made to measure. */
export function scanPartBytes(tokens: ScanTokens, scan: ScanPart): Uint8Array[] {
  const codes: (HuffmanCode | undefined)[] = [0, 1, 2, 3].map((slot) => {
    const frequencies = tokens.frequencies.subarray(slot << 8, (slot + 1) << 8);
    return frequencies.some((count) => count > 0) ? makeHuffmanCode(frequencies) : undefined;
  });
  const tables = codes.flatMap((code, slot) =>
    code === undefined ? [] : [huffmanBytes(slot < TOKEN_TABLES.ac ? "dc" : "ac", slot & 1, code)]
  );
  const components = scan.components.map(({ id, table }) => ({
    id,
    dcTable: codes[TOKEN_TABLES.dc + table] === undefined ? 0 : table,
    acTable: codes[TOKEN_TABLES.ac + table] === undefined ? 0 : table,
  }));
  return [...tables, scanBytes({ ...scan, components }), tokens.encode(codes)];
}
