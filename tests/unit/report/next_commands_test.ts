import assert from "node:assert/strict";
import { nextCommands } from "../../../src/report/next_commands.ts";
import { runRecord } from "./records.ts";

const commandsOf = (record: Parameters<typeof nextCommands>[0]) =>
  nextCommands(record).map(({ command }) => command);

Deno.test("nextCommands() of a finished run train longer, fine-tune and inpaint", () => {
  const record = runRecord({ state: "done", best: { step: 100, holePsnr: 20 } });
  assert.deepEqual(commandsOf(record), [
    "pconv train --resume runs/first --steps 400",
    "pconv finetune -w runs/first/best.safetensors --images photos -o runs/first-finetune",
    "pconv inpaint photo.jpg -m mask.png -w runs/first/best.safetensors -o filled.jpg",
  ]);
});

Deno.test("nextCommands() without a validation use the last weights", () => {
  const { best: _, ...record } = runRecord();
  assert.match(commandsOf(record)[2]!, /-w runs\/first\/weights\.safetensors/);
});

Deno.test("nextCommands() of an interrupted run go on", () => {
  assert.equal(
    commandsOf(runRecord({ state: "interrupted" }))[0],
    "pconv train --resume runs/first",
  );
});

Deno.test("nextCommands() of a diverged run go on at half the rate", () => {
  const record = runRecord({ state: "diverged" });
  assert.equal(commandsOf(record)[0], "pconv train --resume runs/first --learning-rate 0.0001");
});

Deno.test("nextCommands() quote paths for a shell", () => {
  const record = runRecord({
    state: "running",
    folder: "my run's/",
    settings: { images: "$(rm -r .)" },
  });
  const [resume, finetune] = commandsOf(record);
  assert.equal(resume, String.raw`pconv train --resume 'my run'\''s/'`);
  assert.equal(
    finetune,
    String
      .raw`pconv finetune -w 'my run'\''s/best.safetensors' --images '$(rm -r .)' -o 'my run'\''s-finetune'`,
  );
});

Deno.test("nextCommands() take the name where no folder is known", () => {
  const { folder: _, ...record } = runRecord({ state: "running", name: "only-name" });
  assert.equal(commandsOf(record)[0], "pconv train --resume only-name");
});
