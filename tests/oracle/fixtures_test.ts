import assert from "node:assert/strict";
import { basename } from "node:path";
import { sha256 } from "../../src/checkpoint/sha256.ts";

const GENERATORS = new URL("generate/", import.meta.url);
const FIXTURES = new URL("fixtures/", import.meta.url);

const fixtureNames = [...Deno.readDirSync(FIXTURES)].map(({ name }) => name).sort();

for (const name of fixtureNames) {
  Deno.test(`the fixture ${name} belongs to its generator and is small`, async () => {
    const text = await Deno.readTextFile(new URL(name, FIXTURES));
    assert.ok(text.length < 50_000, `${text.length} bytes, must be below 50000`);
    const { meta } = JSON.parse(text);
    const generator = /generate\/(\w+\.py)$/.exec(meta.command)?.[1];
    assert.ok(generator !== undefined, `"${meta.command}" names no generator`);
    const sources: string[] = meta.sources ?? [generator];
    assert.equal(sources[0], generator);
    let source = "";
    for (const file of sources) source += await Deno.readTextFile(new URL(file, GENERATORS));
    const hash = await sha256(new TextEncoder().encode(source));
    assert.equal(hash, meta.generatorSha256, `the generator has changed: run ${meta.command}`);
    assert.ok(meta.reference.length > 0);
  });
}

Deno.test("every generator has a fixture, or is a part of others", async () => {
  const used = new Set<string>();
  for (const name of fixtureNames) {
    const { meta } = JSON.parse(await Deno.readTextFile(new URL(name, FIXTURES)));
    for (const source of meta.sources ?? [basename(meta.command)]) used.add(source);
  }
  for await (const { name } of Deno.readDir(GENERATORS)) {
    if (name.endsWith(".py")) assert.ok(used.has(name), `no fixture comes from ${name}`);
  }
});
