/**
 * What `--version` says behind the version.
 * @module
 */
import { buildStamp } from "../../checkpoint/source_version.ts";

/** Commit, its date and target of an executable, such as ` (1a2b3c4, 2026-11-25, x86_64-apple-darwin)`; else "". */
export async function aboutBuild(): Promise<string> {
  const stamp = await buildStamp();
  if (stamp === undefined) return "";
  return ` (${[stamp.commit.slice(0, 7), stamp.date, stamp.target].join(", ")})`;
}
