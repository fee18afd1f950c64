/**
 * VGG-16 with formula weights, for tests that need its shape and not its knowledge.
 * @module
 */
import { VGG16_LAYERS, type Vgg16Numbers } from "../../src/model/vgg16.ts";
import { formulaTensor } from "./formula_tensor.ts";

/**
 * All layers of the network, with numbers that keep features near 1: `kernel = sin(...) · sqrt(2 / (9·cin)) · 1.4`.
 */
export function formulaVgg16(): Vgg16Numbers {
  const arrays = new Map<string, Float32Array>();
  VGG16_LAYERS.forEach(({ name, cin, cout }, index) => {
    const scale = 1.4 * Math.sqrt(2 / (9 * cin));
    const kernel = formulaTensor([3, 3, cin, cout], { phase: index, scale });
    const bias = formulaTensor([cout], { phase: index + 10, scale: 0.1 });
    arrays.set(`${name}/kernel`, Float32Array.from(kernel.data));
    arrays.set(`${name}/bias`, Float32Array.from(bias.data));
  });
  return { arrays, mean: [0.5, 0.25, 0.75] };
}
