/**
 * The refusal to replace what lies at a place.
 * @module
 */
import { InputError } from "../../errors.ts";

/** Something lies where a result should go. The picture is none the worse for it: what is there stays. */
export class OccupiedError extends InputError {}
