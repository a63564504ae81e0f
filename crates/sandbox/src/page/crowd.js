// @ts-check
/** The crowd: simulated members who play on their own, and how many there are. */
import { h } from "./dom.js";
import { post, state } from "./state.js";

const SIZES = [0, 6, 12, 24, 40];

/**
 * The choice of how many play along.
 *
 * @param {() => void} changed
 */
export function crowdControl(changed) {
  const choose = async (/** @type {number} */ size) => {
    const answer = await post("sandbox/crowd", { members: size });
    if (!answer.error) state.crowd = size;
    changed();
  };
  return h(
    "div",
    { class: "crowd", role: "radiogroup", "aria-label": "Simulated members who play by themselves" },
    ...SIZES.map((size) =>
      h(
        "button",
        {
          type: "button",
          role: "radio",
          class: `crowd-size${size === state.crowd ? " current" : ""}`,
          "aria-checked": String(size === state.crowd),
          "data-testid": `crowd-${size}`,
          title: size === 0 ? "Nobody plays by themselves" : `${size} simulated members press buttons by themselves`,
          onclick: () => void choose(size),
        },
        size === 0 ? "Off" : size,
      ),
    ),
  );
}
