// @ts-check
/**
 * Small helpers that build elements. Text always becomes text nodes, so nothing that a bot or a
 * member wrote can turn into markup.
 */

/**
 * An element that the page's own markup holds.
 *
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Builds an element. `on…` properties add listeners, `class` sets the class, a boolean sets or
 * leaves out an attribute, and everything else is an attribute.
 *
 * @param {string} tag
 * @param {Record<string, any> | null} [props]
 * @param {...(Child | Child[])} children
 * @returns {any} An element of the kind that `tag` names.
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") /** @type {any} */ (element).value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/**
 * @param {Node} parent
 * @param {(Child | Child[])[]} children
 */
function append(parent, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node} children
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Outlines on a 24 × 24 grid. */
const ICONS = {
  hash: "M9 4 7 20M17 4l-2 16M4.5 9h16M3.5 15h16",
  at: "M4 6h16v11H9l-4 3v-3H4z",
  people: "M9 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 18.5a5.5 5.5 0 0 1 11 0M15.5 5.8a3 3 0 0 1 0 5.4M17 14a5.5 5.5 0 0 1 3.5 4.5",
  thread: "M6 4v9a3 3 0 0 0 3 3h10M15.5 12.5 19 16l-3.5 3.5",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  menu: "M4 7h16M4 12h16M4 17h16",
  shield: "M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6zM12 8.5v4M12 15.8v.2",
  send: "M4 12 20 4.5 15.5 20l-3.8-6.2zM11.7 13.8 20 4.5",
  close: "M6 6l12 12M18 6 6 18",
  link: "M14 4h6v6M20 4l-9 9M17 14v5H5V7h5",
  chevron: "M6 9.5l6 6 6-6",
  down: "M12 5v14M6 13l6 6 6-6",
  keyboard: "M3 6.5h18v11H3zM7 10.5h.01M11 10.5h.01M15 10.5h.01M8 14h8",
  alert: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1",
  check: "M5 12.5l4.5 4.5L19 7.5",
};

/**
 * A decorative icon; whatever carries it must say in words what it means.
 *
 * @param {keyof typeof ICONS} name
 */
export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: ICONS[name] }),
  );
}

/** The bot's own mark: a flame. */
export function flame() {
  return svg(
    "svg",
    { class: "flame", viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" },
    svg("path", {
      d: "M16.6 4.5c.6 4-1.6 5.7-3.5 8.1-1.9 2.3-3.6 4.5-3.6 7.6a6.7 6.7 0 0 0 13.4.1c0-2.7-1.1-4.6-2.3-6.3-.3 1.4-.9 2.3-1.9 3 .5-4.7-.3-9.3-2.1-12.5z",
    }),
  );
}

/**
 * A round portrait: the flame for the bot, the first letter in a colour of its own for a member.
 *
 * @param {string} name
 * @param {number} hue The place in the list of members, which decides the colour; negative for a bot.
 */
export function portrait(name, hue) {
  if (hue < 0) return h("span", { class: "portrait portrait-bot", "aria-hidden": "true" }, flame());
  const letter = [...name][0]?.toUpperCase() ?? "?";
  return h("span", { class: `portrait portrait-${hue % 6}`, "aria-hidden": "true" }, letter);
}

/**
 * Lets the arrow keys, Home and End move the focus among a container's items, of which only one
 * at a time is reached by Tab.
 *
 * @param {HTMLElement} container
 * @param {string} selector
 */
export function roving(container, selector) {
  const items = () => /** @type {HTMLElement[]} */ ([...container.querySelectorAll(selector)]);
  container.addEventListener("keydown", (event) => {
    const from = /** @type {HTMLElement} */ (event.target).closest(selector);
    if (from !== event.target || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = items();
    const at = all.indexOf(/** @type {HTMLElement} */ (from));
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    const to = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    all[to].focus();
  });
  container.addEventListener("focusin", (event) => {
    const item = /** @type {HTMLElement} */ (event.target).closest(selector);
    if (!item) return;
    for (const other of items()) other.tabIndex = other === item ? 0 : -1;
  });
}
