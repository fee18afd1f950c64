/**
 * The presets by name.
 * @module
 */
import { EDGECONNECT_PRESET } from "./edgeconnect.ts";
import { LAMA_PRESET } from "./lama.ts";
import { MMAGIC_PRESET } from "./mmagic.ts";
import type { EvalPreset } from "./preset.ts";
import { TORCHMETRICS_PRESET } from "./torchmetrics.ts";

/** Every preset by its name on the command line; the scores of the paper are none, they are the table itself. */
export const PRESETS: ReadonlyMap<string, EvalPreset> = new Map(
  [LAMA_PRESET, EDGECONNECT_PRESET, MMAGIC_PRESET, TORCHMETRICS_PRESET]
    .map((preset) => [preset.name, preset]),
);
