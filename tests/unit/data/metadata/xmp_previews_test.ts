import assert from "node:assert/strict";
import { withoutXmpPreviews } from "../../../../src/data/metadata/xmp_previews.ts";

const clean = (text: string) =>
  new TextDecoder().decode(withoutXmpPreviews(new TextEncoder().encode(text)));

Deno.test("withoutXmpPreviews() takes thumbnails and embedded originals out", () => {
  assert.equal(
    clean("<a>ü<xmp:Thumbnails><rdf:Alt>/9j/</rdf:Alt></xmp:Thumbnails><b/></a>"),
    "<a>ü<b/></a>",
  );
  assert.equal(clean("<xap:Thumbnails>1</xap:Thumbnails><xap:Thumbnails>2</xap:Thumbnails>"), "");
  assert.equal(clean('<r xmpNote:HasExtendedXMP="AB" x="1"/>'), '<r  x="1"/>');
  assert.equal(clean("<GImage:Data>/9j/</GImage:Data>"), "");
  assert.equal(clean("<r GDepth:Data='x'/>"), "<r />");
});

Deno.test("withoutXmpPreviews() keeps everything else", () => {
  for (const text of ["", "<a/>", '<r GImage:Mime="x"/>', "<xmp:Thumbnails>without an end"]) {
    assert.equal(clean(text), text);
  }
  assert.equal(clean("<xmp:Thumbnails>".repeat(50_000)).length, 800_000, "and takes no time");
});
