/**
 * The first half of parsing: command line words to flags with raw text and arguments. Knows nothing of what
 * values mean.
 * @module
 */
import { closestName } from "../edit_distance.ts";
import type { Flag } from "./flag.ts";
import { oneOf } from "./flag_value.ts";

/** What a row of words says, before values are read. */
export interface Scan {
  /** Raw texts by long name, in the order given; a flag whose value is missing has an empty list. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Words that are no flags. */
  readonly positionals: readonly string[];
  /** One sentence for each mistake. */
  readonly problems: readonly string[];
  /** True if an unknown flag may have left its value among the positionals. */
  readonly isUncertain: boolean;
}

/** Options of {@linkcode scanFlags}. */
export interface ScanFlagsOptions {
  /** The flags that are allowed. */
  readonly flags: readonly Flag[];
  /** Name of the command, for messages. */
  readonly command: string;
  /** Commands that do have a flag of this long name, for messages. */
  readonly commandsWith: (name: string) => readonly string[];
}

/** An unknown flag: what to say, and how to go on so that one slip is told once. */
interface Unknown {
  readonly problem: string;
  readonly meant?: Flag;
  readonly attached?: string;
}

/**
 * Sorts words into flags and arguments. `--flag value`, `--flag=value`, `-f value` and `-f=value` are the
 * same; `--` ends the flags; `-` alone is an argument; `-5` may be a value.
 *
 * A misspelt flag is reported and then treated as the flag that was meant.
 */
export function scanFlags(words: readonly string[], options: ScanFlagsOptions): Scan {
  const texts = new Map<string, string[]>();
  const positionals: string[] = [];
  const problems: string[] = [];
  let isUncertain = false;

  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") {
      positionals.push(...words.slice(i + 1));
      break;
    }
    if (word === "-" || !word.startsWith("-")) {
      positionals.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    const written = equals < 0 ? word : word.slice(0, equals);
    let attached = equals < 0 ? undefined : word.slice(equals + 1);
    let flag = options.flags.find((known) => spellings(known).includes(written));
    if (flag === undefined) {
      const unknown = explainUnknown(written, options);
      problems.push(unknown.problem);
      flag = unknown.meant;
      attached ??= unknown.attached;
    }
    if (flag === undefined) {
      isUncertain = true;
      continue;
    }
    const found = texts.get(flag.name) ?? [];
    texts.set(flag.name, found);
    if (flag.kind === "boolean") {
      if (attached !== undefined) {
        problems.push(`--${flag.name} takes no value: got ${JSON.stringify(attached)}`);
      }
    } else if (attached !== undefined) {
      found.push(attached);
    } else if (isValue(words[i + 1])) {
      found.push(words[++i]!);
    } else {
      problems.push(`--${flag.name} needs a value: ${flag.value}`);
    }
  }

  for (const flag of options.flags) {
    const found = texts.get(flag.name) ?? [];
    if (found.length > 1 && flag.kind !== "boolean" && !flag.repeatable) {
      const values = found.map((text) => JSON.stringify(text)).join(", ");
      problems.push(`--${flag.name} can be given once only: got ${values}`);
    }
  }
  return { texts, positionals, problems, isUncertain };
}

function spellings(flag: Flag): readonly string[] {
  return flag.short === undefined ? [`--${flag.name}`] : [`--${flag.name}`, `-${flag.short}`];
}

/** True for a word that can follow a value flag: no flag, or a negative number. */
function isValue(word: string | undefined): boolean {
  return word !== undefined && (word === "-" || !word.startsWith("-") || /^-\.?\d/.test(word));
}

function explainUnknown(written: string, options: ScanFlagsOptions): Unknown {
  const start = `Unknown flag ${JSON.stringify(written)}`;
  const name = written.replace(/^--?/, "");
  const owners = written.startsWith("--") ? options.commandsWith(name) : [];
  if (owners.length > 0) {
    return { problem: `${start}: ${options.command} has none, ${oneOf(owners)} has` };
  }
  // A short flag is one letter, so "-mask" is a slip for "--mask" and never "-m ask".
  const closest = name.length > 1
    ? closestName(name, options.flags.map((flag) => flag.name))
    : undefined;
  const meant = options.flags.find((flag) => flag.name === closest);
  if (meant !== undefined) return { problem: `${start}: did you mean "--${meant.name}"`, meant };
  const glued = written.startsWith("--")
    ? undefined
    : options.flags.find((flag) => flag.kind !== "boolean" && flag.short === name[0]);
  if (glued !== undefined) {
    const attached = name.slice(1);
    return {
      problem: `${start}: did you mean "-${glued.short} ${attached}"`,
      meant: glued,
      attached,
    };
  }
  return { problem: `${start}: ${options.command} has no such flag` };
}
