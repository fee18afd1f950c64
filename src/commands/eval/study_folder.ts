/**
 * The folder of a study.
 * @module
 */

/** Names within it. Participants get one folder; what tells which picture is whose lies outside of it. */
export const STUDY_FILES = {
  participants: "participants",
  page: "participants/index.html",
  key: "study-key.json",
  results: "results.html",
  csv: "results.csv",
  json: "results.json",
} as const;
