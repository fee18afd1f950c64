import assert from "node:assert/strict";
import { type HoleFlags, holeRequest } from "../../../../src/commands/pictures/hole_request.ts";
import { readHoleBox } from "../../../../src/data/hole_box.ts";

const FLAGS: HoleFlags = {
  mask: "m.png",
  pairs: undefined,
  maskColor: undefined,
  maskColorTolerance: undefined,
  box: [],
  missingMask: "copy",
};

Deno.test("holeRequest() gives back what needs no reading", () => {
  assert.deepEqual(holeRequest(FLAGS), {
    mask: "m.png",
    pairs: undefined,
    more: [],
    missingMask: "copy",
  });
});

Deno.test("holeRequest() reads a colour, and all boxes into one source", () => {
  const flags = { ...FLAGS, maskColor: "f0f", maskColorTolerance: 7, box: ["1,2,3,4", "0,0,1,1"] };
  assert.deepEqual(holeRequest(flags).more, [
    { kind: "colour", rgb255: [255, 0, 255], tolerance: 7 },
    { kind: "boxes", boxes: [readHoleBox("1,2,3,4"), readHoleBox("0,0,1,1")] },
  ]);
});

Deno.test("holeRequest() says of each text what it must be", () => {
  assert.throws(() => holeRequest({ ...FLAGS, maskColor: "pink", box: ["1,1,1,1", "1,1", "0"] }), {
    name: "UsageError",
    message: '--mask-color must be hexadecimal as #ff00ff or #f0f: got "pink"\n' +
      '--box must be X,Y,W,H in whole pixels or percent, W and H above 0: got "1,1"\n' +
      '--box must be X,Y,W,H in whole pixels or percent, W and H above 0: got "0"',
  });
});
