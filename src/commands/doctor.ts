/**
 * `pconv doctor`.
 * @module
 */
import { type DeviceChoice, openBackend } from "../backend/open_backend.ts";
import { disposeParameters } from "../model/parameters.ts";
import { readManifest, WEIGHTS_FOLDER } from "../checkpoint/manifest.ts";
import { readNetwork } from "../checkpoint/weights.ts";
import type { ParsedOptions } from "../cli/flags.ts";
import type { CommandIo } from "../cli/io.ts";
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
 * Says what works on this machine: both devices with their self-check, adapter, limits and features, and the
 * weights with their hash.
 *
 * @returns 0 if what `--device` and `--weights` ask for can be used, else 3.
 */
export async function doctor(parsed: ParsedOptions<"doctor">, io: CommandIo): Promise<number> {
  const { options } = parsed;
  const versions = { deno: Deno.version.deno, system: `${Deno.build.os} ${Deno.build.arch}` };
  const devices = options.device === "auto" ? ["gpu", "cpu"] as const : [options.device] as const;
  const findings: Finding[] = [];
  // The device that stays open last must be one that works, for the weights to be loaded on it.
  for (const device of devices) findings.push(await examineDevice(device));
  const isDeviceUsable = findings.some(({ isGood }) => isGood);
  findings.push(...await examineWeights(options.weights, isDeviceUsable));
  const areWeightsGood = findings.slice(devices.length).every(({ isGood }) => isGood);
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

async function examineWeights(asked: string | undefined, canLoad: boolean): Promise<Finding[]> {
  let names: string[];
  try {
    names = asked === undefined ? (await readManifest()).files.map(({ name }) => name) : [asked];
  } catch (error) {
    return [failure("weights", error)];
  }
  if (names.length === 0) {
    return [{ name: "weights", isGood: false, text: `${WEIGHTS_FOLDER} lists none` }];
  }
  if (!canLoad) return [{ name: "weights", isGood: false, text: "no device to load them on" }];
  const findings: Finding[] = [];
  for (const weights of names) {
    try {
      const { config, parameters, sha256 } = await readNetwork(weights);
      disposeParameters(parameters);
      findings.push({
        name: `weights ${weights}`,
        isGood: true,
        text: `sha256 ${sha256}`,
        details: { network: formatUNetConfig(config) },
      });
    } catch (error) {
      findings.push(failure(`weights ${weights}`, error));
    }
  }
  return findings;
}

function failure(name: string, error: unknown): Finding {
  if (!(error instanceof UserError)) throw error;
  return { name, isGood: false, text: error.message + (error.hint ? `; ${error.hint}` : "") };
}
