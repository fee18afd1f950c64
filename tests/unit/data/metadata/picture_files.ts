/**
 * Files with metadata by Pillow and ImageMagick, and the pieces that were put into them.
 * @module
 */
import fixture from "../../../oracle/fixtures/picture_metadata.json" with { type: "json" };

const bytes = (base64: string) => Uint8Array.fromBase64(base64);

/** Exif blocks in both byte orders: orientation 6, pixel size 4000 (long) x 3000 (short), 300 x 200 dpi, thumbnail. */
export const EXIF = Object.entries(fixture.exifBlocks).map(([order, block]) => ({
  order,
  exif: bytes(block.exif),
  /** Orientation 1, sizes and resolutions changed over. */
  upright: bytes(block.upright),
  /** Directory, values and picture of the thumbnail are zero. */
  withoutThumbnail: bytes(block.withoutThumbnail),
}));

/** The pieces in {@linkcode FILES}; the Exif block is the one in big-endian order. */
export const PIECES = {
  exif: EXIF.find(({ order }) => order === "big")!.exif,
  icc: bytes(fixture.icc),
  xmp: bytes(fixture.xmp),
};

/** IPTC in one Photoshop resource. */
export const PHOTOSHOP = bytes(fixture.photoshop);

/** Pictures of 7x5; all but the simple ones hold {@linkcode PIECES}. */
export const FILES = {
  jpeg: bytes(fixture.files.jpeg),
  png: bytes(fixture.files.png),
  webp: bytes(fixture.files.webp),
  simpleLossless: bytes(fixture.files.simpleLossless),
  simpleLossy: bytes(fixture.files.simpleLossy),
};

/** A PNG in which ImageMagick put Exif and IPTC as raw profiles or chunks. */
export const RAW_PROFILES = bytes(fixture.rawProfiles);

/** PNG of 16 bits with their samples. */
export const SIXTEEN = fixture.sixteen.map(({ width, height, png, rgba16 }) => {
  const samples = bytes(rgba16);
  const view = new DataView(samples.buffer);
  return {
    width,
    height,
    png: bytes(png),
    rgba16: Uint16Array.from({ length: samples.length / 2 }, (_, i) => view.getUint16(2 * i)),
  };
});
