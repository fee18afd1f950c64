/**
 * Values of flags that give a method a name of its own: NAME=DIR.
 * @module
 */

/** A label and what it stands for. */
export interface NamedPath {
  readonly name: string;
  readonly path: string;
}

/** Labels become names of folders and of columns; one of digits would change its place among keys. */
const LABEL = /^[A-Za-z][\w.+-]{0,39}$/;

/** Options of {@linkcode readNamedPath}. */
export interface ReadNamedPathOptions {
  /** Without dashes. */
  readonly flag: string;
  /** "DIR" or "FILE". */
  readonly placeholder: string;
}

/** Reads NAME=DIR; what cannot be read adds a sentence to `faults` and gives none. */
export function readNamedPath(
  text: string,
  { flag, placeholder }: ReadNamedPathOptions,
  faults: string[],
): NamedPath[] {
  const equals = text.indexOf("=");
  const [name, path] = [text.slice(0, equals), text.slice(equals + 1)];
  if (equals > 0 && path !== "" && LABEL.test(name)) return [{ name, path }];
  faults.push(
    `--${flag} must be NAME=${placeholder}, the name a letter and up to 39 letters, digits and . + - _: ` +
      `got ${JSON.stringify(text)}`,
  );
  return [];
}
