/**
 * This project's engines: `NetworkEngine` on "cpu" or "gpu". "cpu everything" wants the output everywhere, so that
 * the speed without any saving is seen.
 * @module
 */
import type { NamedArray } from "../../../../src/checkpoint/safetensors.ts";
import type { NetworkEngine } from "../../../../src/engine/types.ts";
import type { UNetConfig } from "../../../../src/model/unet_config.ts";
import { readArrays, readFloats } from "../arrays_file.ts";
import type { Runner } from "../workload.ts";

/** Opens an engine for a network. */
type OpenEngine = (
  config: UNetConfig,
  arrays: ReadonlyMap<string, NamedArray>,
) => Promise<NetworkEngine>;

/** Opens the contender: "cpu", "gpu", or one of them with " everything" behind it. */
export async function open(argument: string): Promise<Runner> {
  const [device, scope] = argument.split(" ") as ["cpu" | "gpu", string | undefined];
  const { name, openEngine } = await findEngine(device);
  let opened: { path: string; engine: NetworkEngine } | undefined;
  return {
    get about() {
      return opened?.engine.name ?? name;
    },
    async prepare(workload) {
      if (workload.kind !== "forward") throw new Error("it runs whole networks and nothing else");
      const { network, size } = workload;
      if (opened?.path !== network.path) {
        opened?.engine.close();
        const engine = await openEngine(network.config, await readArrays(network));
        opened = { path: network.path, engine };
      }
      const { engine } = opened;
      const rgb01 = await readFloats(workload.rgb01);
      const validMask = await Deno.readFile(workload.validMask);
      const hole = validMask.map((valid) => 1 - valid);
      const request = {
        ...{ height: size, width: size, rgb01, validMask },
        ...(scope === "everything" ? {} : { wanted: hole }),
      };
      let last = new Float32Array();
      return {
        async run() {
          const startMs = performance.now();
          [last] = await engine.run([request]) as [Float32Array<ArrayBuffer>];
          return performance.now() - startMs;
        },
        output: () => Promise.resolve(last),
        close: () => {},
      };
    },
  };
}

/** Only the engine that is asked for is loaded. */
async function findEngine(
  device: "cpu" | "gpu",
): Promise<{ name: string; openEngine: OpenEngine }> {
  if (device === "cpu") {
    const { openCpuEngine } = await import("../../../../src/engine/cpu/open_cpu_engine.ts");
    return { name: "cpu", openEngine: (config, arrays) => openCpuEngine({ config, arrays }) };
  }
  const { describeAdapter, findAdapter } = await import("../../../../src/backend/find_adapter.ts");
  const adapter = await findAdapter();
  if (adapter === undefined) throw new Error("this machine offers no WebGPU adapter");
  const { openGpuNetwork } = await import("../../../../src/engine/gpu/open_gpu_network.ts");
  return {
    name: `gpu, ${describeAdapter(adapter).name}`,
    openEngine: (config, arrays) => openGpuNetwork({ config, arrays, log: () => {} }),
  };
}
