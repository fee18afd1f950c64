/**
 * The failures a user can mend. Anything else that is thrown is a bug and keeps its stack trace.
 * @module
 */

/** Exit codes of the program; see README "Exit codes". */
export const EXIT = {
  done: 0,
  someFailed: 1,
  usage: 2,
  unavailable: 3,
  /** By Ctrl-C or SIGTERM. */
  interrupted: 130,
} as const;

/** Extra facts of a {@linkcode UserError}. */
export interface UserErrorOptions extends ErrorOptions {
  /** One sentence that says what to do next. */
  hint?: string;
}

/**
 * A failure that a user can mend: printed as one line, without a stack trace.
 * Messages read "Cannot do X: what is, what must be".
 */
export class UserError extends Error {
  /** The name of the class, for messages. */
  override name = "UserError";
  /** Exit code of the program when this error ends it. */
  readonly exitCode: number = EXIT.someFailed;
  /** One sentence that says what to do next, if there is one. */
  readonly hint: string | undefined;

  /**
   * Makes the error.
   *
   * @param message One line: "Cannot do X: what is, must be Y"; a line for each where there are several faults.
   */
  constructor(message: string, options: UserErrorOptions = {}) {
    super(message, options);
    this.hint = options.hint;
  }
}

/** The command line or a config file asks for something that does not exist or contradicts itself. */
export class UsageError extends UserError {
  /** The name of the class. */
  override name = "UsageError";
  /** 2: nothing was done. */
  override readonly exitCode: number = EXIT.usage;
}

/** A file that was given cannot be read, written or used. */
export class InputError extends UserError {
  /** The name of the class. */
  override name = "InputError";
}

/** No usable device, or a device that fails its self-check. */
export class BackendError extends UserError {
  /** The name of the class. */
  override name = "BackendError";
  /** 3: what is needed is not there. */
  override readonly exitCode: number = EXIT.unavailable;
}

/** The device cannot hold what a piece of work needs; smaller pieces may still work. */
export class OutOfMemoryError extends BackendError {
  /** The name of the class. */
  override name = "OutOfMemoryError";
  /** It fails one picture, not all of a run. */
  override readonly exitCode: number = EXIT.someFailed;
}

/** The device is gone, and with it everything that was on it; another one may be opened. */
export class DeviceLostError extends BackendError {
  /** The name of the class. */
  override name = "DeviceLostError";
}

/** Weights that are missing, damaged or made for another network. */
export class WeightsError extends UserError {
  /** The name of the class. */
  override name = "WeightsError";
  /** 3: what is needed is not there. */
  override readonly exitCode: number = EXIT.unavailable;
}

/** Extra facts of a {@linkcode DivergenceError}. */
export interface DivergenceErrorOptions extends UserErrorOptions {
  /** What is not finite, if it is none of the losses. @default the losses that are not, or the total */
  readonly culprit?: string;
}

/** Training ran into numbers that are not finite. */
export class DivergenceError extends UserError {
  /** The name of the class. */
  override name = "DivergenceError";
  /** What is not finite, in words. */
  readonly culprit: string;

  /**
   * Makes the error.
   *
   * @param step Optimiser step, 0-based, at which it was seen.
   * @param parts Unweighted loss values by name at that step.
   */
  constructor(
    readonly step: number,
    readonly parts: Readonly<Record<string, number>>,
    options: DivergenceErrorOptions = {},
  ) {
    const bad = Object.entries(parts).filter(([, value]) => !Number.isFinite(value));
    const losses = bad.map(([name, value]) => `${name} = ${value}`).join(", ");
    const culprit = options.culprit ?? (losses || "the total is not finite, though its parts are");
    super(`Training diverged at step ${step}: ${culprit}`, {
      hint: "Lower the learning rate with --learning-rate and resume from the last checkpoint",
      ...options,
    });
    this.culprit = culprit;
  }
}
