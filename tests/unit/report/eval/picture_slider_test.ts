import assert from "node:assert/strict";
import { htmlText } from "../../../../src/report/html.ts";
import { embed, pictureSlider, psnrText } from "../../../../src/report/eval/picture_slider.ts";
import { evalExample } from "./records.ts";

const options = { id: "bin-0-1", primary: "pconv" };

Deno.test("pictureSlider() embeds every picture once, with its size", () => {
  const page = htmlText(pictureSlider(evalExample(), options));
  // Bytes 1, 1, 1 are AQEB in base64.
  for (const base64 of ["AQEB", "AgIC", "AwMD", "BAQE"]) {
    assert.equal(page.split(`src="data:image/png;base64,${base64}"`).length, 2, base64);
  }
  assert.equal(page.match(/width="40" height="30"/g)?.length, 4);
});

Deno.test("pictureSlider() shows the primary method over the damaged picture first", () => {
  const page = htmlText(pictureSlider(evalExample(), options));
  assert.deepEqual(
    [...page.matchAll(/class="layer (left|right) current"><img [^>]*alt="([^"]*)"/g)]
      .map(([, side, text]) => `${side} ${text}`),
    ["left garden.jpg: damaged", "right garden.jpg: pconv"],
  );
  assert.match(page, /name="bin-0-1-right" value="1" data-name="pconv" checked>/);
  const other = htmlText(pictureSlider(evalExample(), { ...options, primary: "none" }));
  assert.match(other, /name="bin-0-1-right" value="0" data-name="telea" checked>/);
});

Deno.test("pictureSlider() says what is shown", () => {
  const page = htmlText(pictureSlider(evalExample({ dilate: 5 }), options));
  assert.match(
    page,
    /6\.4 % hole, \(0\.01, 0\.1\] B, dilation kernel 5 px, 40x30, mask generated 7\/1/,
  );
  assert.match(
    page,
    /<input type="range" [^>]*aria-label="Border between the pictures of garden\.jpg"/,
  );
  assert.match(page, />telea, 21\.50 dB<\/span>/);
});

Deno.test("pictureSlider() without results has nothing to slide", () => {
  const page = htmlText(pictureSlider(evalExample({ results: [] }), options));
  assert.equal(page.includes('type="range"'), false);
});

Deno.test("pictureSlider() and embed() show names as text", () => {
  const evil = `"><script>`;
  const results = [{ method: evil, picture: new Uint8Array(1), holePsnr: 1 }];
  const page = htmlText(pictureSlider(evalExample({ image: evil, mask: evil, results }), options));
  assert.equal(page.includes("<script>"), false);
  assert.equal(htmlText(embed(evalExample(), new Uint8Array(1), evil)).includes("<script>"), false);
});

Deno.test("psnrText() has words for a hole without error", () => {
  assert.equal(psnrText({ holePsnr: null }), "no error");
  assert.equal(psnrText({ holePsnr: 24.126 }), "24.13 dB");
});
