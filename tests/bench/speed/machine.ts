/**
 * The machine that a result was measured on.
 * @module
 */

/** What `collectFacts` does not say. */
export interface MachineFacts {
  readonly memoryGiB: number;
  /** Of the processor, that matter to kernels. */
  readonly instructions: readonly string[];
  readonly kernel: string;
}

const TELLING = ["avx2", "avx512f", "avx512_vnni", "fma", "asimd"];

/** Reads them from the system; what it does not tell is left empty. */
export async function machineFacts(): Promise<MachineFacts> {
  const cpu = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpu)?.[1]?.split(" ") ?? [];
  return {
    memoryGiB: Math.round(Deno.systemMemoryInfo().total / 2 ** 30),
    instructions: TELLING.filter((name) => flags.includes(name)),
    kernel: Deno.osRelease(),
  };
}
