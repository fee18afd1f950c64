/**
 * `pconv doctor`.
 * @module
 */
import type { DeviceChoice } from "../backend/choose_device.ts";
import { openBackend } from "../backend/open_backend.ts";
import { readManifest, WEIGHTS_FOLDER } from "../checkpoint/manifest.ts";
import { readNetworkFile } from "../checkpoint/network_file.ts";
import type { ParsedOptions } from "../cli/flags.ts";
import type { CommandIo } from "../cli/io.ts";
import { openEngine } from "../engine/open_engine.ts";
import { EXIT, UserError } from "../errors.ts";
import { formatUNetConfig } from "../model/unet_config.ts";

/** One thing that was looked at. */
interface Finding {
  readonly name: string;
  readonly isGood: boolean;
  readonly text: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * Says what works on this machine: both devices with their self-check, adapter, limits and features, the
 * engines that run networks, and the weights with their hash.
 *
 * @returns 0 if what `--device` and `--weights` ask for can be used, else 3.
 */
export async function doctor(parsed: ParsedOptions<"doctor">, io: CommandIo): Promise<number> {
  const { options } = parsed;
  const versions = { deno: Deno.version.deno, system: `${Deno.build.os} ${Deno.build.arch}` };
  const devices = options.device === "auto" ? ["gpu", "cpu"] as const : [options.device] as const;
  const found: Finding[] = [];
  for (const device of devices) found.push(await examineDevice(device));
  const usable = devices.filter((_, i) => found[i]!.isGood);
  const weights = await examineWeights(options.weights);
  const networks = await examineEngines(usable, weights);
  const findings = [...found, ...networks, ...weights.map(({ finding }) => finding)];
  const isDeviceUsable = usable.length > 0;
  const areWeightsGood = [...networks, ...weights.map(({ finding }) => finding)].every(
    ({ isGood }) => isGood,
  );
  if (io.json !== undefined) await io.json({ versions, findings });
  else {
    await io.print(`Deno ${versions.deno} on ${versions.system}`);
    for (const { name, isGood, text, details = {} } of findings) {
      await io.print(`${isGood ? "ok     " : "missing"} ${name}: ${text}`);
      for (const [key, value] of Object.entries(details)) {
        await io.print(`          ${key}: ${value}`);
      }
    }
  }
  return isDeviceUsable && areWeightsGood ? EXIT.done : EXIT.unavailable;
}

async function examineDevice(device: DeviceChoice): Promise<Finding> {
  const name = `device ${device}`;
  try {
    const backend = await openBackend(device, { log: () => {} });
    const details = backend.device === "cpu" ? {} : {
      features: backend.features.join(", ") || "none",
      ...backend.limits,
    };
    return { name, isGood: true, text: `${backend.name}, self-check passed`, details };
  } catch (error) {
    return failure(name, error);
  }
}

/** Weights that were asked for, and what was found of them. */
interface FoundWeights {
  readonly finding: Finding;
  /** Undefined if they cannot be read. */
  readonly name: string | undefined;
}

async function examineWeights(asked: string | undefined): Promise<FoundWeights[]> {
  const broken = (finding: Finding): FoundWeights[] => [{ finding, name: undefined }];
  let names: string[];
  try {
    names = asked === undefined ? (await readManifest()).files.map(({ name }) => name) : [asked];
  } catch (error) {
    return broken(failure("weights", error));
  }
  if (names.length === 0) {
    return broken({ name: "weights", isGood: false, text: `${WEIGHTS_FOLDER} lists none` });
  }
  const found: FoundWeights[] = [];
  for (const weights of names) {
    const name = `weights ${weights}`;
    try {
      const { config, sha256 } = await readNetworkFile(weights);
      const details = { network: formatUNetConfig(config) };
      found.push({
        finding: { name, isGood: true, text: `sha256 ${sha256}`, details },
        name: weights,
      });
    } catch (error) {
      found.push(...broken(failure(name, error)));
    }
  }
  return found;
}

/** Puts the first readable network on every usable device. */
async function examineEngines(
  devices: readonly ("gpu" | "cpu")[],
  weights: readonly FoundWeights[],
): Promise<Finding[]> {
  const first = weights.find(({ name }) => name !== undefined)?.name;
  if (first === undefined) return [];
  const findings: Finding[] = [];
  for (const device of devices) {
    const name = `network on ${device}`;
    try {
      const engine = await openEngine({ device, network: readNetworkFile(first), log: () => {} });
      engine.close();
      findings.push({ name, isGood: true, text: `${engine.name}, with ${first}` });
    } catch (error) {
      findings.push(failure(name, error));
    }
  }
  return findings;
}

function failure(name: string, error: unknown): Finding {
  if (!(error instanceof UserError)) throw error;
  return { name, isGood: false, text: error.message + (error.hint ? `; ${error.hint}` : "") };
}
