/**
 * A thread that decodes and encodes pictures for a pool.
 * @module
 */
/// <reference lib="webworker" />
import { InputError } from "../errors.ts";
import { ownedBuffers } from "./owned_buffers.ts";
import { localCodec } from "./picture_codec.ts";
import type { FromPictureWorker, PictureFailure, PictureRequest } from "./picture_messages.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = async ({ data }: MessageEvent<PictureRequest>) => {
  let message: FromPictureWorker;
  try {
    message = { kind: "answer", value: await call(data) };
  } catch (error) {
    message = failureOf(error);
  }
  scope.postMessage(message, ownedBuffers(message));
};

async function call(request: PictureRequest) {
  switch (request.kind) {
    case "decode":
      return await localCodec.decode(...request.args);
    case "readHoles":
      return await localCodec.readHoles(...request.args);
    case "encode":
      return await localCodec.encode(...request.args);
    case "patch":
      return await localCodec.patch(...request.args);
  }
}

function failureOf(error: unknown): PictureFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof InputError) {
    return { kind: "failure", name: "InputError", message, hint: error.hint };
  }
  const name = error instanceof RangeError ? "RangeError" : "Error";
  return { kind: "failure", name, message, hint: undefined };
}
