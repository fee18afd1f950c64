import assert from "node:assert/strict";
import {
  imagesByScale,
  SUPERRES_MEASURES,
  superresCells,
} from "../../../../src/report/superres/superres_measures.ts";
import { superresTable } from "./superres_records.ts";

const measure = (key: string) => SUPERRES_MEASURES.find((one) => one.key === key)!;

Deno.test("superresCells() has a row a method, a cell a scale, and marks the best of each column", () => {
  const { rows } = superresCells(superresTable(), measure("psnrY"));
  assert.deepEqual(
    rows.map(({ method, cells }) => [
      method,
      ...cells.map(({ text, isBest }) => isBest ? `*${text}` : text),
    ]),
    [["superres", "30.11", "*28.00"], ["bicubic", "30.40", "27.50"], ["their", "*31.00", "–"]],
  );
});

Deno.test("superresCells() takes the lowest time for the best, and leaves out who has none", () => {
  const { rows } = superresCells(superresTable(), measure("time"));
  assert.deepEqual(rows.map(({ method, cells }) => [method, cells[0]!.text, cells[0]!.isBest]), [
    ["superres", "40.0", false],
    ["bicubic", "1.3", true],
  ]);
  assert.deepEqual(superresCells(superresTable(), measure("psnrRgb")).rows, []);
});

Deno.test("imagesByScale() is the most that a method was scored on", () => {
  assert.deepEqual(imagesByScale(superresTable()), [14, 14]);
  assert.deepEqual(imagesByScale({ ...superresTable(), rows: [] }), [0, 0]);
});
