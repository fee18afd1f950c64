/**
 * Networks of random numbers in which every part counts: heads, biases, batch norm statistics.
 * @module
 */
import type { NamedArray } from "../../src/checkpoint/safetensors.ts";
import { listParameters, listStatistics, sizeOfShape } from "../../src/model/list_parameters.ts";
import type { UNetConfig } from "../../src/model/unet_config.ts";
import { createRandom } from "../../src/random.ts";

/**
 * Makes parameters and statistics by path, as in weights files: kernels by He et al. 2015, those of the heads too;
 * scales 1 ± 0.2, biases, shifts and means 0 ± 0.2, variances 0.5 to 1.5. Features keep their size from layer to layer.
 *
 * @param seed Networks of other seeds differ in every number.
 */
export function makeRandomNetwork(config: UNetConfig, seed = 1): Map<string, NamedArray> {
  const random = createRandom(seed);
  const arrays = new Map<string, NamedArray>();
  const add = (path: string, shape: readonly number[], next: () => number) => {
    arrays.set(path, { shape, data: Float32Array.from({ length: sizeOfShape(shape) }, next) });
  };
  for (const { path, role, shape } of listParameters(config)) {
    if (role === "kernel") {
      const deviation = Math.sqrt(2 / sizeOfShape(shape.slice(0, 3)));
      add(path, shape, () => deviation * random.normal());
    } else add(path, shape, () => (role === "gamma" ? 1 : 0) + 0.2 * random.normal());
  }
  for (const { path, channels } of listStatistics(config)) {
    add(`${path}/mean`, [channels], () => 0.2 * random.normal());
    add(`${path}/variance`, [channels], () => 0.5 + random.uniform());
  }
  return arrays;
}
