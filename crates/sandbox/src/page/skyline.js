// @ts-check
/**
 * The picture of an empty channel: a generated city at nightfall, the same for everybody and in the
 * colours of the theme.
 */
import { svg } from "./dom.js";

const WIDTH = 640;
const HEIGHT = 210;
const GROUND = 188;

export function skyline() {
  const far = towers({ seed: 3, low: 36, high: 165, width: 20, heart: 240 });
  const middle = towers({ seed: 11, low: 18, high: 120, width: 24, heart: 190 });
  const near = towers({ seed: 6, low: 8, high: 58, width: 38, heart: 90 });
  return svg(
    "svg",
    {
      class: "skyline",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "xMidYMax slice",
      "aria-hidden": "true",
      focusable: "false",
    },
    svg(
      "defs",
      {},
      svg(
        "linearGradient",
        { id: "sky", x1: 0, y1: 0, x2: 0, y2: 1 },
        stop(0, "sky-top"),
        stop(0.55, "sky-middle"),
        stop(0.95, "sky-low"),
      ),
      svg("radialGradient", { id: "glow" }, stop(0, "glow", 0.8), stop(0.35, "glow", 0.28), stop(1, "glow", 0)),
    ),
    svg("rect", { width: WIDTH, height: HEIGHT, fill: "url(#sky)" }),
    svg("circle", { cx: 476, cy: 132, r: 170, fill: "url(#glow)" }),
    svg("circle", { class: "sky-sun", cx: 476, cy: 130, r: 27 }),
    svg("path", { class: "towers-far", d: outline(far) }),
    svg("path", { class: "towers-middle", d: outline(middle) }),
    ...windows(middle, 5, 0.13),
    svg("path", { class: "towers-near", d: outline(near) }),
    ...windows(near, 8, 0.24),
    svg("rect", { class: "street", y: GROUND, width: WIDTH, height: HEIGHT }),
    svg("path", { class: "street-light", d: `M0 ${GROUND + 11}h${WIDTH}` }),
  );
}

/**
 * @param {number} offset
 * @param {string} name
 * @param {number} [opacity]
 */
function stop(offset, name, opacity = 1) {
  return svg("stop", { offset, class: name, "stop-opacity": opacity });
}

/** @typedef {{ x: number, width: number, height: number }} Tower */

/**
 * @param {{ seed: number, low: number, high: number, width: number, heart: number }} city `width` is
 *   about how wide each tower is, `heart` where the tallest stand.
 */
function towers({ seed, low, high, width, heart }) {
  const next = numbers(seed);
  /** @type {Tower[]} */
  const list = [];
  for (let x = -8; x < WIDTH;) {
    const wide = width * (0.6 + next() * 0.8);
    const near = Math.exp(-(((x - heart) / 120) ** 2));
    list.push({ x, width: wide, height: low + (high - low) * (0.3 * next() + near * (0.2 + 0.6 * next())) });
    x += wide + (next() < 0.3 ? width * 0.35 : 0);
  }
  return list;
}

/** @param {Tower[]} list */
function outline(list) {
  return list
    .map(
      ({ x, width, height }) =>
        `M${x.toFixed(1)} ${GROUND}v${-height.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}z`,
    )
    .join("");
}

/**
 * Lit windows, most of them warm.
 *
 * @param {Tower[]} list
 * @param {number} seed
 * @param {number} share Of the windows that are lit.
 */
function windows(list, seed, share) {
  const next = numbers(seed);
  const lit = [];
  for (const { x, width, height } of list) {
    for (let row = 6; row < height - 5; row += 7) {
      for (let column = 4; column < width - 5; column += 7) {
        if (next() > share) continue;
        lit.push(
          svg("rect", {
            class: next() < 0.75 ? "window" : "window window-cool",
            x: (x + column).toFixed(1),
            y: (GROUND - height + row).toFixed(1),
            width: 2.6,
            height: 3,
          }),
        );
      }
    }
  }
  return lit;
}

/**
 * A small generator of numbers from 0 to 1, the same for the same seed.
 *
 * @param {number} seed
 */
function numbers(seed) {
  let value = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    return value / 2 ** 32;
  };
}
