import assert from "node:assert/strict";
import { join } from "node:path";
import { checkRunPlace } from "../../../../src/commands/train/check_run_place.ts";
import { withTempDir } from "../../../support/temp_dir.ts";

Deno.test("checkRunPlace() refuses a run folder among the images that the run reads", () =>
  withTempDir(async (root) => {
    const at = (name: string) => join(root, name);
    await Deno.mkdir(at("photos/summer"), { recursive: true });
    await Deno.mkdir(at("masks"));
    await Deno.symlink(at("photos"), at("link"));
    const images = at("photos");
    const refused = [
      [{ images, validation: "auto" }, "photos", "--images", "photos"],
      [{ images, validation: "auto" }, "photos/summer/runs/first", "--images", "photos"],
      [{ images, validation: "none" }, "link/run", "--images", "photos"],
      [{ images: at("link"), validation: "none" }, "photos/run", "--images", "link"],
      [{ images, validation: "auto", masks: at("masks") }, "masks/run", "--masks", "masks"],
      [{ images: at("masks"), validation: images }, "photos/run", "--validation", "photos"],
    ] as const;
    for (const [settings, folder, flag, holder] of refused) {
      await assert.rejects(checkRunPlace(at(folder), settings), {
        name: "UsageError",
        message: `Cannot keep a run in "${at(folder)}": it lies in ${flag} "${at(holder)}", ` +
          "must lie elsewhere",
        hint: "Its previews would be taken for images; give --output another folder",
      });
    }
  }));

Deno.test("checkRunPlace() accepts folders that no listing of the images meets", () =>
  withTempDir(async (root) => {
    const images = join(root, "photos");
    await Deno.mkdir(images);
    for (const folder of ["runs/first", "photos-run", "photos/.runs/first", "..runs"]) {
      await checkRunPlace(join(root, folder), { images, validation: "auto" });
    }
    await checkRunPlace(join(root, "run"), { images: join(root, "missing"), validation: "none" });
  }));
