import assert from "node:assert/strict";
import {
  BackendError,
  DeviceLostError,
  DivergenceError,
  EXIT,
  InputError,
  OutOfMemoryError,
  UsageError,
  UserError,
  WeightsError,
} from "../../src/errors.ts";

const KINDS = [
  { kind: UserError, name: "UserError", exitCode: EXIT.someFailed },
  { kind: UsageError, name: "UsageError", exitCode: EXIT.usage },
  { kind: InputError, name: "InputError", exitCode: EXIT.someFailed },
  { kind: BackendError, name: "BackendError", exitCode: EXIT.unavailable },
  { kind: OutOfMemoryError, name: "OutOfMemoryError", exitCode: EXIT.someFailed },
  { kind: DeviceLostError, name: "DeviceLostError", exitCode: EXIT.unavailable },
  { kind: WeightsError, name: "WeightsError", exitCode: EXIT.unavailable },
];

for (const { kind, name, exitCode } of KINDS) {
  Deno.test(`${name} carries message, hint, cause and an exit code`, () => {
    const cause = new Error("deep");
    const error = new kind("Cannot do it", { hint: "Do that", cause });
    assert.ok(error instanceof UserError);
    assert.deepEqual(
      [error.name, error.message, error.hint, error.cause, error.exitCode],
      [name, "Cannot do it", "Do that", cause, exitCode],
    );
    assert.equal(new kind("Cannot do it").hint, undefined);
  });
}

Deno.test("the exit codes are those of README", () => {
  assert.deepEqual(EXIT, { done: 0, someFailed: 1, usage: 2, unavailable: 3, interrupted: 130 });
});

Deno.test("DivergenceError names the losses that are not finite", () => {
  const error = new DivergenceError(7, { valid: 1, hole: NaN, style: Infinity });
  assert.equal(error.message, "Training diverged at step 7: hole = NaN, style = Infinity");
  assert.equal(error.name, "DivergenceError");
  assert.equal(error.exitCode, EXIT.someFailed);
});

Deno.test("DivergenceError names the total if every loss is finite", () => {
  assert.equal(
    new DivergenceError(7, { valid: 1 }).message,
    "Training diverged at step 7: the total is not finite, though its parts are",
  );
});

Deno.test("DivergenceError names what else is not finite, and takes another hint", () => {
  const error = new DivergenceError(7, { valid: 1 }, { culprit: "gamma is NaN", hint: "Rest" });
  assert.equal(error.message, "Training diverged at step 7: gamma is NaN");
  assert.equal(error.hint, "Rest");
  assert.match(new DivergenceError(7, {}).hint!, /--learning-rate/);
});
