/**
 * What a picture file says beside its pixels, in one shape for every format. Types only.
 *
 * | | JPEG | PNG | WebP | AVIF | TIFF |
 * |---|---|---|---|---|---|
 * | `exif` | APP1 | `eXIf` | `EXIF` | item `Exif` | its tags, no thumbnail |
 * | `icc` | APP2, in parts | `iCCP` | `ICCP` | `colr` | tag 34675 |
 * | `xmp` | APP1 | `iTXt` `XML:com.adobe.xmp` | `XMP ` | item `mime` | tag 700 |
 * | `xmpExtended` | APP1, in parts | - | - | - | - |
 * | `photoshop` (IPTC) | APP13 | `zTXt` `Raw profile type iptc` | - | - | tag 34377 |
 * | `dpi` | JFIF density | `pHYs` | a small `EXIF` if there is none | as WebP | its tags |
 * | `aspect` | JFIF density | `pHYs` | - | - | its tags |
 * | `comments` | COM | `tEXt` or `iTXt` `Comment` | - | - | - |
 * | `texts` | COM for `tEXt` `Comment`, else - | themselves | - | - | - |
 * | `colourChunks` | - | themselves | - | - | - |
 *
 * A dash is a loss, which `metadataLosses` names. Not kept at all: time of the last change, suggested palettes and
 * background of PNG, several pictures in one JPEG (MPF) and what lies behind its end, JFIF thumbnails.
 * @module
 */

/** PNG chunks that say what the numbers mean; a profile or `cICP` goes before the others. */
export type ColourChunk = "cICP" | "mDCV" | "cLLI" | "sRGB" | "gAMA" | "cHRM";

/** Content of a PNG chunk of text, as it stands in the file. */
export interface TextChunk {
  /** Of the chunk. */
  readonly type: "tEXt" | "zTXt" | "iTXt";
  /** From keyword to text, without length and checksum. */
  readonly data: Uint8Array;
}

/** Two numbers of a pixel's grid. */
export interface GridDensity {
  /** To the right. */
  readonly x: number;
  /** Downwards. */
  readonly y: number;
}

/** All arrays are copies, none is a window into the file. Absent is what the file has not or has damaged. */
export interface PictureMetadata {
  /** TIFF block from its byte order mark on. */
  readonly exif?: Uint8Array;
  /** ICC profile, not compressed. */
  readonly icc?: Uint8Array;
  /** XMP packet, UTF-8. */
  readonly xmp?: Uint8Array;
  /** Second XMP packet of a JPEG, for what did not fit into the first, which names its MD5. */
  readonly xmpExtended?: Uint8Array;
  /** Photoshop image resources: blocks that begin with `8BIM`. IPTC lives there. */
  readonly photoshop?: Uint8Array;
  /** Pixels per inch. */
  readonly dpi?: GridDensity;
  /** Pixels per unknown unit, where x and y differ: only their ratio means something. */
  readonly aspect?: GridDensity;
  /** Comments of a JPEG; no encoding is agreed on, most are UTF-8. */
  readonly comments?: readonly Uint8Array[];
  /** Text of a PNG but XMP and raw profiles. */
  readonly texts?: readonly TextChunk[];
  /** Contents of the colour chunks of a PNG. */
  readonly colourChunks?: Readonly<Partial<Record<ColourChunk, Uint8Array>>>;
}
