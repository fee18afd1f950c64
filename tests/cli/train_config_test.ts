import assert from "node:assert/strict";
import { assertExit, listFiles, runCli, stdoutText } from "../support/run_cli.ts";
import { writeTinyWeights } from "../support/tiny_weights.ts";
import { CPU, withTraining } from "./train_setting.ts";

Deno.test("train --print-config prints what --config takes, and makes nothing", async () => {
  await withTraining(async ({ folder, at, pconv }) => {
    const files = await listFiles(folder);
    const printed = await pconv(
      ...["train", "--print-config", "--images", "images", "--preset", "tiny", "--seed", "7"],
      ...["--loss", "hole=3", "--loss", "total-variation=0.1", "--freeze", "encoder-batch-norm"],
      ...["--mask-ratio", "0.1,0.2", "--keep-every", "1000", "--validation", "none"],
    );
    assertExit(printed, 0);
    assert.equal(printed.stderr, "", printed.story);
    assert.deepEqual(await listFiles(folder), files);
    const text = stdoutText(printed);
    assert.deepEqual(JSON.parse(text), {
      recipe: "reconstruction",
      steps: 20_000,
      losses: { "hole": { weight: 3 }, "total-variation": { weight: 0.1 } },
      freezes: ["encoder-batch-norm"],
      preset: "tiny",
      base: "none",
      convolution: "partial",
      images: "images",
      size: 32,
      batch: 4,
      seed: 7,
      replicas: 1,
      workers: 1,
      maskRatio: [0.1, 0.2],
      maskPolarity: "auto",
      maskDilate: [9, 49],
      latticeShare: 0,
      scales: [2, 8],
      validation: "none",
      validateEvery: 500,
      validationCount: 100,
      previews: 4,
      checkpointEvery: 100,
      keepEvery: 1000,
      reportEvery: 50,
    });
    await Deno.writeTextFile(at("run.json"), text);
    for (const command of ["train", "finetune"]) {
      const again = await pconv(command, "--config", "run.json", "--print-config");
      assertExit(again, 0);
      assert.equal(stdoutText(again), text, command);
    }
    const plans = [
      await pconv("train", "--config", "run.json", "--dry-run"),
      await pconv(
        ...["train", "--dry-run", "--images", "images", "--preset", "tiny", "--seed", "7"],
        ...["--loss", "hole=3", "--loss", "total-variation=0.1", "--freeze", "encoder-batch-norm"],
        ...["--mask-ratio", "0.1,0.2", "--keep-every", "1000", "--validation", "none"],
      ),
    ].map(stdoutText);
    assert.equal(plans[0], plans[1]);
  });
});

Deno.test("train --config takes its settings from the file, and flags win", async () => {
  await withTraining(async ({ at, pconv }) => {
    const settings = {
      recipe: "refine",
      steps: 30,
      learningRate: 0.5,
      losses: { hole: { weight: 6 }, valid: { weight: 1 } },
      freezes: ["encoder-batch-norm"],
      preset: "tiny",
      batch: 2,
      seed: 5,
      masks: "my-masks",
      reportEvery: 3,
    };
    await Deno.writeTextFile(at("run.json"), JSON.stringify(settings));
    const print = async (...flags: string[]) => {
      const result = await pconv("train", "--config", "run.json", "--print-config", ...flags);
      assertExit(result, 0);
      return JSON.parse(stdoutText(result));
    };
    const plain = await print();
    assert.deepEqual({ ...plain, ...settings }, plain, "the file was not heard");
    assert.equal(plain.size, 32);
    // The usual values of flags, typed: they win because they were given.
    const flags = ["--seed", "1", "--report-every", "50", "--batch", "4", "--steps", "20000"];
    const won = await print(...flags, "--loss", "hole=0.5", "--freeze", "none", "--size", "64");
    assert.deepEqual(won, {
      ...plain,
      seed: 1,
      reportEvery: 50,
      batch: 4,
      steps: 20_000,
      size: 64,
      losses: { hole: { weight: 0.5 }, valid: { weight: 1 } },
      freezes: [],
    });
    await Deno.writeTextFile(at("tiny.json"), '{"preset": "paper", "base": "none"}');
    await writeTinyWeights(at());
    const tuned = await pconv(
      ...["finetune", "--config", "tiny.json", "-w", "tiny.safetensors", "--print-config"],
    );
    assertExit(tuned, 0);
    const { weights, preset, base, recipe } = JSON.parse(stdoutText(tuned));
    assert.deepEqual({ weights, preset, base, recipe }, {
      weights: "tiny.safetensors",
      preset: undefined,
      base: undefined,
      recipe: "refine-finetune",
    });
  });
});

