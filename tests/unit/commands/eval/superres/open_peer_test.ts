import assert from "node:assert/strict";
import { openPeer } from "../../../../../src/commands/eval/superres/open_peer.ts";
import { useBackend } from "../../../../support/for_each_backend.ts";
import { withTempDir } from "../../../../support/temp_dir.ts";
import { writeTinyEnlarger } from "../../../../support/tiny_enlarger.ts";

const openBackend = () => useBackend("cpu");

Deno.test("openPeer() opens the scales there are, also of an unpacked package, and tells which lack", async () => {
  await withTempDir(async (folder) => {
    await writeTinyEnlarger(`${folder}/x2`, 2, "plain");
    await writeTinyEnlarger(`${folder}/models/x4`, 4, "residual");
    const options = { scales: [2, 3, 4], openBackend };
    const peer = await openPeer({ name: "peer", path: folder }, options);
    assert.deepEqual(peer.lacks, [3]);
    assert.match(peer.what, /x2 sha256 \w{12}, levels 0 to 255; x4 sha256 \w{12}, levels 0 to 1;/);
    const picture = { width: 1, height: 1, rgb255: Uint8Array.of(7, 8, 9) };
    const large = await peer.upscaler!.upscale(picture, { scale: 2 });
    assert.deepEqual([...large.rgb255], [7, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9]);
    // Whatever scales are asked for, the folder is the same peer, until a network changes.
    const one = await openPeer({ name: "peer", path: folder }, { ...options, scales: [4] });
    assert.equal(one.identity, peer.identity);
    await writeTinyEnlarger(`${folder}/x2`, 2, "residual");
    const other = await openPeer({ name: "peer", path: folder }, options);
    assert.notEqual(other.identity, peer.identity);
  });
});

Deno.test("openPeer() refuses folders without any network, and graph models", async () => {
  await withTempDir(async (folder) => {
    const open = () => openPeer({ name: "peer", path: folder }, { scales: [2, 3], openBackend });
    await writeTinyEnlarger(`${folder}/x4`, 4, "plain");
    await assert.rejects(open(), {
      name: "WeightsError",
      message: `Cannot find a network in "${folder}": there is no x2/model.json, nor one of ` +
        "another scale that is asked for",
    });
    await writeTinyEnlarger(`${folder}/x3`, 3, "plain");
    const path = `${folder}/x3/model.json`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace("layers-model", "graph-model"));
    await assert.rejects(open(), {
      name: "WeightsError",
      message: `Cannot enlarge with "${path}": it is a graph-model, must be a layers-model`,
    });
  });
});
