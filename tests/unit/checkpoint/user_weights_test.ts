import assert from "node:assert/strict";
import { join } from "node:path";
import { userVgg16Path, userWeightsFolder } from "../../../src/checkpoint/user_weights.ts";
import { InputError } from "../../../src/errors.ts";

function folder(os: string, variables: Record<string, string>): string {
  return userWeightsFolder({ os, env: (name) => variables[name] });
}

Deno.test("userWeightsFolder() takes PCONV_HOME as it is, on every system", () => {
  for (const os of ["linux", "darwin", "windows"]) {
    assert.equal(folder(os, { PCONV_HOME: "/p", HOME: "/h", XDG_DATA_HOME: "/x" }), "/p");
  }
});

Deno.test("userWeightsFolder() follows the customs of each system", () => {
  const home = { HOME: "/h", USERPROFILE: "/u" };
  assert.equal(folder("linux", home), join("/h", ".local", "share", "pconv"));
  assert.equal(folder("freebsd", { ...home, XDG_DATA_HOME: "/x" }), join("/x", "pconv"));
  assert.equal(
    folder("linux", { ...home, XDG_DATA_HOME: "" }),
    join("/h", ".local", "share", "pconv"),
  );
  assert.equal(folder("darwin", home), join("/h", "Library", "Application Support", "pconv"));
  assert.equal(folder("windows", home), join("/u", "AppData", "Local", "pconv"));
  assert.equal(folder("windows", { ...home, LOCALAPPDATA: "/l" }), join("/l", "pconv"));
});

Deno.test("userWeightsFolder() asks for a folder where there is no home", () => {
  assert.throws(
    () => folder("linux", {}),
    (error) => error instanceof InputError && error.hint!.includes("PCONV_HOME"),
  );
});

Deno.test("userVgg16Path() is a file in that folder", () => {
  const env = (name: string) => name === "PCONV_HOME" ? "/p" : undefined;
  assert.equal(userVgg16Path({ env }), join("/p", "vgg16.safetensors"));
});
