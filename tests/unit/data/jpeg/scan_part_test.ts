import assert from "node:assert/strict";
import { scanPartBytes, TOKEN_TABLES } from "../../../../src/data/jpeg/scan_part.ts";
import { ScanTokens } from "../../../../src/data/jpeg/scan_tokens.ts";

const markers = (parts: readonly Uint8Array[]) => parts.map((part) => [part[0], part[1], part[4]]);

Deno.test("scanPartBytes() writes the tables that are used, the header and the data", () => {
  const tokens = new ScanTokens();
  tokens.add(TOKEN_TABLES.dc + 1, 3, 7, 3);
  tokens.add(TOKEN_TABLES.ac, 0, 0, 0);
  const components = [{ id: 1, table: 0 }, { id: 2, table: 1 }];
  const parts = scanPartBytes(tokens, { components, from: 0, to: 63, high: 0, low: 0 });
  // DHT of mean values 1, DHT of other frequencies 0, SOS of two components; then 0 111 0 and ones.
  assert.deepEqual(markers(parts.slice(0, 3)), [
    [0xff, 0xc4, 0x01],
    [0xff, 0xc4, 0x10],
    [0xff, 0xda, 2],
  ]);
  // Tables that do not exist are not named.
  assert.deepEqual([...parts[2]!.subarray(5, 9)], [1, 0x00, 2, 0x10]);
  assert.deepEqual([...parts[3]!], [0b01110111]);
});

Deno.test("scanPartBytes() needs no table for bits alone", () => {
  const tokens = new ScanTokens();
  tokens.addBits(1, 1);
  const components = [{ id: 1, table: 0 }];
  const parts = scanPartBytes(tokens, { components, from: 0, to: 0, high: 1, low: 0 });
  assert.deepEqual(markers(parts.slice(0, 1)), [[0xff, 0xda, 1]]);
  assert.deepEqual([...parts[1]!], [0xff, 0]);
});
