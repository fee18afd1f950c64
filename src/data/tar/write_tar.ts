/**
 * A tar stream, written file by file.
 * @module
 */
import { createTarPacker } from "modern-tar";
import type { TarMember } from "./tar_member.ts";

/** A tar stream that is being written. */
export interface TarWriter {
  /** Adds a file; resolves when its bytes have been taken. */
  add(member: TarMember): Promise<void>;
  /** Writes the end. What `add` threw is not thrown again. */
  finish(): Promise<void>;
}

/**
 * Begins a tar stream. Nothing is held but what was not yet taken. Owners are left out: 0, as for a file of nobody in
 * particular.
 *
 * @param write Takes the next bytes; what it throws is thrown by `add` or `finish`.
 */
export function writeTar(write: (bytes: Uint8Array) => Promise<void>): TarWriter {
  const { readable, controller } = createTarPacker();
  let failure: { readonly error: unknown } | undefined;
  let isTold = false;
  const copied = readable.pipeTo(
    new WritableStream<Uint8Array>({
      async write(bytes) {
        try {
          await write(bytes);
        } catch (error) {
          failure ??= { error };
          throw error;
        }
      },
    }),
  ).catch((error) => {
    failure ??= { error };
  });
  const orFailure = async (work: Promise<unknown>) => {
    await Promise.race([work.catch(() => {}), copied]);
    if (failure === undefined) return;
    isTold = true;
    throw failure.error;
  };
  return {
    async add({ name, bytes, modified, mode }) {
      const header = { name, size: bytes.length, mtime: modified, mode, uid: 0, gid: 0 };
      // In a stream that broke meanwhile this throws at once.
      const push = async () => {
        const writer = controller.add({ ...header, type: "file" }).getWriter();
        await writer.write(bytes);
        await writer.close();
      };
      await orFailure(push());
    },
    async finish() {
      if (isTold) return;
      controller.finalize();
      await copied;
      if (failure !== undefined) throw failure.error;
    },
  };
}
