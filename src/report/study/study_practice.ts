/**
 * The two pictures that people practise on; drawn, so that practice shows nothing of a study.
 * @module
 */

/** The hill and house, whole. */
const SCENE =
  `<rect width="360" height="360" fill="#9cc9ee"/><circle cx="285" cy="70" r="34" fill="#ffe08a"/>` +
  `<path d="M0 250Q90 170 190 235T360 215V360H0Z" fill="#6fa45a"/>` +
  `<path d="M0 300Q120 250 360 310V360H0Z" fill="#4e7f43"/>` +
  `<path d="M90 190h110v90H90z" fill="#e8dcc4"/><path d="M78 192L145 140L212 192Z" fill="#a5513f"/>` +
  `<path d="M130 235h30v45h-30z" fill="#7b4b33"/><path d="M102 205h22v22h-22zM168 205h22v22h-22z" fill="#5d7f99"/>`;

/** A clumsy repair across roof, wall and sky. */
const REPAIR =
  `<defs><filter id="f"><feGaussianBlur stdDeviation="7"/></filter></defs><g filter="url(#f)">` +
  `<path d="M150 120Q215 130 240 190T205 290L165 270Q180 200 150 120Z" fill="#a9b7a4"/>` +
  `<path d="M160 170L225 215" stroke="#a5513f" stroke-width="16"/></g>`;

/** Addresses (`data:`) of a drawn scene as it is and after a clumsy repair, 360x360. */
export const PRACTICE_PICTURES = { real: picture(SCENE), repaired: picture(SCENE + REPAIR) };

function picture(content: string): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="360">`;
  return `data:image/svg+xml,${encodeURIComponent(`${open}${content}</svg>`)}`;
}
