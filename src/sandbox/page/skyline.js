// @ts-check
/** The picture of an empty channel: a city at night, drawn by rule so that it is the same for everybody. */
import { svg } from "./dom.js";

const WIDTH = 640;
const HEIGHT = 190;
const GROUND = 170;

export function skyline() {
  const far = towers(7, 30, 92, 22);
  const near = towers(19, 16, 64, 34);
  const picture = svg(
    "svg",
    { class: "skyline", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "xMidYMax slice", "aria-hidden": "true", focusable: "false" },
    svg("rect", { class: "sky", width: WIDTH, height: HEIGHT }),
    svg("circle", { class: "sky-glow", cx: 470, cy: GROUND, r: 130 }),
    svg("circle", { class: "sky-glow", cx: 470, cy: GROUND, r: 78 }),
    svg("circle", { class: "sky-sun", cx: 470, cy: GROUND - 6, r: 36 }),
    svg("path", { class: "towers-far", d: outline(far) }),
    svg("path", { class: "towers-near", d: outline(near) }),
    ...windows(near),
    svg("rect", { class: "street", y: GROUND, width: WIDTH, height: HEIGHT - GROUND }),
    svg("path", { class: "street-light", d: "M0 180h640" }),
  );
  return picture;
}

/** @typedef {{ x: number, width: number, height: number }} Tower */

/**
 * @param {number} seed
 * @param {number} low
 * @param {number} high
 * @param {number} width About how wide each is.
 */
function towers(seed, low, high, width) {
  const next = numbers(seed);
  /** @type {Tower[]} */
  const list = [];
  for (let x = -8; x < WIDTH; ) {
    const wide = width * (0.6 + next() * 0.9);
    // Tallest towards the left of the middle, where a city has its heart.
    const heart = Math.exp(-(((x - 230) / 170) ** 2));
    list.push({ x, width: wide, height: low + (high - low) * (0.25 + 0.45 * next() + 0.75 * heart * next()) });
    x += wide + (next() < 0.25 ? width * 0.4 : 0);
  }
  return list;
}

/** @param {Tower[]} list */
function outline(list) {
  return list.map(({ x, width, height }) => `M${x.toFixed(1)} ${GROUND}v${-height.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}z`).join("");
}

/** @param {Tower[]} list */
function windows(list) {
  const next = numbers(5);
  const lit = [];
  for (const { x, width, height } of list) {
    for (let row = 7; row < height - 6; row += 8) {
      for (let column = 5; column < width - 6; column += 8) {
        if (next() > 0.22) continue;
        lit.push(svg("rect", { class: next() < 0.75 ? "window" : "window window-cool", x: (x + column).toFixed(1), y: (GROUND - height + row).toFixed(1), width: 3.2, height: 3.6 }));
      }
    }
  }
  return lit;
}

/** A small generator of numbers from 0 to 1, the same for the same seed. @param {number} seed */
function numbers(seed) {
  let value = seed * 2_654_435_761;
  return () => {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    return value / 2 ** 32;
  };
}
