/**
 * The script of the page of a study: shows pictures, times them, takes answers, keeps and saves them.
 * @module
 */
import { STUDY_ORDER } from "./study_order.ts";

/** What trials are introduced by and ask, with and without a limit of time; read by the script. */
export const STUDY_WORDS = {
  limited: {
    title: "Pictures for a moment",
    text:
      "You will see a cross, then two pictures for a moment, from a quarter of a second to four seconds. One of them " +
      "is a real photograph, the other was painted over in part. Look at the cross until they come; choose when they " +
      "are gone. If you are not sure, guess.",
    question: "Which is the real photograph?",
  },
  unlimited: {
    title: "Pictures without a limit of time",
    text:
      "You will see two pictures as long as you like. Parts of both may have been painted over. Choose the one that " +
      "looks more realistic to you.",
    question: "Which looks more realistic?",
  },
} as const;

/** The cross stands for this long before pictures come, in milliseconds. */
const CROSS_MS = 500;

/** Between a choice and the next two pictures, so that one sees that they are others, in milliseconds. */
const BLANK_MS = 250;

/** Runs in the page. It puts in text alone, and it knows no method. */
export const STUDY_SCRIPT = `
"use strict";
(() => {
${STUDY_ORDER}
  const study = JSON.parse(document.getElementById("study").textContent);
  const words = ${JSON.stringify(STUDY_WORDS)};
  const byId = (id) => document.getElementById(id);
  const memory = "picture-study-" + study.id;

  // What is kept: { current: name or null, people: { "@" + name: { startedAt, answers, views } } }
  let kept = { current: null, people: {} };
  let isKept = true;
  try {
    const text = localStorage.getItem(memory);
    if (text !== null) kept = JSON.parse(text);
    localStorage.setItem(memory, JSON.stringify(kept));
  } catch {
    isKept = false;
  }
  const keep = () => {
    try {
      localStorage.setItem(memory, JSON.stringify(kept));
    } catch {
      isKept = false;
    }
    byId("unkept").hidden = isKept;
  };
  byId("unkept").hidden = isKept;

  let participant = null;
  let person = null;
  let order = [];

  // A key or a click counts only while the page waits for it.
  let waiting = null;
  const wait = (...actions) => new Promise((resolve) => waiting = { actions, resolve });
  const act = (action) => {
    if (waiting === null || !waiting.actions.includes(action)) return;
    const { resolve } = waiting;
    waiting = null;
    resolve({ action, at: performance.now() });
  };
  const actions = {
    ArrowLeft: "left", f: "left", F: "left", ArrowRight: "right", j: "right", J: "right", Enter: "go", " ": "go",
  };
  document.addEventListener("keydown", (event) => {
    const action = actions[event.key];
    if (action === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (byId("task").hidden && byId("pause").hidden) return;
    // A focused button or link answers to space and Enter by itself.
    if (action === "go" && event.target.closest("button, a, summary") !== null) return;
    event.preventDefault();
    // A key that is held down answers once.
    if (!event.repeat) act(action);
  });
  for (const side of ["left", "right"]) {
    byId("choose-" + side).addEventListener("click", () => act(side));
    byId(side).addEventListener("click", () => act(side));
  }
  byId("stage").addEventListener("click", () => act("go"));
  byId("go").addEventListener("click", () => act("go"));

  const showPart = (name) => {
    for (const part of ["intro", "pause", "task", "end"]) byId(part).hidden = part !== name;
    document.documentElement.dataset.part = name;
  };
  const pause = async (title, text, button) => {
    showPart("pause");
    byId("pause-title").textContent = title;
    byId("pause-text").textContent = text;
    byId("go").textContent = button;
    byId("go").focus();
    await wait("go");
  };
  const say = (text) => byId("message").textContent = text;
  const showCount = () => {
    const done = person.answers.length;
    byId("progress").value = done;
    byId("count").textContent = done + " of " + order.length + " answered";
  };

  // Pictures are fetched and decoded before they are due.
  const loading = new Map();
  const addressOf = (name) => name.startsWith("data:") ? name : "pictures/" + name + ".png";
  const load = (trial) => {
    const known = loading.get(trial);
    if (known !== undefined) return known;
    const both = Promise.all([trial.left, trial.right].map(async (name) => {
      const picture = new Image();
      picture.alt = "";
      picture.draggable = false;
      picture.src = addressOf(name);
      await picture.decode();
      return picture;
    }));
    both.catch(() => loading.delete(trial));
    loading.set(trial, both);
    return both;
  };
  const loaded = async (trial) => {
    for (;;) {
      try {
        return await load(trial);
      } catch {
        say("A picture cannot be loaded: " + addressOf(trial.left) + " or " + addressOf(trial.right) +
          ". Press space to try again.");
        await wait("go");
        say("");
      }
    }
  };

  const frame = () => new Promise(requestAnimationFrame);
  // Shows the cross and tells how long a frame takes. Ends within a frame, before that is painted.
  const showCross = async () => {
    byId("cross").hidden = false;
    const first = await frame();
    let [last, frames] = [first, 0];
    do {
      last = await frame();
      frames++;
    } while (last - first < ${CROSS_MS});
    byId("cross").hidden = true;
    return { at: last, frameMs: (last - first) / frames };
  };

  const present = async (trial, next) => {
    const isLimited = trial.durationMs !== null;
    showPart("task");
    say("");
    byId("question").textContent = words[isLimited ? "limited" : "unlimited"].question;
    const stage = byId("stage");
    const pictures = await loaded(trial);
    byId("left").replaceChildren(pictures[0]);
    byId("right").replaceChildren(pictures[1]);
    loading.delete(trial);
    if (next !== undefined) load(next).catch(() => {});
    const countView = () => {
      if (trial.id === undefined) return;
      person.views[trial.id] = (person.views[trial.id] ?? 0) + 1;
      keep();
    };
    let since, shownMs = null;
    if (isLimited) {
      say("Press space when you are ready");
      await wait("go");
      say("");
      countView();
      const { at, frameMs } = await showCross();
      stage.classList.add("on");
      let now;
      // The frame that is closest to the time; the one that hides is as late on screen as the one that shows.
      do now = await frame();
      while (now - at < trial.durationMs - frameMs / 2);
      stage.classList.remove("on");
      since = now;
      shownMs = Math.round((now - at) * 10) / 10;
    } else {
      await new Promise((resolve) => setTimeout(resolve, ${BLANK_MS}));
      countView();
      since = await frame();
      stage.classList.add("on");
    }
    stage.classList.add("asks");
    const { action, at } = await wait("left", "right");
    stage.classList.remove("on", "asks");
    return { choice: action, responseMs: Math.max(0, Math.round(at - since)), shownMs };
  };

  const runBlock = async (trials, kind) => {
    const open = trials.filter(({ id }) => !person.answers.some(({ trial }) => trial === id));
    if (open.length === 0) return;
    const { title, text, question } = words[kind];
    if (open.length === trials.length) {
      await pause(title, text, "Practise once");
      load(open[0]).catch(() => {});
      await present({ ...study.practice[kind], durationMs: kind === "limited" ? 1000 : null });
      await pause("That was practice", "From now on your answers count. " + question, "Begin");
    } else {
      await pause("Go on", text, "Go on");
    }
    for (const [i, trial] of open.entries()) {
      const answer = await present(trial, open[i + 1]);
      person.answers.push({ trial: trial.id, ...answer, views: person.views[trial.id] });
      keep();
      showCount();
    }
  };

  const answersText = () => JSON.stringify({
    format: "picture-study-answers", version: 1, study: study.id, participant, startedAt: person.startedAt,
    answers: person.answers,
  }, null, 1) + "\\n";
  // A link that saves the answers as they are now.
  const fillLink = (link) => {
    if (link.href !== "") URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([answersText()], { type: "application/json" }));
    link.download = "answers-" + study.id + "-" + participant + ".json";
  };
  const early = document.createElement("a");
  byId("save").addEventListener("click", () => {
    fillLink(early);
    early.click();
    byId("save").blur();
  });
  const end = () => {
    showPart("end");
    byId("bar").hidden = true;
    fillLink(byId("file"));
    byId("file").textContent = "Save " + byId("file").download;
    byId("text").value = answersText();
    byId("file").focus();
  };
  byId("another").addEventListener("click", () => {
    kept.current = null;
    keep();
    location.reload();
  });

  const start = async (name) => {
    const now = new Date();
    const clean = [...name.trim().normalize("NFC").replace(/[^\\p{L}\\p{N}._-]+/gu, "-")].slice(0, 40).join("");
    participant = clean !== "" ? clean : "p-" + now.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
    person = kept.people["@" + participant] ??= { startedAt: now.toISOString(), answers: [], views: {} };
    kept.current = participant;
    keep();
    order = orderTrials(study.trials, study.id + "/" + participant);
    byId("progress").max = order.length;
    byId("bar").hidden = false;
    showCount();
    await runBlock(order.filter(({ durationMs }) => durationMs !== null), "limited");
    await runBlock(order.filter(({ durationMs }) => durationMs === null), "unlimited");
    end();
  };
  byId("begin").addEventListener("submit", (event) => {
    event.preventDefault();
    start(byId("participant").value);
  });
  if (kept.current !== null) {
    byId("participant").value = kept.current;
    const done = kept.people["@" + kept.current].answers.length;
    byId("again").textContent = done + " of " + study.trials.length +
      " are answered under this name. Go on there, or begin anew under another.";
    byId("again").hidden = false;
  }
  showPart("intro");
  byId("participant").focus();
})();
`;
