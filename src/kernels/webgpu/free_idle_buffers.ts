/**
 * Gives memory back that tfjs's WebGPU backend keeps for later.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";

/** The part of tfjs's `BufferManager` that this needs. */
interface BufferPool {
  readonly freeBuffers: Map<string, GPUBuffer[]>;
  readonly numBytesUsed: number;
  numBytesAllocated: number;
  numFreeBuffers: number;
}

/**
 * Destroys the buffers that nobody uses, if they hold more than a limit. tfjs keeps every buffer for the next one of
 * exactly its size and never gives one back, so pictures of ever new sizes would fill the device.
 *
 * @param mostBytes What may stay.
 * @returns Bytes that were freed.
 */
export function freeIdleBuffers(backend: tf.KernelBackend, mostBytes: number): number {
  const { bufferManager: pool } = backend as unknown as { bufferManager: BufferPool };
  const idle = pool.numBytesAllocated - pool.numBytesUsed;
  if (idle <= mostBytes) return 0;
  let freed = 0;
  for (const buffers of pool.freeBuffers.values()) {
    for (const buffer of buffers) {
      freed += buffer.size;
      buffer.destroy();
    }
    pool.numFreeBuffers -= buffers.length;
    buffers.length = 0;
  }
  pool.numBytesAllocated -= freed;
  return freed;
}
