/**
 * The words behind `deno compile` that make one executable.
 * @module
 */
import type { Target } from "./targets.ts";

/** Options of {@linkcode compileArguments}. */
export interface CompileArgumentsOptions {
  readonly target: Target;
  /** Path of the executable. */
  readonly output: string;
  /** What the program may do, as flags. */
  readonly permissions: readonly string[];
  /** Modules, and files that are read as they are; paths from the folder of `main.ts`. */
  readonly includes: readonly string[];
}

/** Makes the words behind `deno compile`, for the folder of `main.ts`. */
export function compileArguments(options: CompileArgumentsOptions): readonly string[] {
  const { target, output, permissions, includes } = options;
  return [
    "--quiet",
    // `deno task ok` checks types.
    "--no-check",
    ...permissions,
    "--target",
    target,
    ...includes.flatMap((path) => ["--include", path]),
    "--output",
    output,
    "main.ts",
  ];
}
