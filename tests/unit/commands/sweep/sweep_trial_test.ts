import assert from "node:assert/strict";
import { trialSettings } from "../../../../src/commands/sweep/sweep_trial.ts";

Deno.test("trialSettings() adds the trial's weights and measures at the end", () => {
  assert.deepEqual(trialSettings({ steps: 50, batch: 2 }, 50, { hole: 3, valid: 0 }), {
    steps: 50,
    batch: 2,
    validateEvery: 50,
    losses: { hole: { weight: 3 }, valid: { weight: 0 } },
  });
});

Deno.test("trialSettings() keeps what was given", () => {
  const given = { validateEvery: 10, losses: { hole: { weight: 1 }, valid: { weight: 2 } } };
  assert.deepEqual(trialSettings(given, 50, { hole: 3 }), {
    validateEvery: 10,
    losses: { hole: { weight: 3 }, valid: { weight: 2 } },
  });
});
