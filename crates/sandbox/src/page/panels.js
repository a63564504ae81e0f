// @ts-check
/**
 * What opens over or beside the conversation: a bot's modal, the list of rejected requests, and
 * the keyboard shortcuts. The browser's own dialogs keep the focus inside and close with Escape.
 */
import { h, icon } from "./dom.js";
import { withFlags } from "./emoji.js";

/**
 * @typedef {object} TextInput
 * @property {string} custom_id
 * @property {1 | 2} style Short or paragraph.
 * @property {string} [label]
 * @property {string} [description]
 * @property {number} [min_length]
 * @property {number} [max_length]
 * @property {boolean} [required]
 * @property {string} [value]
 * @property {string} [placeholder]
 */

const TEXT_CHARS_MAX = 4000;

/**
 * The text inputs of a modal, in rows (type 1) or under labels (type 18).
 *
 * @param {any} modal
 * @returns {TextInput[]}
 */
function textInputs(modal) {
  return (modal.components ?? []).flatMap((/** @type {any} */ part) => {
    if (part.type === 18)
      return part.component?.type === 4
        ? [{ ...part.component, label: part.label, description: part.description }]
        : [];
    return (part.components ?? []).filter((/** @type {any} */ inner) => inner.type === 4);
  });
}

/**
 * Shows a bot's modal.
 *
 * @param {HTMLDialogElement} dialog
 * @param {any} modal
 * @param {string} note What stands below its title.
 * @param {(values: Record<string, string>) => Promise<string | null>} submit Gives a sentence when it failed.
 */
export function showModal(dialog, modal, note, submit) {
  const inputs = textInputs(modal);
  const failure = h("p", { class: "dialog-failure", role: "alert" });
  const send = h("button", { type: "submit", class: "button button-primary", "data-testid": "modal-submit" }, "Submit");
  const controls = inputs.map((input) => textControl(input));
  const form = h(
    "form",
    { class: "dialog-form", novalidate: true },
    dialogHead(dialog, "modal-title", modal.title ?? "", note),
    h(
      "div",
      { class: "dialog-body" },
      controls.map((control) => control.element),
      failure,
    ),
    h(
      "footer",
      { class: "dialog-foot" },
      h("button", { type: "button", class: "button button-plain", onclick: () => dialog.close() }, "Cancel"),
      send,
    ),
  );
  form.addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    const wrong = controls.filter((control) => !control.validate());
    if (wrong.length > 0) return wrong[0].control.focus();
    send.disabled = true;
    failure.textContent = "";
    const values = Object.fromEntries(controls.map(({ input, control }) => [input.custom_id, control.value]));
    const sentence = await submit(values);
    send.disabled = false;
    if (sentence) failure.textContent = sentence;
    else dialog.close();
  });
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  controls[0]?.control.focus();
}

/** @param {TextInput} input */
function textControl(input) {
  const id = `modal-${input.custom_id}`;
  const long = input.style === 2;
  const required = input.required !== false;
  const max = Math.min(input.max_length ?? TEXT_CHARS_MAX, TEXT_CHARS_MAX);
  const control = h(long ? "textarea" : "input", {
    id,
    class: "text-input",
    type: long ? null : "text",
    rows: long ? "5" : null,
    placeholder: input.placeholder,
    "data-custom-id": input.custom_id,
    "aria-required": String(required),
    "aria-describedby": `${id}-note`,
    autocomplete: "off",
    value: input.value ?? "",
  });
  const note = h("span", { class: "text-note", id: `${id}-note` }, input.description ?? "");
  const count = h("span", { class: "text-count", "aria-hidden": "true" });
  // Discord counts a flag as two characters, the browser as four.
  const lengthOf = (/** @type {string} */ text) => [...text].length;
  const recount = () => (count.textContent = `${lengthOf(control.value)} / ${max}`);
  recount();
  const validate = () => {
    const length = lengthOf(control.value.trim());
    let sentence = "";
    if (required && length === 0) sentence = "Please fill this in.";
    else if (length > 0 && length < (input.min_length ?? 0))
      sentence = `Please write at least ${input.min_length} characters.`;
    else if (length > max) sentence = `Please write at most ${max} characters.`;
    note.textContent = sentence || (input.description ?? "");
    control.toggleAttribute("aria-invalid", sentence !== "");
    return sentence === "";
  };
  control.addEventListener("input", () => {
    withFlags(control);
    recount();
    if (control.hasAttribute("aria-invalid")) validate();
  });
  const label = h(
    "label",
    { class: "text-label", for: id },
    input.label ?? "",
    required ? h("span", { class: "required", title: "Required" }, " *") : null,
  );
  return {
    input,
    control,
    validate,
    element: h("div", { class: "text-field" }, label, control, h("div", { class: "text-under" }, note, count)),
  };
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {string} id
 * @param {string} title
 * @param {string} note
 */
function dialogHead(dialog, id, title, note) {
  return h(
    "header",
    { class: "dialog-head" },
    h("div", null, h("h2", { id, class: "dialog-title" }, title), h("p", { class: "dialog-note" }, note)),
    h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => dialog.close() },
      icon("close"),
    ),
  );
}

