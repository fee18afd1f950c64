/**
 * This project's training step, as `pconv train` runs it on the CPU, with 1 or more `--replicas`.
 * @module
 */
import { openBackend } from "../../../../src/backend/open_backend.ts";
import { importNetwork } from "../../../../src/checkpoint/network_tensors.ts";
import { createVgg16, disposeVgg16, runVgg16 } from "../../../../src/model/vgg16.ts";
import { resolveTask } from "../../../../src/task/resolve.ts";
import { train } from "../../../../src/training/loop.ts";
import { openReplicas } from "../../../../src/training/replicas.ts";
import { disposeTrainingState, type TrainingState } from "../../../../src/training/state.ts";
import { catalog } from "../../../../tasks/mod.ts";
import { readArrays } from "../arrays_file.ts";
import type { Job, Runner, TrainWorkload } from "../workload.ts";

const CATALOG_URL = new URL("../../../../tasks/mod.ts", import.meta.url).href;

/** Opens the contender with a number of replicas. */
export async function open(replicas: string): Promise<Runner> {
  const { name } = await openBackend("cpu", { log: () => {} });
  return {
    about: `this project's ${name}, ${replicas} thread${replicas === "1" ? "" : "s"}`,
    prepare: (workload) => {
      if (workload.kind !== "train") throw new Error("it trains and nothing else");
      return prepare(workload, Number(replicas));
    },
  };
}

async function prepare(workload: TrainWorkload, count: number): Promise<Job> {
  const { network, size, task: source } = workload;
  const { config } = network;
  const parameters = importNetwork(config, await readArrays(network), network.path);
  const state: TrainingState = { config, parameters, optimizer: new Map(), step: 0 };
  const task = resolveTask(catalog, source);
  const [rgb255, holeMask] = await Promise.all(
    [workload.rgb255, workload.holeMask].map((path) => Deno.readFile(path)),
  );
  const batch = { rgb255: rgb255!, holeMask: holeMask! };
  const numbers = workload.vgg === undefined
    ? undefined
    : { arrays: await floatsOf(workload.vgg), mean: workload.vgg.mean };
  const vgg = numbers === undefined ? undefined : createVgg16(numbers);
  const features = vgg === undefined || numbers === undefined
    ? undefined
    : { extract: (image: Parameters<typeof runVgg16>[1]) => runVgg16(vgg, image), vgg: numbers };
  const replicas = count === 1 ? undefined : await openReplicas({
    task,
    source: { catalogUrl: CATALOG_URL, spec: source },
    ...{ state, count, size },
    ...(features === undefined ? {} : { features }),
  });
  const steps = train(task, state, {
    batch: () => Promise.resolve(batch),
    size,
    reportEvery: 1,
    ...(features === undefined ? {} : { extractFeatures: features.extract }),
    ...(replicas === undefined ? {} : { computeGradients: replicas.compute }),
  });
  const totals: number[] = [];
  return {
    async run() {
      const startMs = performance.now();
      const { value } = await steps.next();
      const ms = performance.now() - startMs;
      totals.push(value!.total);
      return ms;
    },
    output: () => Promise.resolve(Float32Array.from(totals)),
    close() {
      replicas?.close();
      if (vgg !== undefined) disposeVgg16(vgg);
      disposeTrainingState(state);
    },
  };
}

async function floatsOf(file: NonNullable<TrainWorkload["vgg"]>) {
  const arrays = await readArrays(file);
  return new Map([...arrays].map(([name, { data }]) => [name, data as Float32Array]));
}
