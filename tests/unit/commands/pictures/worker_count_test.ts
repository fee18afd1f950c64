import assert from "node:assert/strict";
import { inFlightOf, workersFor } from "../../../../src/commands/pictures/worker_count.ts";

Deno.test("workersFor() starts none for one picture, and never more than can be busy", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map((pictures) => workersFor(pictures, 2)), [0, 0, 1, 2, 2]);
  assert.equal(workersFor(100, 0), 0);
});

Deno.test("inFlightOf() adds a picture at the network and one that waits for it", () => {
  assert.deepEqual([0, 1, 2, 16].map(inFlightOf), [1, 3, 4, 18]);
});
