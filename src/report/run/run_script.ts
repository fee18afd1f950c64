/**
 * The script of a run's page: filter and order of the table.
 * @module
 */

/** Rows that are drawn at first; more come by a button, so that a run of many thousands opens at once. */
export const FIRST_ROWS = 500;

/** Runs in the page, after eval_script.ts. It puts in text alone, so names from files stay text. */
export const RUN_SCRIPT = `
"use strict";
(() => {
  const section = document.getElementById("pictures");
  if (section === null) return;
  const body = section.querySelector("tbody");
  const all = [...body.rows];
  const texts = all.map((row) => row.textContent.toLowerCase());
  const places = new Map(all.map((row, i) => [row, i]));
  const find = section.querySelector("input[type=search]");
  const boxes = [...section.querySelectorAll("input[type=checkbox]")];
  const output = section.querySelector("output");
  const more = section.querySelector(".more");
  let order = all;
  let most = ${FIRST_ROWS};

  const draw = () => {
    const words = find.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const matches = order.filter((row) =>
      (kinds.size === 0 || kinds.has(row.className)) &&
      words.every((word) => texts[places.get(row)].includes(word)));
    const shown = matches.slice(0, most);
    body.replaceChildren(...shown);
    const count = (n) => n.toLocaleString("en-US");
    output.textContent = matches.length === all.length
      ? count(all.length) + (all.length === 1 ? " picture" : " pictures")
      : count(matches.length) + " of " + count(all.length) + " pictures";
    more.hidden = shown.length === matches.length;
    more.firstElementChild.textContent =
      "Show more: " + count(shown.length) + " of " + count(matches.length) + " are shown";
  };

  const heads = [...section.querySelectorAll("thead th")];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    const isNumber = head.dataset.kind === "number";
    const keyOf = (row) => {
      const cell = row.cells[column];
      if (!isNumber) return cell.textContent;
      return cell.dataset.v === undefined ? null : Number(cell.dataset.v);
    };
    button.addEventListener("click", () => {
      // Numbers begin with the largest, text with A; a third click gives the order of the run back.
      const ways = isNumber ? ["descending", "ascending", null] : ["ascending", "descending", null];
      const now = ways.indexOf(head.getAttribute("aria-sort"));
      const way = ways[now === -1 ? 0 : (now + 1) % 3];
      for (const other of heads) other.removeAttribute("aria-sort");
      if (way === null) order = all;
      else {
        head.setAttribute("aria-sort", way);
        const sign = way === "ascending" ? 1 : -1;
        const collator = new Intl.Collator("en", { numeric: true });
        const keyed = all.map((row) => [keyOf(row), row]);
        keyed.sort(([a], [b]) =>
          // Rows without a value stay at the end in both ways.
          a === null || b === null ? (a === null) - (b === null)
            : sign * (isNumber ? a - b : collator.compare(a, b)));
        order = keyed.map(([, row]) => row);
      }
      draw();
    });
  });

  find.addEventListener("input", draw);
  for (const box of boxes) box.addEventListener("change", draw);
  more.firstElementChild.addEventListener("click", () => {
    most *= 4;
    draw();
  });
  // All of it goes on paper.
  addEventListener("beforeprint", () => {
    const before = most;
    most = Infinity;
    draw();
    addEventListener("afterprint", () => {
      most = before;
      draw();
    }, { once: true });
  });
  section.querySelector(".filters").hidden = false;
  draw();
})();
`;
