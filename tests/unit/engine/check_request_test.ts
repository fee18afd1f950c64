import assert from "node:assert/strict";
import { checkRequest } from "../../../src/engine/check_request.ts";
import type { ForwardRequest } from "../../../src/engine/types.ts";
import { PRESETS, type UNetConfig } from "../../../src/model/unet_config.ts";

/** Three levels, so sides are multiples of 8. */
const CONFIG: UNetConfig = { ...PRESETS.tiny, base: "pyramid" };

const GOOD: ForwardRequest = {
  ...{ height: 8, width: 16 },
  rgb01: new Float32Array(384),
  validMask: new Uint8Array(128),
  wanted: new Uint8Array(128),
  fills: [384, 96, 24].map((length) => new Float32Array(length)),
};

Deno.test("checkRequest() takes what fits, with or without the optional parts", () => {
  checkRequest(CONFIG, GOOD);
  const { wanted: _, fills: __, ...bare } = GOOD;
  checkRequest(CONFIG, bare);
  // Without a base nobody looks at fills.
  checkRequest(PRESETS.tiny, { ...GOOD, fills: [] });
});

const FAULTS: readonly (readonly [Partial<ForwardRequest>, message: RegExp])[] = [
  [{ height: 12 }, /image is \[12, 16, 3\], height and width must be multiples of 8$/],
  [{ width: 0 }, /image is \[8, 0, 3\]/],
  [{ rgb01: new Float32Array(383) }, /rgb01 has 383 numbers, \[8, 16\] needs 384$/],
  [{ rgb01: new Float32Array(387) }, /rgb01 has 387/],
  [{ validMask: new Uint8Array(10) }, /validMask has 10 numbers, \[8, 16\] needs 128$/],
  [{ wanted: new Uint8Array(0) }, /wanted has 0/],
  [{ fills: GOOD.fills!.slice(0, 1) }, /level 1 of fills has 0 numbers, \[8, 16\] needs 96$/],
  [{ fills: [...GOOD.fills!.slice(0, 2), new Float32Array(23)] }, /level 2 of fills has 23/],
];

for (const [fault, message] of FAULTS) {
  Deno.test(`checkRequest() refuses ${Object.keys(fault)} that do not fit: ${message.source}`, () => {
    assert.throws(() => checkRequest(CONFIG, { ...GOOD, ...fault }), (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  });
}
