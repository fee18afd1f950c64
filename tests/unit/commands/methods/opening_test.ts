import assert from "node:assert/strict";
import { opening } from "../../../../src/commands/methods/opening.ts";

Deno.test("opening() opens once, at once or when it is asked for", async () => {
  for (const isSoon of [true, false]) {
    let opened = 0;
    const it = opening(() => Promise.resolve({ number: ++opened, close() {} }), { isSoon });
    assert.equal(opened, isSoon ? 1 : 0);
    await it.ready();
    assert.equal(opened, isSoon ? 1 : 0, "waiting for it is no wish to have it");
    const [one, other] = await Promise.all([it.opened(), it.opened()]);
    assert.deepEqual([one.number, other.number], [1, 1]);
    assert.equal(opened, 1);
  }
});

Deno.test("opening() closes what was opened, and nothing else", async () => {
  let closed = 0;
  const open = () => Promise.resolve({ close: () => void closed++ });
  opening(open, { isSoon: false }).close();
  const it = opening(open, { isSoon: true });
  it.close();
  await it.ready();
  assert.equal(closed, 1);
});

Deno.test("opening() fails as the opening does, to all who wait and to nobody else", async () => {
  const it = opening(() => Promise.reject(new Error("no weights")), { isSoon: true });
  // A turn of the event loop without anybody waiting: nothing may be reported as unhandled.
  await new Promise((resolve) => setTimeout(resolve));
  await assert.rejects(it.opened(), /no weights/);
  await assert.rejects(it.ready(), /no weights/);
  it.close();
});
