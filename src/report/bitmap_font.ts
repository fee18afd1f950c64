/**
 * A small pixel font, so that pictures can carry names without a font file.
 * @module
 */

/** Pixels that {@linkcode drawText} draws into. */
export interface TextTarget {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** `[height, width, 4]`, row-major, red first. */
  readonly rgba: Uint8ClampedArray | Uint8Array;
}

/** Options of {@linkcode drawText}. */
export interface DrawTextOptions {
  /** Left edge in pixels. */
  readonly x: number;
  /** Top edge of a capital letter in pixels. */
  readonly y: number;
  readonly rgb255: readonly [red: number, green: number, blue: number];
  /**
   * Pixels per pixel of the font, a whole number.
   * @default 1
   */
  readonly scale?: number;
}

/** Height of a line of text from the top of a capital to the lowest descender, at scale 1. */
export const TEXT_HEIGHT = 9;

const GLYPH_WIDTH = 5;
const ADVANCE = GLYPH_WIDTH + 1;
const FIRST_CODE = 32;

/**
 * The characters 32 to 126 of ASCII, nine rows each (seven of a capital, two of a descender), a row as a digit to
 * base 32 whose highest bit is the leftmost pixel. Drawn for this project.
 */
const GLYPHS =
  "000000000444440400aaa000000aavavaa004fke5u400pp248jj00cik8lid00444000000248884200842224800" +
  "04lel4000044v4400000000cc48000e0000000000cc0011248gg00ehjlphe004c4444e00eh1248v00eh161he00" +
  "26aiv2200vgu11he0068guhhe00v12488800ehhehhe00ehhf12c0000cc0cc0000cc0cc48248g8420000v0v0000" +
  "842124800eh1240400ehnlnge00ehhvhhh00uhhuhhu00ehggghe00uhhhhhu00vgguggv00vgguggg00ehgnhhe00" +
  "hhhvhhh00e44444e0072222ic00hikokih00ggggggv00hrllhhh00hppljjh00ehhhhhe00uhhuggg00ehhhlid00" +
  "uhhukih00fgge11u00v44444400hhhhhhe00hhhhaa400hhhllrh00hha4ahh00hha444400v1248gv00e88888e00" +
  "gg8421100e22222e004ah0000000000000v084000000000e1fhf00gguhhhu0000fgggf0011fhhhf0000ehvgf00" +
  "68u88880000fhhhf1egguhhhh0040c444e002062222icggikoki00c44444e0000qllll0000uhhhh0000ehhhe00" +
  "00uhhhugg00fhhhf1100noggg0000fge1u0088u88860000hhhhf0000hhha40000hllla0000ha4ah0000hhhhf1e" +
  "00v248v00644844600444444400c44244c000009m0000";

/** Measures a text in pixels. */
export function textWidth(text: string, scale = 1): number {
  const { length } = printable(text);
  return length === 0 ? 0 : (length * ADVANCE - 1) * scale;
}

/**
 * Shortens a text to a width by taking out its middle: file names differ at both ends.
 *
 * @param widthPx Pixels that the text may take at `scale`.
 */
export function fitText(text: string, widthPx: number, scale = 1): string {
  const characters = printable(text);
  const room = Math.max(0, Math.floor((widthPx / scale + 1) / ADVANCE));
  if (characters.length <= room) return characters.join("");
  const kept = Math.max(0, room - 3);
  const head = Math.ceil(kept / 2);
  const tail = kept - head;
  const dots = ".".repeat(Math.min(3, room));
  return characters.slice(0, head).join("") + dots +
    characters.slice(characters.length - tail).join("");
}

/**
 * Breaks a text between words into lines of a width. A word that is longer than a line loses its middle.
 *
 * @param widthPx Pixels that a line may take at `scale`.
 */
export function wrapText(text: string, widthPx: number, scale = 1): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, scale) <= widthPx) lines[lines.length - 1] = longer;
    else lines.push(fitText(word, widthPx, scale));
  }
  return lines;
}

/** Draws one line of text, clipped at the edges. Accents are dropped; other characters beyond ASCII become "?". */
export function drawText(target: TextTarget, text: string, options: DrawTextOptions): void {
  const { x, y, rgb255, scale = 1 } = options;
  printable(text).forEach((character, i) => {
    const glyph = (character.codePointAt(0)! - FIRST_CODE) * TEXT_HEIGHT;
    for (let row = 0; row < TEXT_HEIGHT; row++) {
      const bits = Number.parseInt(GLYPHS[glyph + row]!, 32);
      for (let column = 0; column < GLYPH_WIDTH; column++) {
        if ((bits >> (GLYPH_WIDTH - 1 - column) & 1) === 0) continue;
        fillSquare(target, x + (i * ADVANCE + column) * scale, y + row * scale, scale, rgb255);
      }
    }
  });
}

/** Characters that the font has. */
function printable(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return [...plain].map((character) => /^[ -~]$/.test(character) ? character : "?");
}

function fillSquare(
  { width, height, rgba }: TextTarget,
  left: number,
  top: number,
  side: number,
  rgb255: readonly [number, number, number],
): void {
  for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
    for (let x = Math.max(0, left); x < Math.min(width, left + side); x++) {
      rgba.set([...rgb255, 255], (y * width + x) * 4);
    }
  }
}
