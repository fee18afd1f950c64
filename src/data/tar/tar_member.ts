/**
 * One file of a tar archive. Types only.
 * @module
 */

/** One file of a tar archive. */
export interface TarMember {
  /** Path inside the archive, with `/`; safe to join to a folder. */
  readonly name: string;
  /** Whole content. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Time of the last change. */
  readonly modified: Date;
  /** Unix permissions. */
  readonly mode: number;
}

/** A member that is not handed out. */
export interface RefusedMember {
  /** As the archive has it. */
  readonly name: string;
  /** Why, to stand behind a colon. */
  readonly refusal: string;
}
