/**
 * This project's network as tfjs's own operations: `runUNet` and `partialConv2d`, on "cpu" (wasm) or "gpu" (WebGPU).
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { DeviceChoice } from "../../../../src/backend/choose_device.ts";
import { openBackend } from "../../../../src/backend/open_backend.ts";
import { importNetwork } from "../../../../src/checkpoint/network_tensors.ts";
import { disposeParameters, type UNetParameters } from "../../../../src/model/parameters.ts";
import { runUNet } from "../../../../src/model/pconv_unet.ts";
import { partialConv2d } from "../../../../src/ops/partial_conv.ts";
import { readArrays, readFloats } from "../arrays_file.ts";
import type { ForwardWorkload, Job, OpWorkload, Runner } from "../workload.ts";

/** Opens the contender on a device. */
export async function open(device: DeviceChoice): Promise<Runner> {
  const { name, assertHealthy } = await openBackend(device, { log: () => {} });
  let network: { path: string; parameters: UNetParameters } | undefined;
  const timed = (compute: () => tf.Tensor): Job => {
    let last: Float32Array | undefined;
    return {
      async run() {
        const startMs = performance.now();
        const output = tf.tidy(compute);
        last = await output.data() as Float32Array;
        const ms = performance.now() - startMs;
        output.dispose();
        assertHealthy();
        return ms;
      },
      output: () => Promise.resolve(last!),
      close: () => {},
    };
  };
  const forward = async ({ network: file, size, rgb01, validMask }: ForwardWorkload) => {
    if (network?.path !== file.path) {
      if (network !== undefined) disposeParameters(network.parameters);
      const parameters = importNetwork(file.config, await readArrays(file), file.path);
      network = { path: file.path, parameters };
    }
    const { parameters } = network;
    const [pixels, valid] = [await readFloats(rgb01), await Deno.readFile(validMask)];
    return timed(() =>
      runUNet(file.config, parameters, {
        features: tf.tensor4d(pixels, [1, size, size, 3]),
        validMask: tf.tensor4d(valid, [1, size, size, 1], "float32"),
      }).output
    );
  };
  const op = async ({ size, cin, cout, features, validMask, weights }: OpWorkload) => {
    const arrays = await readArrays(weights);
    const kernel = tf.tensor4d(arrays.get("kernel")!.data as Float32Array, [3, 3, cin, cout]);
    const bias = tf.tensor1d(arrays.get("bias")!.data as Float32Array);
    const values = await readFloats(features);
    const valid = await Deno.readFile(validMask);
    const job = timed(() => {
      const masked = {
        features: tf.tensor4d(values, [1, size, size, cin]),
        validMask: tf.tensor4d(valid, [1, size, size, 1], "float32"),
      };
      return partialConv2d([masked], { kernel, bias }).features;
    });
    return { ...job, close: () => tf.dispose([kernel, bias]) };
  };
  return {
    about: `tfjs ${tf.version["tfjs-core"]}, ${name}${device === "cpu" ? ", 1 thread" : ""}`,
    prepare: (workload) => {
      if (workload.kind === "forward") return forward(workload);
      if (workload.kind === "op") return op(workload);
      throw new Error("it does not train here: see train_ours.ts");
    },
  };
}
