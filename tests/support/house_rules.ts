/**
 * The house rules as data; tests/architecture_test.ts holds the source to them.
 * @module
 */

/** Folder of `src` to what its files may import: folders, files of the root of `src`, or single files. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cli: ["errors", "edit_distance", "system_reason"],
  commands: [
    "cli",
    "methods",
    "engine",
    "metrics",
    "evaluation",
    "training",
    "checkpoint",
    "data",
    "report",
    "model",
    "backend",
    "task",
    "random",
    "errors",
    "edit_distance",
    "system_reason",
  ],
  methods: [
    "engine",
    "model",
    "ops",
    "backend",
    "random",
    "errors",
    // Arithmetic on pixels that training makes its samples with too.
    "data/enlarge.ts",
    "data/lattice_guess.ts",
    "data/pixel_lattice.ts",
    "data/resample.ts",
  ],
  // Runs networks forward: everything below the methods, but no training.
  engine: ["backend", "kernels", "model", "ops", "checkpoint", "errors"],
  // A training thread opens a backend and makes its task for itself.
  training: ["model", "ops", "task", "backend", "metrics", "random", "errors"],
  checkpoint: [
    "model",
    "training",
    "data/atomic_write.ts",
    "ops/batch_norm_epsilon.ts",
    "errors",
    "edit_distance",
    "system_reason",
  ],
  model: ["ops", "task", "random", "errors"],
  // Two of ops name kernels of our own and say what these are given.
  kernels: ["ops/adam_step.ts", "ops/fused_partial_conv.ts"],
  backend: ["kernels", "errors"],
  data: ["random", "errors", "system_reason"],
  metrics: [],
  evaluation: ["metrics", "random", "errors"],
  // Records come in as plain data; bins and means have one spelling.
  report: ["errors", "evaluation", "metrics/hole_bin.ts"],
  ops: ["errors"],
  task: ["errors", "edit_distance"],
  errors: [],
  random: [],
  edit_distance: [],
  system_reason: [],
  // The public door re-exports the library, not the program around it.
  mod: [
    "backend",
    "checkpoint",
    "data",
    "engine",
    "errors",
    "evaluation",
    "methods",
    "metrics",
    "model",
    "ops",
    "random",
    "task",
    "training",
  ],
};

/** Edges that may carry types alone. */
export const TYPES_ONLY: readonly (readonly [from: string, to: string])[] = [
  ["commands", "cli"],
  ["engine", "checkpoint"],
  ["model", "task"],
  ["report", "evaluation"],
];

/** Files of which even those may import values, and why. */
export const VALUES_TOO: Readonly<Record<string, string>> = {
  "src/cli/settings_table.ts": "data: the keys of config files and settings beside their flags",
  "src/cli/settings_file.ts": "reads JSON by that table",
};

/** Where tfjs may appear; `task` names its types. */
export const TENSOR_FOLDERS = [
  "backend",
  "checkpoint",
  "engine",
  "kernels",
  "methods",
  "model",
  "ops",
  "task",
  "training",
];

/** Where files, environment and standard streams may be touched. */
export const SYSTEM_FOLDERS = ["backend", "checkpoint", "cli", "commands", "data"];

/** File names that say nothing. */
export const BANNED_NAMES = [
  "utils",
  "helpers",
  "common",
  "misc",
  "index",
  "util",
  "helper",
  "shared",
];

