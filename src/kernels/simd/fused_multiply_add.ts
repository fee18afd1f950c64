/**
 * `sum += a · b` on four numbers at once.
 * @module
 */
import type { FunctionCode, Local } from "./wasm_code.ts";

/** How a product is added. */
export type MultiplyAdd = "fused" | "plain";

/**
 * Writes `sum += a · b` for vectors.
 *
 * @param how "fused" is one instruction of relaxed SIMD, rounded once where the processor can; "plain" is two of
 * ordinary SIMD.
 */
export function multiplyAdd(
  code: FunctionCode,
  { a, b, sum, how }: { a: Local; b: Local; sum: Local; how: MultiplyAdd },
): void {
  code.get(a).get(b);
  if (how === "fused") code.get(sum).plain("f32x4.relaxed_madd").set(sum);
  else code.plain("f32x4.mul").get(sum).plain("f32x4.add").set(sum);
}
