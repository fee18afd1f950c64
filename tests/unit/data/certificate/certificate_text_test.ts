import assert from "node:assert/strict";
import type { Certificate } from "../../../../src/data/certificate/certificate.ts";
import { certificateText } from "../../../../src/data/certificate/certificate_text.ts";

const good: Certificate = {
  isExact: true,
  format: "png",
  bits: 8,
  knownPixels: 183204,
  changedPixels: 0,
  maxDifference: 0,
  changedAlpha: 0,
  metadata: "same",
  sha256: "",
};
const blocks = { total: 6144, touched: 144, changed: 0 };
const findings = { lost: [], changed: [], unsupported: [] };

const CASES: readonly (readonly [string, Partial<Certificate>])[] = [
  ["verified: 183,204 known pixels identical, alpha and metadata too", {}],
  ["verified: 183,204 known pixels identical, alpha too", { metadata: "none" }],
  [
    "verified: 183,204 known pixels identical, alpha too; AVIF does not hold Exif, XMP",
    { format: "avif", metadata: { ...findings, unsupported: ["Exif", "XMP"] } },
  ],
  [
    "verified: 6,000 of 6,144 blocks identical, alpha and metadata too",
    { format: "jpeg", blocks },
  ],
  [
    "verified: 6,000 of 6,144 blocks identical (beside the hole 71 pixels changed, by at most 9 of " +
    "255), alpha and metadata too",
    { format: "jpeg", blocks, changedPixels: 71, maxDifference: 9 },
  ],
  [
    "differs: 1 of 183,204 known pixels changed, by at most 3 of 255; alpha and metadata kept",
    { isExact: false, changedPixels: 1, maxDifference: 3 },
  ],
  [
    "differs: 1,000 of 183,204 known pixels changed, by at most 0.996 of 255; alpha kept",
    { isExact: false, bits: 16, changedPixels: 1000, maxDifference: 256 / 257, metadata: "none" },
  ],
  [
    "differs: 9 of 183,204 known pixels changed, by at most 2 of 255; 12 of 6,000 blocks away from " +
    "the hole changed; alpha and metadata kept",
    { isExact: false, changedPixels: 9, maxDifference: 2, blocks: { ...blocks, changed: 12 } },
  ],
  [
    "differs: 183,204 known pixels identical, metadata too; alpha of 12 pixels changed",
    { isExact: false, changedAlpha: 12 },
  ],
  [
    "differs: 183,204 known pixels identical, alpha too; lost: colour profile; changed: Exif tag 271",
    {
      isExact: false,
      metadata: { ...findings, lost: ["colour profile"], changed: ["Exif tag 271"] },
    },
  ],
  [
    "differs: 183,204 known pixels identical, alpha too; lost: a, b, c, d and 3 more",
    { isExact: false, metadata: { ...findings, lost: ["a", "b", "c", "d", "e", "f", "g"] } },
  ],
  [
    "differs: size is 10x20, must be 20x10",
    { isExact: false, size: { before: [20, 10], after: [10, 20] } },
  ],
];

for (const [text, change] of CASES) {
  Deno.test(`certificateText() says "${text}"`, () => {
    assert.equal(certificateText({ ...good, ...change }), text);
  });
}
