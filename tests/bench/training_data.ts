/**
 * How fast the workers make training data, how long a device would wait for it, and whether their memory stays bounded.
 *
 * ```sh
 * deno run -A tests/bench/training_data.ts --output out/training_data
 * ```
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { listDataset } from "../../src/data/folder_dataset.ts";
import { openMaskFolder } from "../../src/data/mask_folder.ts";
import { openSamples } from "../../src/data/sample_stream.ts";
import { collectFacts, describeFacts } from "./training/facts.ts";
import { makePhotos } from "./training/make_photos.ts";

/** What one number of workers gave. */
interface Row {
  readonly workers: number;
  readonly samplesPerSecond: number;
  /** Share of the time that a loop with `stepMs` of other work a step waited. */
  readonly waitShare: number;
  /** Resident memory in MiB after each tenth of the batches. */
  readonly rssMiB: readonly number[];
}

const { values: flags } = parseArgs({
  args: Deno.args,
  options: {
    images: { type: "string" },
    masks: { type: "string" },
    size: { type: "string", default: "128" },
    batch: { type: "string", default: "8" },
    batches: { type: "string", default: "2000" },
    "step-ms": { type: "string", default: "250" },
    "cache-mib": { type: "string", default: "1024" },
    workers: { type: "string", default: "1,2" },
    photo: { type: "string", default: "1024x768" },
    photos: { type: "string", default: "200" },
    output: { type: "string" },
    child: { type: "boolean", default: false },
  },
});

if (flags.child) console.log(JSON.stringify(await measure(Number(flags.workers))));
else await main();

/** Measures every number of workers in a process of its own, so that memory is not mixed up. */
async function main(): Promise<void> {
  const temporary = await Deno.makeTempDir({ prefix: "pconv-bench-" });
  try {
    const images = flags.images ?? join(temporary, "photos");
    if (flags.images === undefined) {
      const [width, height] = flags.photo.split("x").map(Number) as [number, number];
      await makePhotos(images, { count: Number(flags.photos), width, height });
    }
    const rows: Row[] = [];
    for (const workers of flags.workers.split(",")) {
      const { stdout, success } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-A", import.meta.filename!, ...Deno.args, "--child"],
          ...["--images", images, "--workers", workers],
        ],
        stderr: "inherit",
      }).output();
      if (!success) throw new Error(`the run with ${workers} workers failed`);
      rows.push(JSON.parse(new TextDecoder().decode(stdout)) as Row);
    }
    await report(rows, (await listDataset(images)).length);
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

async function measure(workers: number): Promise<Row> {
  const [size, batchSize, batches] = [flags.size, flags.batch, flags.batches].map(Number) as [
    number,
    number,
    number,
  ];
  const images = await listDataset(flags.images!);
  const masks = flags.masks === undefined ? undefined : await openMaskFolder(flags.masks, {
    polarity: "auto",
    dilate: [9, 49],
    ratio: [0.01, 0.6],
    size,
  });
  const samples = openSamples({
    images,
    size,
    batchSize,
    seed: 1,
    workers,
    cacheBytes: Number(flags["cache-mib"]) * 2 ** 20,
    ...(masks === undefined ? {} : { masks: masks.masks }),
  });
  await samples.batch(0); // starts the workers
  const rssMiB: number[] = [];
  const startMs = performance.now();
  for (let step = 1; step <= batches; step++) {
    await samples.batch(step);
    if (step % Math.ceil(batches / 10) === 0) {
      rssMiB.push(Math.round(Deno.memoryUsage().rss / 2 ** 20));
    }
  }
  const samplesPerSecond = batches * batchSize * 1000 / (performance.now() - startMs);
  const stepMs = Number(flags["step-ms"]);
  let waitedMs = 0;
  const trainStartMs = performance.now();
  const trainSteps = Math.min(batches, Math.ceil(20_000 / stepMs));
  for (let step = batches + 1; step <= batches + trainSteps; step++) {
    const askedMs = performance.now();
    await samples.batch(step);
    waitedMs += performance.now() - askedMs;
    await new Promise((resolve) => setTimeout(resolve, stepMs));
  }
  const waitShare = waitedMs / (performance.now() - trainStartMs);
  await samples.close();
  return { workers, samplesPerSecond, waitShare, rssMiB };
}

async function report(rows: readonly Row[], images: number): Promise<void> {
  const facts = await collectFacts("tests/bench/training_data.ts");
  const photos = flags.images === undefined
    ? `${images} generated JPEGs of ${flags.photo}`
    : `${images} images of "${flags.images}"`;
  const holes = flags.masks === undefined ? "generated holes" : `holes from "${flags.masks}"`;
  const text = [
    "# Training data",
    "",
    `${flags.batches} batches of ${flags.batch} crops of ${flags.size}x${flags.size} from ${photos}, ${holes}, ` +
    `a cache of ${flags["cache-mib"]} MiB.`,
    "",
    `| workers | samples/s | wait share at ${
      flags["step-ms"]
    } ms a step | resident MiB after each tenth |`,
    "| --- | --- | --- | --- |",
    ...rows.map(({ workers, samplesPerSecond, waitShare, rssMiB }) =>
      `| ${workers} | ${samplesPerSecond.toFixed(1)} | ${(100 * waitShare).toFixed(1)} % | ${
        rssMiB.join(", ")
      } |`
    ),
    "",
    "The wait share is that of a loop that sleeps in place of a device: a GPU leaves the cores to the workers, " +
    "training on the CPU does not.",
    "",
    describeFacts(facts),
    "",
  ].join("\n");
  console.log(text);
  if (flags.output === undefined) return;
  await Deno.mkdir(flags.output, { recursive: true });
  const stem = `${facts.date.slice(0, 10)}-training-data`;
  await Deno.writeTextFile(join(flags.output, `${stem}.md`), text);
  const settings = { ...flags, child: undefined, images: photos };
  await Deno.writeTextFile(
    join(flags.output, `${stem}.json`),
    JSON.stringify({ settings, rows, facts }, null, 2) + "\n",
  );
}
