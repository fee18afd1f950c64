/**
 * What the flags of commands on pictures may not be together, but those about holes, as a part of the table in `rules.ts`.
 * @module
 */
import type { Rule, RuleInput } from "./rules.ts";

const PICTURES = ["inpaint", "superres"] as const;

/** Rules of {@linkcode PICTURE_FLAGS}, and of what the commands have besides. */
export const PICTURE_RULES: readonly Rule[] = [
  {
    commands: PICTURES,
    isBroken: ({ given, positionals }) =>
      !given.has("output") && positionals.length > 0 && !positionals.includes("-"),
    message: "Missing --output FILE|DIR|-",
  },
  {
    commands: ["inpaint"],
    isBroken: ({ positionals }) => positionals.includes("-") && positionals.length > 1,
    message: "Cannot inpaint standard input together with files: - must be the only input",
  },
  {
    commands: PICTURES,
    isBroken: (line) => line.given.has("output") && toStdout(line) && line.positionals.length > 1,
    message: "Cannot write several images to standard output: --output must be a folder",
  },
  {
    commands: PICTURES,
    isBroken: (line) => line.given.has("json") && toStdout(line),
    message: "Cannot use --json here: standard output carries the image, --output must be a file",
  },
  {
    commands: ["inpaint"],
    isBroken: (line) => line.given.has("side-by-side") && toStdout(line),
    message: "Cannot use --side-by-side here: the image goes to standard output, " +
      "--output must be a file or a folder",
  },
  ...["png", "tiff"].map((format): Rule => ({
    commands: PICTURES,
    isBroken: ({ given, values }) => given.has("quality") && values.get("format") === format,
    message: `Cannot use --quality with --format ${format}: ${format.toUpperCase()} is lossless`,
  })),
  {
    commands: PICTURES,
    isBroken: ({ given, values }) =>
      given.has("quality") && !given.has("format") &&
      /\.(png|tiff?)$/i.test(String(values.get("output") ?? "")),
    message:
      "Cannot use --quality here: the name of --output asks for PNG or TIFF, which are lossless",
  },
  {
    commands: ["inpaint"],
    isBroken: ({ given, values }) => values.get("method") === "external" && !given.has("results"),
    message: "Missing --results DIR for --method external",
  },
  {
    commands: ["inpaint"],
    isBroken: ({ given, values }) => values.get("method") !== "external" && given.has("results"),
    message: "Cannot use --results here: --method must be external",
  },
  {
    commands: ["inpaint"],
    isBroken: ({ given, values }) =>
      given.has("weights") && !["pconv", "conv"].includes(String(values.get("method"))),
    message: "Cannot use --weights here: --method must be pconv or conv",
  },
  {
    commands: ["superres"],
    isBroken: ({ positionals }) => positionals.includes("-") && positionals.length > 1,
    message: "Cannot enlarge standard input together with files: - must be the only input",
  },
  ...["blend", "weights", "tile"].map((name): Rule => ({
    commands: ["superres"],
    isBroken: ({ given, values }) => given.has(name) && values.get("method") !== "superres",
    message: `Cannot use --${name} here: --method must be superres`,
  })),
  {
    commands: PICTURES,
    isBroken: ({ values }) => /[/\\]/.test(String(values.get("suffix") ?? "")),
    message: "Cannot use --suffix as it is: it must not have a slash",
  },
  {
    commands: PICTURES,
    isBroken: ({ given, positionals }) => given.has("watch") && positionals.includes("-"),
    message: "Cannot use --watch with standard input: INPUT must be a folder",
  },
  ...["dry-run", "report"].map((name): Rule => ({
    commands: PICTURES,
    isBroken: ({ given }) => given.has("watch") && given.has(name),
    message: name === "report"
      ? "Cannot use --report with --watch: pconv report makes a page at any time"
      : `Cannot use --${name} with --watch: it would never end`,
  })),
  {
    commands: PICTURES,
    isBroken: ({ given }) => given.has("report") && given.has("dry-run"),
    message: "Cannot use --report with --dry-run: there is nothing to show",
  },
];

/** True if the image is written to standard output. */
function toStdout({ given, values, positionals }: RuleInput): boolean {
  return given.has("output") ? values.get("output") === "-" : positionals.includes("-");
}
