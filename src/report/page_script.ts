/**
 * The script of a report page: values under the pointer, the slider over previews.
 * @module
 */
import { CHART_FRAME } from "./svg_chart.ts";

/** Runs in the page. It puts in text alone, so names from files stay text. */
export const PAGE_SCRIPT = `
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const frame = ${JSON.stringify(CHART_FRAME)};
  const svgName = "http://www.w3.org/2000/svg";
  const number = (value) => {
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e9)) return value.toExponential(2);
    return size >= 1000 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(4)));
  };
  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // The point of a curve that is closest in x; points ascend.
  const nearest = (points, x) => {
    let low = 0, high = points.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (points[middle][0] <= x) low = middle;
      else high = middle;
    }
    return Math.abs(points[low][0] - x) <= Math.abs(points[high][0] - x) ? points[low] : points[high];
  };

  for (const figure of document.querySelectorAll("figure[data-curves]")) {
    const { x: [first, last], series } = JSON.parse(figure.dataset.curves);
    const plot = figure.querySelector(".plot");
    const tip = element("div", "tip");
    tip.hidden = true;
    plot.append(tip);
    for (const svg of plot.querySelectorAll("svg")) {
      const line = document.createElementNS(svgName, "path");
      line.setAttribute("class", "pointer");
      svg.append(line);
      const show = (event) => {
        const box = svg.getBoundingClientRect();
        const at = (event.clientX - box.left) / box.width * frame.width;
        const share = Math.min(1, Math.max(0, (at - frame.left) / (frame.right - frame.left)));
        const x = first + share * (last - first);
        const shown = series.filter(({ points }) => points.length > 0)
          .map((one) => ({ ...one, point: nearest(one.points, x) }));
        // The step of the last series is the one shown: it is the curve that stands out.
        const step = shown[shown.length - 1].point[0];
        const place = frame.left + (step - first) / (last - first) * (frame.right - frame.left);
        line.setAttribute("d", "M" + place + " " + frame.top + "V" + frame.bottom);
        tip.replaceChildren(element("strong", "", "Step " + step.toLocaleString("en-US")));
        for (const { name, tone, point } of shown) {
          const row = element("span", "");
          row.append(element("i", "swatch " + tone), element("span", "", name),
            element("b", "", number(point[1])));
          tip.append(row);
        }
        tip.hidden = false;
        const percent = place / frame.width * 100;
        const isLeft = percent < 50;
        tip.style.left = isLeft ? "calc(" + percent + "% + 10px)" : "auto";
        tip.style.right = isLeft ? "auto" : "calc(" + (100 - percent) + "% + 10px)";
      };
      const hide = () => {
        tip.hidden = true;
        line.removeAttribute("d");
      };
      svg.addEventListener("pointermove", show);
      svg.addEventListener("pointerdown", show);
      svg.addEventListener("pointerleave", hide);
    }
  }

  const slider = document.querySelector("#previews input[type=range]");
  if (slider !== null) {
    const sheets = [...document.querySelectorAll("#previews .sheet")];
    const output = document.querySelector("#previews output");
    const before = document.querySelector("#previews .before");
    const after = document.querySelector("#previews .after");
    const choose = (index) => {
      const chosen = Math.min(sheets.length - 1, Math.max(0, index));
      slider.value = String(chosen);
      sheets.forEach((sheet, i) => sheet.classList.toggle("current", i === chosen));
      output.textContent = sheets[chosen].querySelector("figcaption").textContent;
      slider.setAttribute("aria-valuetext", output.textContent);
      before.disabled = chosen === 0;
      after.disabled = chosen === sheets.length - 1;
    };
    slider.addEventListener("input", () => choose(slider.valueAsNumber));
    before.addEventListener("click", () => choose(slider.valueAsNumber - 1));
    after.addEventListener("click", () => choose(slider.valueAsNumber + 1));
    choose(slider.valueAsNumber);
  }
})();
`;
