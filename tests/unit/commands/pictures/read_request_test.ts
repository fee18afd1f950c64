import assert from "node:assert/strict";
import { readRequest, type RequestFlags } from "../../../../src/commands/pictures/read_request.ts";
import { UsageError } from "../../../../src/errors.ts";

const FLAGS: RequestFlags = {
  ...{ output: "out", format: "png", suffix: "_f", mask: "m.png", pairs: undefined },
  ...{ maskColor: undefined, maskColorTolerance: undefined, box: [], missingMask: "fail" },
};

Deno.test("readRequest() takes inputs, places and holes from the flags", () => {
  assert.deepEqual(readRequest("inpaint", ["a.png"], { ...FLAGS, maskColor: "#f0f" }), {
    ...{ verb: "inpaint", inputs: ["a.png"], output: "out", format: "png", suffix: "_f" },
    ...{ mask: "m.png", pairs: undefined, missingMask: "fail" },
    more: [{ kind: "colour", rgb255: [255, 0, 255], tolerance: undefined }],
  });
});

Deno.test("readRequest() refuses a box that is none", () => {
  assert.throws(() => readRequest("enlarge", ["a.png"], { ...FLAGS, box: ["1,2"] }), UsageError);
});
