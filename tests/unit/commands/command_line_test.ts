import assert from "node:assert/strict";
import { commandLine, machineFacts } from "../../../src/commands/command_line.ts";

Deno.test("commandLine() quotes what a shell would split", () => {
  assert.equal(
    commandLine(["eval", "--images", "my photos", "-o", "it's", "--shard=1/2"]),
    "pconv eval --images 'my photos' -o 'it'\\''s' --shard=1/2",
  );
});

Deno.test("machineFacts() tell machine and time", async () => {
  const [source, machine, begun] = await machineFacts(new Date(Date.UTC(2026, 10, 5, 7, 8, 9)));
  assert.match(source![1], /^commit ([0-9a-f]{40}|unknown)$/);
  assert.match(machine![1], /^\d+ cores, .*Deno \d+\.\d+/);
  assert.deepEqual(begun, ["begun", "2026-11-05T07:08Z"]);
});
