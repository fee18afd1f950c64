/**
 * Who runs against whom. A new contender is one entry here and one file that `host.ts` or Python can start.
 * @module
 */
import type { Before } from "./before.ts";
import type { Workload } from "./workload.ts";

const FOLDER = new URL("./", import.meta.url).pathname;

/** One contender as a value. */
export interface Contender {
  readonly name: string;
  /** Starts its child process, see `child.ts`. */
  readonly command: readonly string[];
  /** False leaves it out of a workload; `about` is what the child says of itself. */
  readonly takes?: (workload: Workload, about: string) => boolean;
  /**
   * What its output is held to: "wanted" compares the hole alone, "none" nothing, as it computes something else.
   * @default "all"
   */
  readonly compares?: "all" | "wanted" | "none";
}

/** Python that has PyTorch and OpenCV; Debian's. */
export const PYTHON = "/usr/bin/python3";

/** Threads of every contender that can have more than one: all there are. */
export const THREADS = String(navigator.hardwareConcurrency);

const ours = (module: string, argument: string, folder = FOLDER) => [
  ...[Deno.execPath(), "run", "-A", "--no-prompt", "--no-lock", "--quiet"],
  ...["--config", `${folder}../../../deno.json`],
  ...[`${folder}host.ts`, `${folder}${module}`, argument],
];
const python = (script: string, ...args: readonly string[]) => [
  ...[PYTHON, "-B", `${FOLDER}peers/${script}`, ...args],
];

/** A software "GPU" is so slow that it runs only one hole, and composed operations only the smaller size. */
const isSlow = (about: string) => /llvmpipe|swiftshader|lavapipe/i.test(about);
const percentOf = (workload: Workload) => workload.kind === "forward" ? workload.percent : 20;
const isUsual = (workload: Workload) => percentOf(workload) === 20;

const ENGINES: readonly Contender[] = [
  {
    name: "pconv engine cpu",
    command: ours("contenders/engine.ts", "cpu"),
    compares: "wanted",
  },
  {
    name: "pconv engine cpu, everything wanted",
    command: ours("contenders/engine.ts", "cpu everything"),
    takes: isUsual,
  },
  {
    name: "pconv engine gpu",
    command: ours("contenders/engine.ts", "gpu"),
    takes: (workload, about) => !isSlow(about) || isUsual(workload),
    compares: "wanted",
  },
];

/** What training runs. */
const COMPOSED: readonly Contender[] = [
  { name: "tfjs with our kernels, cpu", command: ours("contenders/composed.ts", "cpu") },
];

const PEERS: readonly Contender[] = [
  { name: "PyTorch, plain", command: python("torch_forward.py", "plain", "cpu", THREADS) },
  {
    name: "PyTorch, multi-channel masks",
    command: python("torch_forward.py", "multi-channel", "cpu", THREADS),
    takes: isUsual,
  },
  { name: "PyTorch, CUDA", command: python("torch_forward.py", "plain", "cuda", THREADS) },
  { name: "onnxruntime-node", command: ours("peers/onnxruntime.ts", THREADS) },
];

const CLASSICAL: readonly Contender[] = [
  {
    name: "OpenCV Telea, --method telea",
    command: ours("contenders/telea.ts", ""),
    compares: "none",
  },
  {
    name: "OpenCV Telea, Python",
    command: python("cv2_telea.py", THREADS),
    compares: "none",
  },
];

/** What tfjs alone made of the network. */
function composedBefore({ commit, bench }: Before): Contender[] {
  return [
    { name: `before (${commit}), cpu`, command: ours("contenders/composed.ts", "cpu", bench) },
    {
      name: `before (${commit}), gpu`,
      command: ours("contenders/composed.ts", "gpu", bench),
      takes: (workload, about) => !isSlow(about) || (isUsual(workload) && workload.size < 512),
    },
  ];
}

/** For single operations. The first one that ran is what ratios are taken to. */
export function opContenders(before: Before | undefined): Contender[] {
  return [...COMPOSED, ...(before === undefined ? [] : composedBefore(before)), ...PEERS];
}

/** For forward passes of whole networks. */
export function forwardContenders(before: Before | undefined): Contender[] {
  return [...ENGINES, ...opContenders(before), ...CLASSICAL];
}

/** The engine whose curve is drawn. */
export const CURVE_CONTENDERS = ENGINES.slice(0, 1);

/** Training steps. */
export function trainContenders(before: Before | undefined): Contender[] {
  const trainers = (prefix: string, folder?: string): Contender[] => [
    {
      name: `${prefix}pconv train --replicas 1`,
      command: ours("contenders/train_ours.ts", "1", folder),
    },
    {
      name: `${prefix}pconv train --replicas 2`,
      command: ours("contenders/train_ours.ts", "2", folder),
      takes: (workload) => workload.kind === "train" && workload.batch >= 2,
    },
  ];
  return [
    ...trainers(""),
    ...(before === undefined ? [] : trainers(`before (${before.commit}): `, before.bench)),
    { name: "PyTorch", command: python("torch_train.py", THREADS) },
  ];
}
