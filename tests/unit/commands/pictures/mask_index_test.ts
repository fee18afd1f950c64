import assert from "node:assert/strict";
import { join, resolve, sep } from "node:path";
import { type MaskIndex, openMaskIndex } from "../../../../src/commands/pictures/mask_index.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

/** A folder of empty masks. */
async function withMasks(
  names: readonly string[],
  body: (index: MaskIndex, at: (name: string) => string) => void,
): Promise<void> {
  await withTempDir(async (folder) => {
    const at = (name: string) => join(folder, name);
    for (const name of names) {
      await Deno.mkdir(join(at(name), ".."), { recursive: true });
      await Deno.writeTextFile(at(name), "");
    }
    body(await openMaskIndex(folder), at);
  });
}

const picture = (relative: string) => ({ path: `/elsewhere/${relative}`, relative });

Deno.test("openMaskIndex() finds a mask by relative path and stem, or by LaMa's name", async () => {
  const names = ["a.png", "s/a.webp", "b_mask.png", "s/c_mask000.png", "d_mask7.gif"];
  await withMasks(names, (index, at) => {
    const cases = [
      ["a.jpg", "a.png"],
      ["s/a.jpg", "s/a.webp"],
      ["b.png", "b_mask.png"],
      ["s/c.jpg", "s/c_mask000.png"],
      ["d.png", "d_mask7.gif"],
      // A photograph may have such a name itself.
      ["d_mask7.png", "d_mask7.gif"],
    ] as const;
    for (const [relative, name] of cases) {
      assert.deepEqual(index.find(picture(relative)), { kind: "one", path: at(name) }, relative);
    }
    for (const relative of ["b/a.png", "c.png", "aa.png", "s/b.png"]) {
      assert.deepEqual(index.find(picture(relative)), { kind: "none" }, relative);
    }
    assert.deepEqual(index.files, [...names].sort().map(at));
  });
});

Deno.test("openMaskIndex() gives numbered masks apart, and tells ambiguous ones", async () => {
  const numbered = ["a_mask000.png", "a_mask001.png", "s/b_mask.png", "s/b_mask1.png"];
  const doubtful = ["c.png", "c_mask000.png", "d.png", "d.gif", "e_mask1.png", "e_mask1.webp"];
  await withMasks([...numbered, ...doubtful], (index, at) => {
    assert.deepEqual(index.find(picture("a.jpg")), {
      kind: "several",
      masks: [
        { path: at("a_mask000.png"), stem: "a_mask000" },
        { path: at("a_mask001.png"), stem: "a_mask001" },
      ],
    });
    assert.deepEqual(index.find(picture("s/b.jpg")), {
      kind: "several",
      masks: [
        { path: at("s/b_mask.png"), stem: "s/b_mask" },
        { path: at("s/b_mask1.png"), stem: "s/b_mask1" },
      ],
    });
    for (const name of ["c.png", "d.png", "e.png"]) {
      assert.deepEqual(index.find(picture(name)), { kind: "ambiguous", count: 2 }, name);
    }
  });
});

Deno.test("openMaskIndex() leaves out the picture itself if it has a mask beside it", async () => {
  await withMasks(["a.png", "a_mask.png", "b.png"], (index, at) => {
    const itself = (name: string) => ({ path: at(name), relative: name });
    assert.deepEqual(index.find(itself("a.png")), { kind: "one", path: at("a_mask.png") });
    assert.deepEqual(index.find(itself("b.png")), { kind: "one", path: at("b.png") });
  });
});

Deno.test("listOrphans() counts masks that no picture has asked for", async () => {
  await withMasks(["a.png", "b.png", "in/a.png", "out/a.png", "c_mask0.png"], (index, at) => {
    index.find(picture("a.png"));
    const pictures = [{ path: at("in/a.png"), relative: "a.png" }];
    const { all, orphans } = index.listOrphans(pictures, [resolve(at("out")) + sep]);
    assert.equal(all, 3);
    assert.deepEqual(orphans.map(({ relative }) => relative), ["b.png", "c_mask0.png"]);
  });
});
