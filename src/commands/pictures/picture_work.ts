/**
 * What a command brings to the handling of pictures, and what it is given. Types only.
 * @module
 */
import type { OutputFormat } from "../../data/encode_image.ts";
import type { ImageHeader } from "../../data/image_header.ts";
import type { PictureRow, PictureStatus } from "../../report/run/run_page_record.ts";
import type { Setting } from "./ledger/ledger_entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { HoleSources } from "./mask_source.ts";
import type { PlaceBook } from "./place_book.ts";
import type { InputBytes } from "./read_input.ts";
import type { MaskSettings } from "./read_picture_mask.ts";
import type { PictureTurn } from "./run_pictures.ts";

/** What a run has for all of its pictures. */
export interface PictureTools {
  readonly places: PlaceBook;
  readonly masks: MaskSettings;
  /** Absent if results do not go into a folder. */
  readonly ledger: Pick<Ledger, "tag" | "find" | "hasFailed" | "record"> | undefined;
  /** Everything but input and mask that decides the bytes of a result. */
  readonly settings: Readonly<Record<string, Setting>>;
  readonly format: OutputFormat | undefined;
  /** True does again what is done. */
  readonly overwrite: boolean;
  /** True does again what is done but was not proven. */
  readonly needsProof: boolean;
  /** True looks at everything and makes nothing. */
  readonly isDry: boolean;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly writeStdout: (bytes: Uint8Array) => Promise<void>;
}

/** A picture that is to be worked on. */
export interface PictureTask {
  readonly input: InputBytes;
  readonly header: ImageHeader;
  /** Of the result. */
  readonly format: OutputFormat;
  readonly mask: HoleSources;
  /** How masks are read. */
  readonly masks: MaskSettings;
  readonly stem: string;
  readonly turn: PictureTurn;
}

/** What the work on the pixels gives. */
export interface MadePicture {
  readonly status: Exclude<PictureStatus, "done before" | "failed">;
  /** The file. */
  readonly encoded: Uint8Array;
  /** Of the result, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Share of the input's pixels that were hole. */
  readonly holeRatio: number;
  readonly warnings: readonly string[];
  /** Fields of the row that only this command has. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Files beside the result. */
  readonly beside?: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Compares what was written with what came in. @returns One line. @throws {InputError} If it may not be. */
  readonly verify?: (written: Uint8Array) => Promise<string>;
}

/** How a command works on pictures. */
export interface PictureWork {
  /** Refuses what is known to fail, before anything is decoded. @throws {InputError} */
  readonly check?: (task: Pick<PictureTask, "input" | "header" | "format">) => void;
  /** Pixels that it holds in memory at once. */
  readonly pixelsOf: (header: ImageHeader) => number;
  /** Paths of what is written beside a result. */
  readonly besideOf?: (output: string) => readonly string[];
  readonly make: (
    task: PictureTask & { readonly output: string | undefined },
  ) => Promise<MadePicture>;
}

/** What became of a picture, as `--json` prints it. */
export interface PictureReport extends Omit<PictureRow, "status"> {
  /** "to do" where nothing is made, only looked at. */
  readonly status: PictureStatus | "to do";
  readonly output: string;
  /** Hands the result on, where it is no file. */
  readonly deliver?: () => Promise<void>;
}
