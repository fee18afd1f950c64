/**
 * What takes a while to open, opened when it is needed or ahead of it.
 * @module
 */

/** Something that may be open. */
export interface Opening {
  /** Fails as the opening does; resolves if nobody has asked to open. */
  ready(): Promise<void>;
  /** Closes it, if it was opened. */
  close(): void;
}

/** Options of {@linkcode opening}. */
export interface OpeningOptions {
  /** True opens it now; false when it is first asked for. */
  readonly isSoon: boolean;
}

/** Opens once, and lets others wait for it. */
export function opening<T extends { close?(): void }>(
  open: () => Promise<T>,
  { isSoon }: OpeningOptions,
): Opening & { readonly opened: () => Promise<T> } {
  let pending: Promise<T> | undefined;
  const opened = () => {
    if (pending === undefined) {
      pending = open();
      // Who asks for it hears of a failure, and so does who waits for `ready`; until then nobody may be there to hear it.
      pending.catch(() => {});
    }
    return pending;
  };
  if (isSoon) opened();
  return {
    opened,
    ready: async () => void await pending,
    close: () => void pending?.then((it) => it.close?.(), () => {}),
  };
}
