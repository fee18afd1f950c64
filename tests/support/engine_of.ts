/**
 * A CPU engine of a network that a test has made.
 * @module
 */
import { exportNetwork } from "../../src/checkpoint/network_tensors.ts";
import { openCpuEngine } from "../../src/engine/cpu/open_cpu_engine.ts";
import type { NetworkEngine } from "../../src/engine/types.ts";
import type { UNetParameters } from "../../src/model/parameters.ts";
import type { UNetConfig } from "../../src/model/unet_config.ts";

/** Opens an engine of one thread; the caller closes it. */
export async function engineOf(
  config: UNetConfig,
  parameters: UNetParameters,
): Promise<NetworkEngine> {
  return await openCpuEngine({ config, arrays: await exportNetwork(parameters), threads: 1 });
}