Deno.test("train --config tells every mistake of the file at once, and returns 2", async () => {
  await withTraining(async ({ folder, at, pconv }) => {
    await Deno.writeTextFile(
      at("run.json"),
      `{
  "stpes": 5,
  "batch": "eight",
  "size": 4,
  "recipe": "pconv-inital",
  "losses": {"holle": 3, "valid": "6"},
  "freezes": ["encoder-batchnorm"],
  "weights": "pconv-lite",
  "preset": "lite",
  "validation": "images/",
  "replicas": 4,
  "learning-rate": 0.001,
  "output": "run",
  "seed": 1, "seed": 2
}`,
    );
    const files = await listFiles(folder);
    const result = await pconv("train", "--config", "run.json", "--images", "images", "-o", "run");
    assertExit(result, 2);
    assert.deepEqual(result.stderr.split("\n"), [
      'error: Cannot use "seed" in "run.json": it comes again in line 14, must come once',
      'error: Unknown key "stpes" in "run.json": did you mean "steps"',
      'error: Cannot use "batch" in "run.json": it is "eight", must be a whole number from 1 to 1024',
      'error: Cannot use "size" in "run.json": it is 4, must be a whole number from 16 to 2048',
      'error: Cannot use "losses.valid" in "run.json": it is "6", must be a weight such as 6 or ' +
      '{"weight": 6}',
      'error: Unknown key "learning-rate" in "run.json": did you mean "learningRate"',
      'error: Unknown key "output" in "run.json": it is no setting, must be given as --output',
      'error: Unknown recipe "pconv-inital" in "run.json": did you mean "pconv-initial"',
      'error: Unknown loss "holle" in "run.json": did you mean "hole"',
      'error: Unknown freeze "encoder-batchnorm" in "run.json": did you mean "encoder-batch-norm"',
      'error: Cannot use "preset" with "weights" in "run.json": the weights fix the network',
      'error: Cannot validate on "images/" and train on "images": "validation" in "run.json" must ' +
      "be another folder than --images",
      'hint: Run "pconv train --print-config" for all keys and their defaults',
      "",
    ]);
    assert.deepEqual(await listFiles(folder), files);
  });
});

Deno.test("train --config says what is wrong with a file that cannot be read", async () => {
  await withTraining(async ({ at, pconv }) => {
    await Deno.writeTextFile(at("comma.json"), '{\n  "steps": 5,\n}\n');
    await Deno.writeTextFile(at("empty.json"), "");
    await Deno.writeTextFile(at("list.json"), "[]");
    await Deno.writeTextFile(at("short.json"), "{}");
    const hint = 'hint: Run "pconv train --print-config" for all keys and their defaults\n';
    const cases = [
      [
        "finetune --config comma.json -o run",
        'error: Cannot read config file "comma.json": line 3, column 1 has "}", must be a key in ' +
        `double quotes\n${hint}`,
      ],
      [
        "train --config empty.json --images images -o run",
        'error: Cannot read config file "empty.json": line 1, column 1 has the end of the file, ' +
        `must be a value\n${hint}`,
      ],
      [
        "train --config list.json -o run",
        'error: Cannot use config file "list.json": it holds [], must be an object such as ' +
        `{"steps": 1000}\n${hint}`,
      ],
      [
        "train --config gone.json --images images -o run",
        'error: Cannot read config file "gone.json": it does not exist\n',
      ],
      [
        "finetune --config short.json -o run",
        'error: Missing --images DIR or "images" in "short.json"\n' +
        `error: Missing --weights NAME|FILE or "weights" in "short.json"\n${hint}`,
      ],
    ] as const;
    for (const [line, stderr] of cases) {
      const result = await pconv(...line.split(" "));
      assertExit(result, 2);
      assert.equal(result.stderr, stderr, result.story);
    }
  });
});