/** Source files without a test of their own under tests/unit, and why that is right. */
export const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  "src/mod.ts": "re-exports only",
  "src/task/types.ts": "types only",
  "src/ops/batch_norm_epsilon.ts": "one number: the oracle of batch norm holds it",
  "src/engine/types.ts": "types only",
  "src/engine/plan/forward_plan.ts": "types only",
  "src/engine/cpu/engine_messages.ts": "types only",
  "src/engine/cpu/engine_worker.ts": "runs in the threads of open_cpu_engine_test.ts",
  "src/evaluation/eval_record.ts": "types only",
  "src/evaluation/eval_table.ts": "types only",
  "src/evaluation/presets/preset.ts": "types only",
  "src/evaluation/superres/superres_record.ts": "types only",
  "src/evaluation/superres/superres_table.ts": "types only",
  "src/commands/eval/study_folder.ts": "names only",
  "src/commands/eval/superres/eval_upscaler.ts": "types only",
  "src/report/eval/eval_page_record.ts": "types only",
  "src/report/superres/superres_page_record.ts": "types only",
  "src/data/jpeg/jpeg_coefficients.ts": "types only",
  "src/data/metadata/picture_metadata.ts": "types only",
  "src/data/certificate/certificate.ts": "types only",
  "src/data/tar/tar_member.ts": "types only",
  "src/report/run/run_page_record.ts": "types only",
  "src/commands/pictures/ledger/ledger_entry.ts": "types only",
  "src/commands/pictures/picture_work.ts": "types only",
  "src/commands/pictures/occupied_error.ts": "a class without a body",
  "src/cli/hole_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/picture_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/report_command.ts": "data: commands_table_test.ts and flags_test.ts go through it",
  "src/cli/weights_commands.ts": "data: commands_table_test.ts goes through all of it",
  "src/cli/masks_commands.ts": "data: commands_table_test.ts goes through all of it",
  "src/cli/setup_commands.ts": "data: commands_table_test.ts goes through all of it",
  "src/cli/picture_rules.ts": "data: rules_test.ts breaks each of them",
  "src/cli/eval_data_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/eval_flags.ts": "data: flags_test.ts goes through all of it",
  "src/methods/types.ts": "types only",
  "src/methods/upscaler.ts": "types only",
  "src/report/run_record.ts": "types only",
  "src/training/replica_messages.ts": "types only",
  "src/data/sample_messages.ts": "types only",
  "src/training/replica_worker.ts": "runs in the threads of replicas_test.ts",
  "src/data/sample_worker.ts": "runs in the threads of sample_stream_test.ts",
  "src/data/picture_messages.ts": "types only",
  "src/data/picture_worker.ts": "runs in the threads of picture_workers_test.ts",
  "src/cli/flag.ts": "types only",
  "src/cli/general_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/inpaint_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/masks_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/feedback_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/superres_command.ts": "data: commands_table_test.ts goes through all of it",
  "src/cli/superres_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/sweep_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/training_data_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/training_flags.ts": "data: flags_test.ts goes through all of it",
  "src/cli/weights_flags.ts": "data: flags_test.ts goes through all of it",
};

/** Folders whose files are tested as a user meets them, by a test in tests/cli that names the command. */
export const TESTED_BY_CLI: Readonly<Record<string, string>> = {
  "src/commands/doctor.ts": "doctor_test.ts",
  "src/commands/inpaint/inpaint.ts": "inpaint_files_test.ts",
  "src/commands/superres/superres.ts": "superres_test.ts",
  "src/commands/pictures/picture_command.ts": "inpaint_rerun_test.ts",
  "src/commands/pictures/run_memory.ts": "inpaint_rerun_test.ts",
  "src/commands/report/report.ts": "report_test.ts",
  "src/commands/setup/completions.ts": "setup_test.ts",
  "src/commands/setup/man.ts": "setup_test.ts",
  "src/commands/setup/about_build.ts": "setup_test.ts",
  "src/commands/eval/eval.ts": "eval_test.ts",
  "src/commands/eval/score_run.ts": "eval_test.ts",
  "src/commands/eval/score_pairs.ts": "eval_test.ts",
  "src/commands/eval/pair_source.ts": "eval_bad_input_test.ts",
  "src/commands/eval/eval_methods.ts": "eval_test.ts",
  "src/commands/eval/eval_examples.ts": "eval_test.ts",
  "src/commands/eval/eval_output.ts": "eval_bad_input_test.ts",
  "src/commands/eval/finish_eval.ts": "eval_bad_input_test.ts",
  "src/commands/eval/merge_shards.ts": "eval_test.ts",
  "src/commands/eval/open_again.ts": "eval_test.ts",
  "src/commands/eval/compare_runs.ts": "eval_test.ts",
  "src/commands/eval/open_judges.ts": "eval_judges_test.ts",
  "src/commands/eval/superres/open_upscalers.ts": "eval_superres_test.ts",
  "src/commands/eval/superres/score_scenes.ts": "eval_superres_test.ts",
  "src/commands/eval/superres/superres_examples.ts": "eval_superres_test.ts",
  "src/commands/eval/superres/superres_run.ts": "eval_superres_test.ts",
  "src/commands/eval/superres/superres_source.ts": "eval_superres_test.ts",
  "src/commands/eval/write_study.ts": "eval_study_test.ts",
  "src/commands/eval/read_study.ts": "eval_study_test.ts",
  "src/commands/masks/masks_generate.ts": "masks_test.ts",
  "src/commands/masks/masks_inspect.ts": "masks_inspect_test.ts",
  "src/commands/train/open_run.ts": "train_config_test.ts",
  "src/commands/train/run_config.ts": "train_config_test.ts",
  "src/commands/sweep/sweep.ts": "sweep_test.ts",
  "src/commands/train/train.ts": "train_test.ts",
  "src/commands/train/training_plan.ts": "train_dry_run_test.ts",
  "src/commands/train/training_request.ts": "train_config_test.ts",
  "src/commands/train/training_run.ts": "train_test.ts",
};

/** Of a source file; a list of cases may take a test a little further. */
export const MOST_LINES = { source: 300, test: 350 };
