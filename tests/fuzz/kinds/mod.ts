/**
 * All kinds.
 * @module
 */
import type { Kind } from "./kind.ts";
import { PICTURE_KINDS } from "./pictures.ts";
import { TEXT_KINDS } from "./texts.ts";
import { WEIGHTS_KINDS } from "./weights.ts";

/** All kinds of files that are spoilt. */
export const KINDS: readonly Kind[] = [...PICTURE_KINDS, ...WEIGHTS_KINDS, ...TEXT_KINDS];
