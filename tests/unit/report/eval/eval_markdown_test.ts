import assert from "node:assert/strict";
import { comparisonMarkdown, evalMarkdown } from "../../../../src/report/eval/eval_markdown.ts";
import { estimate, evalPageRecord, evalRow, evalTable } from "./records.ts";

Deno.test("evalMarkdown() writes a small evaluation to the character", () => {
  assert.equal(
    evalMarkdown(evalPageRecord()),
    `# Garden

\`\`\`
pconv eval garden
\`\`\`

|       |     |
| ----- | --: |
| pairs |  10 |

## Composite

Means over pairs, of all pixels: the result in the holes, the truth elsewhere.

|                    | (0.01, 0.1] N | (0.01, 0.1] B |     all N |     all B |   all N+B | (0.6, 1] B |
| ------------------ | ------------: | ------------: | --------: | --------: | --------: | ---------: |
| PSNR, dB ↑ (pconv) |     **30.00** |     **30.00** | **30.00** | **30.00** | **30.00** |      20.00 |
| PSNR, dB ↑ (telea) |         28.00 |         28.00 |     28.00 |     28.00 |     28.00 |  **21.00** |
| pairs              |             4 |             4 |         4 |         4 |         8 |          2 |

## Holes only

Means over pairs, of hole pixels alone: sums divided by their number.

|                    | (0.01, 0.1] N | (0.01, 0.1] B |     all N |     all B |   all N+B | (0.6, 1] B |
| ------------------ | ------------: | ------------: | --------: | --------: | --------: | ---------: |
| PSNR, dB ↑ (pconv) |     **20.00** |     **20.00** | **20.00** | **20.00** | **20.00** |      10.00 |
| PSNR, dB ↑ (telea) |         18.00 |         18.00 |     18.00 |     18.00 |     18.00 |  **11.00** |
| pairs              |             4 |             4 |         4 |         4 |         8 |          2 |

## Time

Medians over pairs of the time to fill, from 8-bit pixels to 8-bit pixels.

|                           | (0.01, 0.1] N | (0.01, 0.1] B | all N | all B | all N+B | (0.6, 1] B |
| ------------------------- | ------------: | ------------: | ----: | ----: | ------: | ---------: |
| Median time, ms ↓ (pconv) |         180.0 |         180.0 | 180.0 | 180.0 |   180.0 |      180.0 |
| pairs                     |             4 |             4 |     4 |     4 |       8 |          2 |

## Results without error

- telea, (0.01, 0.1\\] N: 1 of 4 composites equal the truth

## pconv against telea

Mean of PSNR of the holes of pconv less that of telea, in dB, on the same pairs.

| holes           | pairs | difference |    95 % interval | pconv wins |  better |
| --------------- | ----: | ---------: | ---------------: | ---------: | ------: |
| (0.01, 0.1] N+B |     8 |     +2.000 | [+1.500, +2.250] |          7 |   pconv |
| (0.6, 1] B      |     1 |     -1.000 |                – |          0 | unclear |

## Problems

- broken.jpg: Cannot decode image

## Remarks

- LPIPS was not computed.

## Means with 95 % intervals

### PSNR, dB

| holes           | pairs |                    pconv |                    telea |
| --------------- | ----: | -----------------------: | -----------------------: |
| (0.01, 0.1] N   |     4 | **30.00** [29.00, 31.00] | 28.00 [27.00, 29.00] n=3 |
| (0.01, 0.1] B   |     4 | **30.00** [29.00, 31.00] |     28.00 [27.00, 29.00] |
| (0.01, 0.1] N+B |     8 | **30.00** [29.00, 31.00] | 28.00 [27.00, 29.00] n=7 |
| all N           |     4 | **30.00** [29.00, 31.00] | 28.00 [27.00, 29.00] n=3 |
| all B           |     4 | **30.00** [29.00, 31.00] |     28.00 [27.00, 29.00] |
| all N+B         |     8 | **30.00** [29.00, 31.00] | 28.00 [27.00, 29.00] n=7 |
| (0.6, 1] B      |     2 |     20.00 [19.00, 21.00] | **21.00** [20.00, 22.00] |

### PSNR of the holes, dB

| holes           | pairs |                    pconv |                    telea |
| --------------- | ----: | -----------------------: | -----------------------: |
| (0.01, 0.1] N   |     4 | **20.00** [19.00, 21.00] |     18.00 [17.00, 19.00] |
| (0.01, 0.1] B   |     4 | **20.00** [19.00, 21.00] |     18.00 [17.00, 19.00] |
| (0.01, 0.1] N+B |     8 | **20.00** [19.00, 21.00] |     18.00 [17.00, 19.00] |
| all N           |     4 | **20.00** [19.00, 21.00] |     18.00 [17.00, 19.00] |
| all B           |     4 | **20.00** [19.00, 21.00] |     18.00 [17.00, 19.00] |
| all N+B         |     8 | **20.00** [19.00, 21.00] |     18.00 [17.00, 19.00] |
| (0.6, 1] B      |     2 |      10.00 [9.00, 11.00] | **11.00** [10.00, 12.00] |

## As LaMa computes it

Ten ranges.

| method | SSIM |
| ------ | ---: |
| pconv  |  0.9 |

## Definitions

l1 %: 100 · mean \\|a - b\\| / 255.
`,
  );
});

