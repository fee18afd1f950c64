/**
 * The memory behind a message, to be moved to another thread instead of copied.
 * @module
 */

/**
 * Finds the buffers of all typed arrays in a value of plain objects and lists.
 *
 * An array that is a window into a larger buffer is left out, for moving would take the rest away too; it is copied.
 *
 * @returns Each buffer once.
 */
export function ownedBuffers(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== "object" || value === null) return;
  if (!ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) collect(part, found);
    return;
  }
  const { buffer, byteLength } = value;
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) found.add(buffer);
}
