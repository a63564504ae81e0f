// @ts-check
/** The list above the composer: commands, options, or values of an option, chosen by keys or pointer. */
import { h } from "./dom.js";

/**
 * @typedef {object} Choice One line of the list above the composer.
 * @property {string} name
 * @property {string | number | boolean} [value]
 * @property {string} [note]
 * @property {string} [testid]
 * @property {() => void} [pick]
 */

/**
 * Makes the list. The field that has the focus when it opens is the combobox that it belongs to.
 *
 * @param {() => void} closed Called whenever it closes.
 */
export function createSuggestions(closed) {
  /** @type {{ choices: Choice[], active: number, take: (choice: Choice) => void, field: Element | null } | null} */
  let list = null;
  const lines = h("div", { class: "popup-lines", role: "listbox", id: "popup-lines", "aria-label": "Suggestions" });
  const heading = h("div", { class: "popup-head" });
  const element = h("div", { class: "popup", hidden: true }, heading, lines);

  /**
   * @param {string} title
   * @param {string} help
   * @param {Choice[]} choices
   * @param {number} active The line that Enter takes; -1 for none.
   * @param {(choice: Choice) => void} take
   */
  function open(title, help, choices, active, take) {
    list = { choices, active, take, field: document.activeElement };
    heading.replaceChildren(h("strong", null, title), h("span", null, help));
    lines.replaceChildren(...choices.map((choice, at) => line(choice, at, take)));
    lines.hidden = choices.length === 0;
    element.hidden = false;
    setActive(active);
  }

  /**
   * @param {Choice} choice
   * @param {number} at
   * @param {(choice: Choice) => void} take
   */
  function line(choice, at, take) {
    const option = h(
      "div",
      { class: "popup-line", role: "option", id: `popup-line-${at}`, "data-testid": choice.testid },
      h("span", { class: "popup-name" }, choice.name),
      choice.note ? h("span", { class: "popup-note" }, choice.note) : null,
    );
    // The field must not lose the focus between press and click.
    option.addEventListener("mousedown", (/** @type {Event} */ event) => event.preventDefault());
    option.addEventListener("click", () => take(choice));
    option.addEventListener("mousemove", () => list?.active !== at && setActive(at));
    return option;
  }

  function close() {
    list?.field?.setAttribute("aria-expanded", "false");
    list?.field?.removeAttribute("aria-activedescendant");
    list = null;
    element.hidden = true;
    lines.replaceChildren();
    closed();
  }

  /** @param {number} at */
  function setActive(at) {
    if (!list) return;
    list.active = at;
    [...lines.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === at)));
    list.field?.setAttribute("aria-expanded", "true");
    if (at >= 0) {
      list.field?.setAttribute("aria-activedescendant", `popup-line-${at}`);
      lines.children[at]?.scrollIntoView({ block: "nearest" });
    } else {
      list.field?.removeAttribute("aria-activedescendant");
    }
  }

  /**
   * Keys that belong to the list; true when one was used.
   *
   * @param {KeyboardEvent} event
   * @param {boolean} typed Whether Tab may take the first line although none is active.
   */
  function key(event, typed) {
    if (!list || event.isComposing) return false;
    const count = list.choices.length;
    if (event.key === "Escape") {
      close();
    } else if (count > 0 && event.key === "ArrowDown") {
      setActive((list.active + 1) % count);
    } else if (count > 0 && event.key === "ArrowUp") {
      setActive((Math.max(list.active, 0) - 1 + count) % count);
    } else if (event.key === "Enter" && !event.shiftKey && list.active >= 0) {
      list.take(list.choices[list.active]);
    } else if (event.key === "Tab" && !event.shiftKey && count > 0 && (list.active >= 0 || typed)) {
      list.take(list.choices[Math.max(list.active, 0)]);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { element, open, close, key, first: () => list?.choices[0] ?? null };
}
