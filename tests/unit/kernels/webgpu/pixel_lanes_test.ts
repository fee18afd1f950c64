import { weightBlock } from "../../../../src/kernels/webgpu/fused_conv_shape.ts";
import { testFusedCases } from "./fused_cases.ts";

// Measured: 3.9e-6.
testFusedCases(
  "a thread of 4 pixels",
  (cout) => ({ kind: "pixel-lanes", pixels: 4, channels: weightBlock(cout) }),
  7.5e-6,
);

testFusedCases(
  "a thread of 1 pixel and 4 channels",
  () => ({ kind: "pixel-lanes", pixels: 1, channels: 4 }),
  7.5e-6,
);
