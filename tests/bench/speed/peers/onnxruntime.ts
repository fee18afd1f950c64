/**
 * onnxruntime-node, which runs the graph that PyTorch exported. The package is no dependency of the program: it is
 * loaded by a computed specifier, in a process that is started with `--no-lock`, so neither `deno check` nor the lock
 * file sees it; the first run downloads it.
 * @module
 */
import { readFloats } from "../arrays_file.ts";
import type { Runner } from "../workload.ts";

const PACKAGE = "npm:onnxruntime-node@1.30.0";

/** The few names of the library that are used. */
interface OnnxRuntime {
  readonly env: { readonly versions: { readonly node: string } };
  readonly InferenceSession: {
    create(path: string, options: Record<string, unknown>): Promise<Session>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, shape: readonly number[]) => Tensor;
}

interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

interface Session {
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

/** Opens the contender with a number of threads. */
export async function open(threads: string): Promise<Runner> {
  const ort = await import(PACKAGE) as OnnxRuntime;
  let opened: { path: string; session: Session } | undefined;
  return {
    about: `onnxruntime-node ${ort.env.versions.node} CPU, ${threads} threads`,
    async prepare(workload) {
      if (workload.kind === "train") throw new Error("it does not train");
      const path = workload.onnx;
      if (path === undefined) throw new Error("the graph could not be exported");
      if (opened?.path !== path) {
        await opened?.session.release();
        const session = await ort.InferenceSession.create(path, {
          executionProviders: ["cpu"],
          intraOpNumThreads: Number(threads),
          interOpNumThreads: 1,
          graphOptimizationLevel: "all",
          logSeverityLevel: 3,
        });
        opened = { path, session };
      }
      const { session } = opened;
      const { size } = workload;
      const channels = workload.kind === "op" ? workload.cin : 3;
      const values = await readFloats(workload.kind === "op" ? workload.features : workload.rgb01);
      const image = toPlanes(values, channels);
      const mask = Float32Array.from(await Deno.readFile(workload.validMask));
      let last: Tensor | undefined;
      return {
        async run() {
          const startMs = performance.now();
          const results = await session.run({
            image: new ort.Tensor("float32", image, [1, channels, size, size]),
            mask: new ort.Tensor("float32", mask, [1, 1, size, size]),
          });
          last = results[session.outputNames[0]!]!;
          return performance.now() - startMs;
        },
        output: () => Promise.resolve(toPixels(last!.data, last!.dims[1]!)),
        close: () => {},
      };
    },
  };
}

/** `[pixels, channels]` to `[channels, pixels]`. */
function toPlanes(values: Float32Array, channels: number): Float32Array {
  const pixels = values.length / channels;
  return Float32Array.from(
    values,
    (_, i) => values[(i % pixels) * channels + Math.floor(i / pixels)]!,
  );
}

/** `[channels, pixels]` to `[pixels, channels]`. */
function toPixels(values: Float32Array, channels: number): Float32Array {
  return toPlanes(values, values.length / channels);
}
