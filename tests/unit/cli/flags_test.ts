import assert from "node:assert/strict";
import { findCommand } from "../../../src/cli/commands_table.ts";
import { COMMANDS } from "../../../src/cli/commands_table.ts";
import type { Flag } from "../../../src/cli/flag.ts";
import {
  commandsWithFlag,
  FLAGS,
  flagsOf,
  isAnsweredBefore,
  optionName,
  type OptionsOf,
} from "../../../src/cli/flags.ts";
import { defaultText, readValue } from "../../../src/cli/flag_value.ts";

const ALL: readonly Flag[] = FLAGS;

Deno.test("FLAGS have no name or short name twice within a command", () => {
  for (const { name: command } of COMMANDS) {
    const flags = flagsOf(command);
    const names = flags.map(({ name }) => name);
    const shorts = flags.flatMap(({ short }) => short ?? []);
    assert.deepEqual(names, [...new Set(names)], command);
    assert.deepEqual(shorts, [...new Set(shorts)], command);
  }
});

Deno.test("FLAGS use a short letter for the same name in every command", () => {
  const byShort = new Map<string, string>();
  for (const { short, name } of ALL) {
    if (short === undefined) continue;
    assert.equal(byShort.get(short) ?? name, name, `-${short}`);
    byShort.set(short, name);
  }
});

Deno.test("FLAGS are written in one style", () => {
  for (const flag of ALL) {
    assert.match(flag.name, /^[a-z]+(-[a-z]+)*\d*$/);
    assert.match(flag.short ?? "x", /^[a-zA-Z]$/, flag.name);
    assert.match(flag.help, /^[A-Z].*[^.]$/, flag.name);
    assert.ok(flag.help.length < 70, `${flag.name}: help is ${flag.help.length} long`);
    assert.match(flag.longHelp ?? "A.", /\.$/, flag.name);
    assert.ok(flag.commands.length > 0, flag.name);
    if (flag.kind !== "boolean") assert.match(flag.value, /^\S+$/, flag.name);
    if (flag.kind !== "choice" || flag.value === flag.choices.join("|")) continue;
    // Too many to be a placeholder: then the notes of the commands name them all.
    assert.equal(flag.value, "NAME", flag.name);
    for (const command of flag.commands) {
      const notes = findCommand(command)!.notes?.join(" ") ?? "";
      for (const choice of flag.choices) assert.match(notes, new RegExp(`\\b${choice}\\b`));
    }
  }
});

Deno.test("FLAGS have defaults that their own checks accept", () => {
  for (const flag of ALL) {
    if (flag.kind === "boolean" || flag.default === undefined) continue;
    assert.equal(flag.defaultText, undefined, `${flag.name} tells two defaults`);
    assert.equal(flag.required, undefined, `${flag.name} is required and has a default`);
    assert.deepEqual(readValue(flag, defaultText(flag)!), { isValid: true, value: flag.default });
  }
});

Deno.test("flagsOf() gives finetune the flags of train", () => {
  assert.deepEqual(flagsOf("finetune"), flagsOf("train"));
});

Deno.test("commandsWithFlag() names the owners of a flag", () => {
  assert.deepEqual(commandsWithFlag("steps"), ["train", "finetune", "sweep"]);
  assert.deepEqual(commandsWithFlag("size"), ["train", "finetune", "eval", "masks generate"]);
  assert.deepEqual(commandsWithFlag("bogus"), []);
});

Deno.test("isAnsweredBefore() names flags that no command sees", () => {
  const names = flagsOf("doctor").map(({ name }) => name).filter(isAnsweredBefore);
  assert.deepEqual(names, ["help", "help-all", "version"]);
});

Deno.test("FLAGS have aliases that are no choices and lead to one", () => {
  for (const flag of ALL) {
    if (flag.kind !== "choice") continue;
    for (const [alias, choice] of Object.entries(flag.aliases ?? {})) {
      assert.ok(!flag.choices.includes(alias) && flag.choices.includes(choice), alias);
    }
  }
  const format = flagsOf("inpaint").find(({ name }) => name === "format")!;
  assert.ok(format.kind === "choice");
  assert.deepEqual(readValue(format, "jpg"), { isValid: true, value: "jpeg" });
});

Deno.test("FLAGS that a command cannot run without are in its short help", () => {
  for (const flag of ALL) assert.ok(!(flag.required && flag.isRare), flag.name);
});

Deno.test("optionName() turns words to camel case", () => {
  assert.equal(optionName("side-by-side"), "sideBySide");
  assert.equal(optionName("mask"), "mask");
});

Deno.test("OptionsOf gives every option the type that its flag says", () => {
  // The compiler is the test: a wrong type in the record does not check, and one that is left out neither.
  const options: OptionsOf<"inpaint"> = {
    mask: "m.png",
    pairs: undefined,
    maskColor: "#f0f",
    maskColorTolerance: undefined,
    box: ["0,0,10%,20"],
    maskGrow: 0,
    maskFeather: 0,
    maskPolarity: "auto",
    invertMask: false,
    maskThreshold: 128,
    missingMask: "fail",
    strict: false,
    output: undefined,
    overwrite: false,
    suffix: undefined,
    format: "webp",
    quality: 95,
    verify: false,
    json: false,
    report: undefined,
    dryRun: false,
    failFast: false,
    watch: false,
    shard: undefined,
    workers: 1,
    sideBySide: false,
    method: "pconv",
    results: undefined,
    seed: 1,
    weights: undefined,
    context: "auto",
    tile: 1024,
    device: "gpu",
    quiet: false,
  };
  const size: OptionsOf<"masks generate">["size"] = { width: 1, height: 2 };
  const cropPx: OptionsOf<"train">["size"] = 256;
  const ratio: OptionsOf<"train">["maskRatio"] = [0.1, 0.2];
  // @ts-expect-error "bmp" is no choice of --format
  const format: OptionsOf<"inpaint">["format"] = "bmp";
  assert.deepEqual(
    Object.keys(options),
    flagsOf("inpaint").map(({ name }) => optionName(name)).filter((name) =>
      !["help", "helpAll", "version"].includes(name)
    ),
  );
  assert.deepEqual([size.height, cropPx, ratio[1], format], [2, 256, 0.2, "bmp"]);
});
