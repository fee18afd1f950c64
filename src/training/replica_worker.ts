/// <reference lib="deno.worker" />
/**
 * Thread that computes the gradients of its share of a batch on a CPU backend of its own.
 * @module
 */
import { openBackend } from "../backend/open_backend.ts";
import { initializeParameters } from "../model/parameters.ts";
import { createVgg16, runVgg16 } from "../model/vgg16.ts";
import { createRandom } from "../random.ts";
import { resolveTask } from "../task/resolve.ts";
import type { TaskCatalog } from "../task/types.ts";
import { flatLayout, loadNetwork } from "./flat_network.ts";
import { computeGradients, disposeGradients } from "./gradients.ts";
import type { FeatureExtractor } from "./objective.ts";
import type { ReplicaAnswer, ReplicaStart, ReplicaStep } from "./replica_messages.ts";

type Run = (message: ReplicaStep) => Promise<ReplicaAnswer>;

let run: Run | undefined;

self.onmessage = async ({ data }: MessageEvent<ReplicaStart | ReplicaStep>) => {
  let answer: ReplicaAnswer;
  try {
    if (data.kind === "start") {
      run = await start(data);
      answer = { kind: "ready" };
    } else answer = await run!(data);
  } catch (error) {
    answer = { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};

async function start(
  { config, task, size, vgg, network, results }: ReplicaStart,
): Promise<Run> {
  await openBackend("cpu", { log: () => {} });
  const { catalog } = await import(task.catalogUrl) as { catalog: TaskCatalog };
  const trainingTask = resolveTask(catalog, task.spec);
  const parameters = initializeParameters(config, createRandom(0));
  const features: { extractFeatures?: FeatureExtractor } = {};
  if (vgg !== undefined) {
    const network = createVgg16(vgg);
    features.extractFeatures = (rgb01) => runVgg16(network, rgb01);
  }
  const layout = flatLayout(parameters);
  const [numbers, answers] = [new Float32Array(network), new Float32Array(results)];
  return async ({ step, batch }) => {
    loadNetwork(layout, numbers);
    const result = computeGradients({
      task: trainingTask,
      config,
      parameters,
      step,
      batch,
      size,
      ...features,
    });
    for (const { name, offset } of layout) {
      const layer = name.slice(0, name.lastIndexOf("/"));
      const statistics = result.batchStatistics.get(layer);
      const tensor = result.gradients.get(name) ??
        (name.endsWith("/mean") ? statistics?.mean : statistics?.variance);
      if (tensor !== undefined) answers.set(await tensor.data() as Float32Array, offset);
    }
    const losses = await Promise.all(
      result.losses.map(async ([name, value]) => [name, (await value.data())[0]!] as const),
    );
    disposeGradients(result);
    return { kind: "done", losses };
  };
}