/** Keys and what they do, for the page's help. */
const SHORTCUTS = [
  ["/", "Write a command"],
  ["1 … 9", "Act as another member (with Alt while writing)"],
  ["Alt + ↑ ↓", "Previous or next channel"],
  ["↑ ↓", "Move in servers, channels, members and messages"],
  ["Tab", "Go from a message to its buttons, from an option to the next"],
  ["Esc", "Close what is open, or go to the newest message"],
  ["?", "This list"],
];

/** @param {HTMLDialogElement} dialog */
export function showShortcuts(dialog) {
  const rows = SHORTCUTS.map(([keys, what]) =>
    h("div", { class: "shortcut" }, h("dt", null, h("kbd", null, keys)), h("dd", null, what)),
  );
  dialog.replaceChildren(
    dialogHead(dialog, "help-title", "Keyboard", "Everything here works without a mouse."),
    h("dl", { class: "dialog-body shortcuts" }, rows),
  );
  dialog.showModal();
}

/**
 * Fills the drawer with what the simulated Discord refused.
 *
 * @param {HTMLElement} drawer
 * @param {any[]} rejections
 * @param {() => void} close
 */
export function fillRejections(drawer, rejections, close) {
  const head = h(
    "header",
    { class: "drawer-head" },
    h(
      "div",
      null,
      h("h2", { class: "dialog-title" }, "Rejected requests"),
      h("p", { class: "dialog-note" }, "Requests from the bot that the simulated Discord refused."),
    ),
    h(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Close the list of rejected requests", onclick: close },
      icon("close"),
    ),
  );
  const list = h("ol", { class: "rejection-list" }, [...rejections].reverse().map(rejectionItem));
  const none = h(
    "div",
    { class: "drawer-empty" },
    icon("check"),
    h("p", null, "Nothing was refused. Every request so far followed Discord’s rules."),
  );
  drawer.replaceChildren(head, rejections.length > 0 ? list : none);
}

/** @param {any} rejection */
function rejectionItem(rejection) {
  const at = new Date(rejection.at_ms);
  const text = detailText(rejection.details);
  return h(
    "li",
    { class: "rejection" },
    h(
      "div",
      { class: "rejection-line" },
      h("span", { class: "rejection-method" }, rejection.method),
      h("span", { class: "rejection-status" }, `HTTP ${rejection.status}`),
      rejection.code ? h("span", { class: "rejection-code" }, `code ${rejection.code}`) : null,
      h("time", { class: "rejection-time", datetime: at.toISOString() }, at.toLocaleTimeString("en-GB")),
    ),
    h("code", { class: "rejection-path" }, rejection.path),
    h("p", { class: "rejection-message" }, rejection.message),
    text ? h("pre", { class: "rejection-details" }, text) : null,
  );
}

/**
 * The details as lines, "embeds.0.title: what is wrong", if they are nested `_errors` as Discord sends
 * them; otherwise unchanged.
 *
 * @param {any} details
 */
function detailText(details) {
  if (details === null || details === undefined || details === "") return "";
  if (typeof details === "string") return details;
  /** @type {string[]} */
  const lines = [];
  const walk = (/** @type {any} */ node, /** @type {string[]} */ path) => {
    if (node === null || typeof node !== "object") return;
    for (const error of node._errors ?? [])
      lines.push(`${path.join(".") || "request"}: ${error.message ?? error.code}`);
    for (const [key, below] of Object.entries(node)) if (key !== "_errors") walk(below, [...path, key]);
  };
  walk(details.errors ?? details, []);
  if (lines.length > 0) return lines.join("\n");
  const text = JSON.stringify(details, null, 2);
  return text === "{}" || text === "[]" ? "" : text;
}
