import assert from "node:assert/strict";
import { PRACTICE_PICTURES } from "../../../../src/report/study/study_practice.ts";

Deno.test("PRACTICE_PICTURES hold all they show, and differ by the repair alone", () => {
  const texts = Object.values(PRACTICE_PICTURES).map((address) => {
    assert.match(address, /^data:image\/svg\+xml,%3Csvg/);
    return decodeURIComponent(address.slice(address.indexOf(",") + 1));
  });
  for (const text of texts) {
    assert.match(text, /^<svg .*<\/svg>$/);
    assert.equal(/href|url\((?!#)|<script|<image/.test(text), false);
  }
  const [real, repaired] = texts.map((text) => text.replace("</svg>", ""));
  assert.ok(repaired!.startsWith(real!) && repaired !== real);
});