Deno.test("train --dry-run tells network, data, VGG-16 and what is held", async () => {
  await withTraining(async ({ at, pconv }) => {
    await Deno.writeTextFile(at("vgg.safetensors"), "");
    const plan = async (...flags: string[]) => {
      const result = await pconv("train", "--dry-run", "--steps", "6", ...flags);
      assertExit(result, 0);
      return stdoutText(result).trimEnd().split("\n");
    };
    const tiny = ["--preset", "tiny", "--images", "images"];
    assert.deepEqual(await plan(...tiny, "--freeze", "encoder-batch-norm"), [
      // Kernels 300 + 288 + 576 + 1152 + 432 + 189, biases 4 + 3, scales and shifts 2 · (8 + 8 + 8 + 4).
      "network: tiny, 3 levels, partial convolutions, base none, batch norm, 3,000 parameters",
      'data: 4 images of "images", crops of 32x32, batches of 4, masks from the seed, 6 epochs',
      "validation: none: 4 images are too few to hold some out (20 needed); " +
      "name others with --validation",
      "VGG-16: not needed",
      'task "reconstruction", 6 steps, freezes: encoder-batch-norm',
      "step     rate  valid  hole     held  stored",
      ...[0, 1, 2, 3, 4, 5].map((step) => {
        // Half a cosine from 1e-3 to 1e-5, no warm-up in so few steps.
        const rate = 1e-5 + (1e-3 - 1e-5) * (1 + Math.cos(Math.PI * step / 5)) / 2;
        return `   ${step}  ${rate.toExponential(2)}      1     6  4 of 16  2 of 4`;
      }),
      "held: encoder/2..3 batch_norm (affine, statistics)",
    ]);
    const vggLine = async (...flags: string[]) => (await plan(...flags, "--recipe", "conv"))[2];
    const needed = "VGG-16: needed for perceptual, style-out, style-comp";
    // Where "weights fetch" puts it; whether it is there depends on this machine.
    assert.match((await vggLine())!, /^VGG-16: .*"[^"]*vgg16[^"]*" is (there$|missing: )/);
    assert.equal(
      await vggLine("--vgg", "vgg.safetensors"),
      `${needed}; "vgg.safetensors" is there`,
    );
    assert.equal(
      await vggLine("--vgg", "gone"),
      `${needed}; "gone" is missing: get it with "pconv weights fetch vgg16" (528 MB), or convert ` +
        'a file you have with "pconv weights import vgg16 FILE"',
    );
    const [network] = await plan("--recipe", "conv", "--preset", "paper");
    assert.equal(
      network,
      "network: paper, 8 levels, typical convolutions (hole value grey), base none, batch norm, " +
        "32,859,796 parameters",
    );
  });
});

Deno.test("train --config trains what it says, and --resume keeps it", async () => {
  await withTraining(async ({ at, pconv, weightsHash }) => {
    const settings = {
      preset: "tiny",
      images: "images",
      batch: 1,
      steps: 2,
      losses: { valid: 0 },
    };
    await Deno.writeTextFile(at("run.json"), JSON.stringify(settings));
    assertExit(await pconv("train", ...CPU, "--config", "run.json", "-o", "a"), 0);
    const flags = ["--preset", "tiny", "--images", "images", "--batch", "1", "--steps", "2"];
    assertExit(await pconv("train", ...CPU, ...flags, "--loss", "valid=0", "-o", "b"), 0);
    assert.equal(await weightsHash("b"), await weightsHash("a"));
    const { parts } = JSON.parse((await Deno.readTextFile(at("a/log.jsonl"))).split("\n")[0]!);
    assert.deepEqual(Object.keys(parts), ["hole"]);

    const resumed = await pconv("train", "--resume", "a", "--print-config", "--steps", "4");
    assertExit(resumed, 0);
    const stored = JSON.parse(stdoutText(resumed));
    const losses = { valid: { weight: 0 } };
    assert.deepEqual({ ...stored, ...settings, losses, steps: 4 }, stored);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(at("a/config.json"))), {
      ...stored,
      steps: 2,
    });
    const refused = await pconv("train", "--resume", "a", "--config", "run.json");
    assertExit(refused, 2);
    assert.match(
      refused.stderr,
      /^error: Cannot use --config with --resume: the run keeps its own\n/,
    );
  });
});

Deno.test("train --config - reads standard input", async () => {
  await withTraining(async ({ folder }) => {
    const print = (stdin: string, config = "-") =>
      runCli(["train", "--config", config, "--print-config"], { cwd: folder, stdin });
    const good = await print('{"preset": "tiny", "losses": {"hole": 3}}');
    assertExit(good, 0);
    assert.deepEqual(JSON.parse(stdoutText(good)).losses, { hole: { weight: 3 } });
    const bad = await print('{"losses": {"hle": 3}}');
    assertExit(bad, 2);
    assert.match(
      bad.stderr,
      /^error: Unknown loss "hle" in "standard input": did you mean "hole"\nhint: /,
    );
    const device = await print("{}", "/dev/stdin");
    assertExit(device, 2);
    assert.equal(
      device.stderr,
      'error: Cannot read config file "/dev/stdin": the program may not open it\n' +
        'hint: For standard input say "--config -"\n',
    );
  });
});
