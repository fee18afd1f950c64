import assert from "node:assert/strict";
import { gatherRuns } from "../../../../src/commands/report/gather_runs.ts";
import type {
  DoneEntry,
  LedgerEntry,
  SessionEntry,
} from "../../../../src/commands/pictures/ledger/ledger_entry.ts";

const session = (startedAt: string, shard: string | null = null): SessionEntry => ({
  ...{
    kind: "session",
    tag: startedAt,
    startedAt,
    version: "1",
    command: `run ${startedAt}`,
    cwd: Deno.cwd(),
  },
  ...{ shard, facts: [] },
});

const done = (input: string, row: Record<string, unknown> = {}): DoneEntry => ({
  ...{
    kind: "done",
    ...{ input, stem: input },
    output: `${input}.png`,
    inputSha256: "",
    mask: "",
    maskRest: "",
    maskFile: null,
    maskSha256: null,
  },
  ...{ settings: {}, outputSha256: "", row: { status: "filled", warnings: [], ...row } },
});

const failed = (input: string): LedgerEntry => ({
  ...{ kind: "failed", input, stem: input, error: `no ${input}` },
});

const ledgers = (...files: readonly (readonly LedgerEntry[])[]) =>
  files.map((entries, i) => ({ name: `${i}`, entries }));

Deno.test("gatherRuns() takes the last word on each picture, of all parts and runs", () => {
  const gathered = gatherRuns([{
    folder: "out",
    ledgers: ledgers(
      // The second run of part 1 comes after part 2 on the clock.
      [
        session("2026-01-01T00:00:00.000Z", "1/2"),
        failed("a"),
        done("b", { elapsedMs: 5, holeRatio: 0.5, width: 3, height: 4, verified: "yes" }),
        session("2026-01-01T00:10:00.000Z", "1/2"),
        done("a", { status: "unchanged", warnings: ["odd"], mask: "m.png", elapsedMs: "5" }),
        { kind: "end", tag: "x", elapsedMs: 60_000 },
      ],
      [
        session("2026-01-01T00:05:00.000Z", "2/2"),
        failed("c"),
        done("d", { status: "nonsense", warnings: 5 }),
        { kind: "end", tag: "y", elapsedMs: 400_000 },
      ],
    ),
  }]);
  const nothing = { warnings: [] };
  assert.deepEqual(gathered.rows, [
    {
      ...{ input: "a", output: "out/a.png", status: "unchanged" },
      ...{ mask: "m.png", warnings: ["odd"], shard: "1/2" },
    },
    {
      ...{ input: "b", output: "out/b.png", status: "filled", ...nothing, shard: "1/2" },
      ...{ width: 3, height: 4, holeRatio: 0.5, elapsedMs: 5, verified: "yes" },
    },
    { input: "c", status: "failed", error: "no c", ...nothing, shard: "2/2" },
    { input: "d", output: "out/d.png", status: "filled", ...nothing, shard: "2/2" },
  ]);
  // By hand: part 2 ends 5 minutes and 400 s after the first beginning, later than run two of part 1, 11 minutes.
  assert.equal(gathered.elapsedMs, 700_000);
  assert.equal(gathered.startedAt, "2026-01-01T00:00:00.000Z");
  assert.equal(gathered.session!.command, "run 2026-01-01T00:10:00.000Z");
});

Deno.test("gatherRuns() keeps folders apart, and has one row for a picture that fails later", () => {
  const run = [session("2026-01-01T00:00:00.000Z"), done("a"), failed("a")];
  const { rows } = gatherRuns([
    { folder: "x", ledgers: ledgers(run) },
    { folder: "y", ledgers: ledgers([session("2026-01-02T00:00:00.000Z"), done("a")]) },
  ]);
  assert.deepEqual(rows.map(({ status, output }) => [status, output]), [
    ["failed", undefined],
    ["filled", "y/a.png"],
  ]);
});

Deno.test("gatherRuns() of nothing is nothing", () => {
  const nothing = {
    ...{ session: undefined, startedAt: "", elapsedMs: 0, rows: [] },
    entries: new Map(),
  };
  assert.deepEqual(gatherRuns([]), nothing);
  assert.deepEqual(gatherRuns([{ folder: "x", ledgers: ledgers([], [done("a")]) }]), nothing);
});
