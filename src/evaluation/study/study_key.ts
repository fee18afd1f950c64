/**
 * The key of a study: what every picture was. Whoever answers must not see it.
 * @module
 */
import { HOLE_BINS, type HoleBin } from "../../metrics/hole_bin.ts";
import { type DocumentFields, parseDocument } from "./document_fields.ts";
import { type StudyPicture, type StudyPlan, type StudyTrial, TRUTH } from "./study_plan.ts";

const FORMAT = "pconv-study-key";

/** Writes the key of a study as a JSON document, a trial a line. */
export function formatStudyKey({ study, seed, methods, focus, trials }: StudyPlan): string {
  const head = JSON.stringify({ format: FORMAT, version: 1, study, seed, methods, focus }, null, 1);
  const lines = trials.map((trial) => `  ${JSON.stringify(trial)}`).join(",\n");
  return `${head.slice(0, -2)},\n "trials": [\n${lines}\n ]\n}\n`;
}

/**
 * Reads a key.
 *
 * @param name Name of the file, for messages.
 * @throws {InputError} If it is none, in one line that says what is wrong where.
 */
export function parseStudyKey(text: string, name: string): StudyPlan {
  const subject = `study key ${JSON.stringify(name)}`;
  const fields = parseDocument(text, { subject, format: FORMAT, version: 1 });
  fields.allow(["format", "version", "study", "seed", "methods", "focus", "trials"]);
  const methods = fields.texts("methods");
  if (new Set(methods).size !== methods.length || methods.includes(TRUTH) || methods.length === 0) {
    fields.fail("methods", `different names, none of them "${TRUTH}"`);
  }
  const ids = new Set<string>();
  const pictures = new Set<string>();
  const trials = fields.objects("trials").map((one) => {
    const trial = readTrial(one, methods);
    if (ids.has(trial.id)) one.fail("id", "of one trial alone");
    ids.add(trial.id);
    for (const side of ["left", "right"] as const) {
      const { picture } = trial[side];
      if (pictures.has(picture)) one.object(side).fail("picture", "of one trial alone");
      pictures.add(picture);
    }
    return trial;
  });
  if (trials.length === 0) fields.fail("trials", "a list of at least one");
  return {
    study: fields.text("study"),
    seed: fields.whole("seed"),
    methods,
    focus: fields.isNull("focus") ? null : fields.oneOf("focus", methods),
    trials,
  };
}

function readTrial(fields: DocumentFields, methods: readonly string[]): StudyTrial {
  fields.allow(["id", "experiment", "pair", "border", "bin", "durationMs", "left", "right"]);
  const experiment = fields.oneOf("experiment", ["unlimited", "limited"]);
  const sources = experiment === "limited" ? [...methods, TRUTH] : methods;
  const [left, right] = [
    readPicture(fields, "left", sources),
    readPicture(fields, "right", sources),
  ];
  if (left.method === right.method) fields.fail("right", "of another method than left");
  if (experiment === "limited" && left.method !== TRUTH && right.method !== TRUTH) {
    fields.fail("right", `"${TRUTH}", as left is not`);
  }
  if (experiment === "unlimited" && !fields.isNull("durationMs")) {
    fields.fail("durationMs", "null without a limit of time");
  }
  return {
    id: fields.text("id"),
    experiment,
    pair: fields.whole("pair"),
    border: fields.oneOf("border", ["N", "B"]),
    bin: fields.oneOf<HoleBin["bin"]>("bin", [...HOLE_BINS.keys(), "below", "above"]),
    durationMs: experiment === "limited" ? fields.whole("durationMs", 1) : null,
    left,
    right,
  };
}

function readPicture(
  trial: DocumentFields,
  side: "left" | "right",
  sources: readonly string[],
): StudyPicture {
  const fields = trial.object(side).allow(["picture", "method"]);
  return { picture: fields.text("picture"), method: fields.oneOf("method", sources) };
}
