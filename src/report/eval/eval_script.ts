/**
 * The script of an evaluation's page: sliders over pictures.
 * @module
 */

/** Runs in the page. It puts in text alone, so names from files stay text. */
export const EVAL_SCRIPT = `
"use strict";
(() => {
  document.documentElement.classList.add("js");
  for (const example of document.querySelectorAll(".example")) {
    const frame = example.querySelector(".frame");
    const slider = frame.querySelector("input[type=range]");
    const layersOf = (side) => [...frame.querySelectorAll(".layer." + side)];
    const nameOf = (side) => {
      const tag = frame.querySelector(".layer." + side + ".current .tag");
      return tag === null ? "" : tag.textContent;
    };
    const describe = () => {
      if (slider === null) return;
      const share = slider.valueAsNumber;
      frame.style.setProperty("--cut", share + "%");
      slider.setAttribute("aria-valuetext",
        share + " % " + nameOf("left") + ", " + (100 - share) + " % " + nameOf("right"));
    };
    for (const side of ["left", "right"]) {
      for (const radio of example.querySelectorAll(".pick-" + side + " input")) {
        const show = () => {
          layersOf(side).forEach((layer, i) =>
            layer.classList.toggle("current", i === Number(radio.value)));
          describe();
        };
        radio.addEventListener("change", show);
        // A browser that comes back to the page may have kept another choice.
        if (radio.checked) show();
      }
    }
    if (slider !== null) slider.addEventListener("input", describe);
    describe();
  }

  // A button for all examples chooses by name, as not every example has every method.
  for (const side of ["left", "right"]) {
    for (const radio of document.querySelectorAll(".for-all .all-" + side + " input")) {
      radio.addEventListener("change", () => {
        for (const example of document.querySelectorAll("#examples .example")) {
          const one = [...example.querySelectorAll(".pick-" + side + " input")]
            .find((input) => input.dataset.name === radio.value);
          if (one === undefined || one.checked) continue;
          one.checked = true;
          one.dispatchEvent(new Event("change"));
        }
      });
    }
  }
})();
`;
