/**
 * From a network's colour to a picture's.
 * @module
 */
import { BackendError } from "../errors.ts";

/** rgb01 to 0..255, clipped and rounded. @throws {BackendError} If it is not a finite number. */
export function toByte(value: number): number {
  if (!Number.isFinite(value)) {
    throw new BackendError(`Cannot use the network's output: it holds ${value}`, {
      hint: "The weights or the device are broken; check them with pconv doctor",
    });
  }
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
