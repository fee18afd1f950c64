/// <reference lib="deno.worker" />
/**
 * A thread of the CPU engine: the leader plans passes and hands out work, followers help with it.
 * @module
 */
import { OutOfMemoryError, UserError } from "../../errors.ts";
import { foldLayers } from "../fold_layers.ts";
import { ArrayPool } from "../plan/array_pool.ts";
import { Crew, CREW_BYTES, type Kernel } from "./crew.ts";
import { checkKernels } from "./check_kernels.ts";
import type { EngineAnswer, EngineBoot, EngineJob, EngineStart } from "./engine_messages.ts";
import { type JobSlot, outputOf, requestOf } from "./job_slot.ts";
import { MemoryArena } from "./memory_arena.ts";
import { type PackKernel, placeNetwork, TILES } from "./place_network.ts";
import { type Pass, placePass } from "./place_pass.ts";
import { runPass } from "./run_pass.ts";
import { scriptKernel } from "./script.ts";

type Run = (slot: JobSlot) => void;

/** What a thread has once it is up. */
interface Booted {
  readonly arena: MemoryArena;
  readonly crew: Crew;
  readonly pack: PackKernel;
  readonly threads: number;
}

let booted: Booted | undefined;
let run: Run | undefined;

self.onmessage = ({ data }: MessageEvent<EngineBoot | EngineStart | EngineJob>) => {
  try {
    switch (data.kind) {
      case "boot":
        booted = boot(data);
        break;
      case "start":
        run = openNetwork(data, booted!);
        answer({ kind: "ready" });
        break;
      case "run":
        run!(data.slot);
        answer({ kind: "done", id: data.id });
    }
  } catch (error) {
    answer({ ...describe(error), kind: "failed", id: data.kind === "run" ? data.id : undefined });
  }
};

function answer(message: EngineAnswer): void {
  self.postMessage(message);
}

/** Errors lose their class between threads. */
function describe(error: unknown): Omit<EngineAnswer & { kind: "failed" }, "kind" | "id"> {
  if (!(error instanceof Error)) return { message: String(error), hint: undefined, reason: "bug" };
  // What V8 throws when a typed array does not fit.
  const isTooLarge = error instanceof RangeError && /allocation failed/i.test(error.message);
  if (error instanceof OutOfMemoryError || isTooLarge) {
    const hint = error instanceof OutOfMemoryError ? error.hint : undefined;
    return { message: error.message, hint, reason: "memory" };
  }
  if (error instanceof UserError) {
    return { message: error.message, hint: error.hint, reason: "device" };
  }
  return { message: error.stack ?? error.message, hint: undefined, reason: "bug" };
}

/** Makes the kernels; a follower then works until the crew is closed. */
function boot({ bytes, memory, threads, leads }: EngineBoot): Booted {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const tiles = TILES.map((_, index) => exports[`tile${index}`] as Kernel);
  const kernels = [...tiles, scriptKernel(memory, exports)];
  const words = new Int32Array(memory.buffer, 0, CREW_BYTES / 4);
  const crew = new Crew(words, threads, kernels);
  const arena = new MemoryArena(memory, CREW_BYTES);
  if (leads) checkKernels(arena, kernels);
  else {
    crew.follow();
    self.close();
  }
  return { arena, crew, pack: exports["pack"] as PackKernel, threads };
}

function openNetwork({ config, arrays }: EngineStart, { arena, crew, pack, threads }: Booted): Run {
  const network = placeNetwork(arena, foldLayers(config, arrays), { config, pack });
  const { top, memory } = arena;
  const pool = new ArrayPool();
  const hasBase = config.base !== "none";
  let pass: Pass | undefined;
  return (slot) => {
    const request = requestOf(slot);
    const { height, width } = request;
    if (pass?.height !== height || pass.width !== width) {
      pass = undefined;
      arena.release(top);
      pass = placePass(arena, network, { height, width, hasBase });
    }
    outputOf(slot).set(runPass(request, { config, pass, memory, crew, threads, pool }));
  };
}
