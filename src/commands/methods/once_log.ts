/**
 * Lines that are told once.
 * @module
 */

/** Passes on each line at its first time: several networks on one device would name it again and again. */
export function onceLog(log: (line: string) => void): (line: string) => void {
  const told = new Set<string>();
  return (line) => {
    if (told.has(line)) return;
    told.add(line);
    log(line);
  };
}
