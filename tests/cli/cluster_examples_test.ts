/**
 * The files under examples/cluster: what they make the program do is a command line that it takes.
 */
import assert from "node:assert/strict";
import { parse } from "../../src/cli/parse.ts";

const FOLDER = new URL("../../examples/cluster/", import.meta.url);

/** Arguments of every call of pconv in a text of shell, with words in place of what the shell would put in. */
function callsOf(shell: string): string[][] {
  const whole = shell.replaceAll(/\\\n\s*/g, " ");
  const lines = whole.split("\n").filter((line) => !line.trimStart().startsWith("#"));
  return lines.flatMap((line) => {
    const call = /(?:^|[\s'"])pconv ((?:inpaint|superres|report) .*)$/.exec(line)?.[1];
    if (call === undefined) return [];
    // What follows belongs to the shell.
    const command = call.split(/ \|\| | & |'$/)[0]!;
    return [
      [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) =>
        (quoted ?? bare!).replaceAll("{}", "3").replaceAll("$PARTS", "16").replaceAll("$i", "3")
          .replaceAll(/\$(\w+)/g, "folder-$1")
      ),
    ];
  });
}

/** Fails unless the program takes the command line. */
function assertParses(args: readonly string[]) {
  const invocation = parse(args);
  assert.equal(invocation.kind, "run", args.join(" "));
  return invocation.kind === "run" ? invocation.parsed : undefined;
}

for (
  const [name, count] of [["slurm-array.sbatch", 1], ["gnu-parallel.sh", 2], [
    "README.md",
    3,
  ]] as const
) {
  Deno.test(`examples/cluster/${name} calls the program as it wants to be called`, async () => {
    const calls = callsOf(await Deno.readTextFile(new URL(name, FOLDER)));
    assert.equal(calls.length, count);
    for (const args of calls) {
      const parsed = assertParses(args)!;
      if (parsed.command !== "inpaint") continue;
      const { shard } = parsed.options as { shard?: string };
      assert.match(shard!, /^(auto|3\/16|3\/4)$/);
    }
  });
}

Deno.test("examples/cluster/kubernetes-indexed-job.yaml: its arguments parse, and both numbers of parts agree", async () => {
  const text = await Deno.readTextFile(new URL("kubernetes-indexed-job.yaml", FOLDER));
  const list = /^ {10}args:\n((?: {12}- .*\n)+)/m.exec(text)![1]!;
  assertParses(list.trim().split("\n").map((line) => line.trim().slice("- ".length)));
  const completions = /^ {2}completions: (\d+)$/m.exec(text)![1];
  const shards = /name: PCONV_SHARDS\n\s+value: "(\d+)"/.exec(text)![1];
  assert.equal(completions, shards);
  assert.match(text, /^ {2}completionMode: Indexed$/m);
  assert.match(text, /readOnlyRootFilesystem: true/);
});

Deno.test("examples/cluster/Dockerfile starts a program that is there, without network and without a prompt", async () => {
  const text = await Deno.readTextFile(new URL("Dockerfile", FOLDER));
  const words = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(text)![1]!) as string[];
  assert.equal(words.at(-1), "/opt/pconv/main.ts");
  assert.ok(words.includes("--no-prompt") && words.includes("--cached-only"));
  assert.equal(words.some((word) => word.startsWith("--allow-net") || word === "-A"), false);
  for (const [, sources] of text.matchAll(/^COPY (.*) \S+$/gm)) {
    for (const source of sources!.split(" ")) {
      await Deno.lstat(new URL(`../../${source}`, FOLDER));
    }
  }
});
