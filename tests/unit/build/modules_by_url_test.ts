import assert from "node:assert/strict";
import { modulesByUrl } from "../../../.ci/build/modules_by_url.ts";

Deno.test("modulesByUrl() finds threads and parts, however the line is broken", () => {
  const text = `
    new Worker(new URL("./a_worker.ts", import.meta.url), { type: "module" });
    const url = new URL(
      "../b_worker.ts",
      import.meta.url,
    );
    import.meta.resolve("./parts/mod.ts");
    new URL("../../weights/", import.meta.url);
    new URL("https://x.example/c.ts", import.meta.url);
  `;
  assert.deepEqual(modulesByUrl("src/data/x.ts", text), [
    "src/data/a_worker.ts",
    "src/b_worker.ts",
    "src/data/parts/mod.ts",
  ]);
});
