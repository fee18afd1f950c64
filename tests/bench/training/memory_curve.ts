/**
 * A drawing of memory over steps.
 * @module
 */
import type { MemoryRun } from "./memory_run.ts";

const [WIDTH, HEIGHT] = [720, 360];
const FRAME = { left: 60, right: 20, top: 40, bottom: 46 };
const COLOURS = ["#0b6bcb", "#c2410c", "#15803d"];

/** Draws the resident memory of runs over their steps as SVG; the axis of memory begins at 0. */
export function drawCurves(runs: readonly MemoryRun[]): string {
  const all = runs.flatMap(({ samples }) => samples);
  const mostStep = Math.max(1, ...all.map(({ step }) => step));
  const mostMiB = 100 * Math.ceil(Math.max(...all.map(({ residentMiB }) => residentMiB)) / 100);
  const x = (step: number) => FRAME.left + (WIDTH - FRAME.left - FRAME.right) * step / mostStep;
  const y = (mib: number) =>
    HEIGHT - FRAME.bottom - (HEIGHT - FRAME.top - FRAME.bottom) * mib / mostMiB;
  const lines: string[] = [];
  for (let mib = 0; mib <= mostMiB; mib += mostMiB > 600 ? 200 : 100) {
    lines.push(
      `<path d="M${FRAME.left} ${y(mib)}H${WIDTH - FRAME.right}" stroke="#ddd"/>`,
      `<text x="${FRAME.left - 8}" y="${y(mib) + 4}" text-anchor="end">${mib}</text>`,
    );
  }
  for (let i = 0; i <= 4; i++) {
    const step = Math.round(mostStep * i / 4);
    lines.push(
      `<text x="${x(step)}" y="${HEIGHT - FRAME.bottom + 18}" text-anchor="middle">${step}</text>`,
    );
  }
  runs.forEach(({ name, samples }, i) => {
    const colour = COLOURS[i % COLOURS.length]!;
    const points = samples.map(({ step, residentMiB }) =>
      `${x(step).toFixed(1)},${y(residentMiB).toFixed(1)}`
    );
    lines.push(
      `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
      `<text x="${FRAME.left + 10 + i * 220}" y="22" fill="${colour}">${name}</text>`,
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" ` +
    `font-family="sans-serif" font-size="12" fill="#333">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...lines,
    `<text x="${WIDTH / 2}" y="${HEIGHT - 8}" text-anchor="middle">optimiser steps</text>`,
    `<text x="16" y="${HEIGHT / 2}" text-anchor="middle" ` +
    `transform="rotate(-90 16 ${HEIGHT / 2})">resident memory, MiB</text>`,
    "</svg>",
    "",
  ].join("\n");
}
