/**
 * How the pictures of a run ended, in words and in colours.
 * @module
 */
import { formatCount } from "../number_text.ts";
import type { PictureRow, PictureStatus } from "./run_page_record.ts";

/** All of them, in the order of the page. */
export const STATUSES: readonly PictureStatus[] = [
  "failed",
  "filled",
  "enlarged",
  "unchanged",
  "copied",
  "done before",
];

/** Class of a status: "done-before". */
export function statusClass(status: PictureStatus): string {
  return status.replaceAll(" ", "-");
}

/** How many pictures ended in which way; those that occur alone, in the order of the page. */
export function countStatuses(
  rows: readonly Pick<PictureRow, "status">[],
): Map<PictureStatus, number> {
  const counts = new Map<PictureStatus, number>(STATUSES.map((status) => [status, 0]));
  for (const { status } of rows) counts.set(status, counts.get(status)! + 1);
  return new Map([...counts].filter(([, count]) => count > 0));
}

/** True if the run itself made the result. */
export function isDoneNow({ status }: Pick<PictureRow, "status">): boolean {
  return status !== "failed" && status !== "done before";
}

/** "1 picture", "12,345 pictures". */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Share of a picture that was hole, if that says anything: an enlargement without a mask has none. */
export function shownRatio(
  { status, holeRatio }: Pick<PictureRow, "status" | "holeRatio">,
): number | undefined {
  return status === "enlarged" && holeRatio === 0 ? undefined : holeRatio;
}