Deno.test("evalMarkdown() names the dilation where there are several", () => {
  const text = evalMarkdown(evalPageRecord({ table: evalTable([0, 5]) }));
  assert.equal(text.match(/^## Composite, dilation kernel [05] px$/gm)?.length, 2);
  assert.match(text, /^### PSNR of the holes, dB, dilation kernel 5 px$/m);
});

Deno.test("evalMarkdown() of nothing is short", () => {
  const text = evalMarkdown(evalPageRecord({
    command: "",
    facts: [],
    table: { methods: [], dilations: [], rows: [] },
    definitions: [],
    problems: [],
    remarks: [],
    comparisons: [],
    presets: [],
  }));
  assert.equal(text, "# Garden\n");
});

Deno.test("evalMarkdown() keeps hostile names within their cell", () => {
  const method = "a|b\n<script>";
  const table = { methods: [method], dilations: [0], rows: [evalRow({ method, border: "N" })] };
  const text = evalMarkdown(evalPageRecord({ table, problems: ["[x](javascript:y)"] }));
  assert.match(text, /\| PSNR, dB ↑ \(a\\\|b \\<script\\>\) \|/);
  assert.match(text, /- \\\[x\\\]\(javascript:y\)/);
});

Deno.test("evalMarkdown() gives no interval where there is none", () => {
  const scores = { lpips: estimate(0.25, { low: null, high: null }) };
  const table = { methods: ["pconv"], dilations: [0], rows: [evalRow({ border: "B", scores })] };
  assert.match(
    evalMarkdown(evalPageRecord({ table })),
    /\| \(0\.01, 0\.1\] B \| {5}4 \| 0\.250 \|/,
  );
});

Deno.test("comparisonMarkdown() stands for itself and needs no unit", () => {
  const [comparison] = evalPageRecord().comparisons;
  const rows = [{ ...comparison!.rows[0]!, verdict: "b" as const }];
  assert.equal(
    comparisonMarkdown({ ...comparison!, score: "SSIM", unit: "", b: "a|b", rows }),
    `## pconv against a\\|b

Mean of SSIM of pconv less that of a\\|b, on the same pairs.

| holes           | pairs | difference |    95 % interval | pconv wins | better |
| --------------- | ----: | ---------: | ---------------: | ---------: | -----: |
| (0.01, 0.1] N+B |     8 |     +2.000 | [+1.500, +2.250] |          7 |   a\\|b |`,
  );
});
