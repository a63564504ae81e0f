// @ts-check
/**
 * The line at the bottom: plain messages, the palette of commands, and a command's options.
 *
 * While a command is being filled in, each option is a small field of its own; the text field at
 * the end of the row then finds further options.
 */
import { h, icon } from "./dom.js";
import { ATTACHMENT, createChooser, describe, faultOf, onDrop } from "./files.js";
import { withFlags } from "./emoji.js";
import { closedChoices, isNumeric, namesOption, rangeOf, rank, readValue, splitOptions } from "./options.js";
import { createSuggestions } from "./suggestions.js";

/** @typedef {import("./suggestions.js").Choice} Choice */
/** @typedef {import("./options.js").Leaf} Leaf */

/**
 * @typedef {object} Field One option of the command, while it is filled in.
 * @property {any} option
 * @property {HTMLElement} chip
 * @property {HTMLInputElement} input
 * @property {Choice | null} picked What was taken from the list, if the text still says so.
 * @property {File | null} file What was chosen, for an option that takes a file.
 * @property {HTMLInputElement | null} chooser The dialogue to choose it with.
 */

/**
 * @typedef {object} Desk What the composer needs from the rest of the page.
 * @property {() => Leaf[]} commands Those that the member may use here.
 * @property {() => boolean} hasCommands Whether the bot has registered any.
 * @property {() => any[]} users
 * @property {() => { id: string, name: string }[]} channels
 * @property {() => string} placeholder
 * @property {() => string} hint What stands below the line while there is nothing to say.
 * @property {(leaf: Leaf, options: any[]) => Promise<string | null>} send Gives a sentence when refused.
 * @property {(leaf: Leaf, options: any[]) => Promise<Choice[]>} suggest
 * @property {(text: string) => Promise<string | null>} say
 * @property {(file: File) => Promise<{ id?: string, error?: string }>} upload
 */

const SUGGEST_AFTER_MS = 120;
const CONTENT_CHARS_MAX = 2000;

/**
 * @param {HTMLElement} root
 * @param {Desk} desk
 */
export function createComposer(root, desk) {
  /** @type {Leaf | null} */
  let leaf = null;
  /** @type {Field[]} */
  let fields = [];
  /** Counts requests for suggestions, so that a late answer to an old one is dropped. */
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let sending = false;

  const list = createSuggestions(() => {
    asked += 1;
    clearTimeout(timer);
  });
  const token = h("span", { class: "token", hidden: true });
  const chips = h("span", { class: "chips" });
  const input = h("input", {
    class: "composer-input",
    "data-testid": "composer",
    type: "text",
    "aria-label": "Message, or a command beginning with a slash",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "popup-lines",
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "send",
    maxlength: CONTENT_CHARS_MAX,
  });
  const slash = h(
    "button",
    { type: "button", class: "icon-button slash", "aria-label": "Choose a command", title: "Choose a command" },
    "/",
  );
  const sendButton = h(
    "button",
    { type: "submit", class: "send", "data-testid": "send", "aria-label": "Send", title: "Send" },
    icon("send"),
  );
  const note = h("p", { class: "composer-note", role: "status" });
  const bar = h(
    "form",
    { class: "composer-bar", novalidate: true },
    slash,
    h("div", { class: "composer-fields" }, token, chips, input),
    sendButton,
  );
  root.append(list.element, bar, note);

  /** Whether the field being written in holds something that was typed, not taken from the list. */
  function hasTyped() {
    const field = fields.find((field) => field.input === document.activeElement);
    return Boolean(field && !field.picked && field.input.value);
  }

  // ---- The palette, and the options of a command -----------------------------------------

  function showPalette() {
    const text = input.value.slice(1).toLowerCase().trimStart();
    const all = desk.commands();
    const found = rank(all, text);
    const help =
      all.length === 0
        ? desk.hasCommands()
          ? "No command of the bot can be used here."
          : "The bot has not registered any commands yet."
        : found.length === 0
          ? "No command is called that."
          : "↑ ↓ to move, Enter to choose";
    const choices = found.map((found) => ({
      name: `/${found.path.join(" ")}`,
      note: found.description,
      testid: `command-${found.path.join("-")}`,
      pick: () => begin(found),
    }));
    list.open("Commands", help, choices, choices.length > 0 ? 0 : -1, (choice) => choice.pick?.());
  }

  /**
   * @param {Leaf} chosen
   * @param {string} [rest] Text after the command's name, if it was typed or pasted.
   */
  function begin(chosen, rest = "") {
    leaf = chosen;
    fields = [];
    chips.replaceChildren();
    token.textContent = `/${chosen.path.join(" ")}`;
    token.hidden = false;
    input.value = "";
    list.close();
    for (const option of chosen.options) if (option.required) addField(option);
    const values = splitOptions(rest, chosen.options);
    for (const [name, value] of values) setValue(name, value);
    refresh();
    goOn();
  }

  /** Puts the focus where there is something left to fill in. */
  function goOn() {
    const empty = fields.find((field) => !field.input.value);
    (empty?.input ?? input).focus();
    if (!empty) showFurtherOptions();
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  function setValue(name, value) {
    const option = leaf?.options.find((option) => option.name === name);
    if (!option) return;
    const field = fields.find((field) => field.option === option) ?? addField(option);
    field.input.value = value;
    fit(field.input);
  }

  /** @param {any} option */
  function addField(option) {
    const id = `option-${option.name}`;
    const field = /** @type {Field} */ ({ option, picked: null, file: null, chooser: null });
    const takesFile = option.type === ATTACHMENT;
    if (takesFile) field.chooser = createChooser(id, (file) => setFile(field, file));
    field.input = h("input", {
      id,
      "data-testid": id,
      class: "chip-input",
      type: "text",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "popup-lines",
      "aria-required": option.required ? "true" : null,
      "aria-description": option.description,
      inputmode: isNumeric(option) ? "numeric" : null,
      readonly: takesFile,
      placeholder: takesFile ? "choose a file" : null,
      enterkeyhint: "send",
      autocomplete: "off",
      spellcheck: "false",
      size: 4,
      maxlength: option.max_length ?? 6000,
    });
    const remove = option.required
      ? null
      : h(
          "button",
          {
            type: "button",
            class: "chip-remove",
            tabindex: "-1",
            "aria-label": `Remove ${option.name}`,
            onclick: () => removeField(field),
          },
          icon("close"),
        );
    field.chip = h(
      "span",
      { class: "chip" },
      h("label", { for: id, class: "chip-name" }, option.name),
      field.input,
      field.chooser,
      remove,
    );
    field.input.addEventListener("input", () => {
      withFlags(field.input);
      field.picked = null;
      field.chip.classList.remove("wrong");
      if (stepOn(field)) return;
      fit(field.input);
      showField(field);
    });
    field.input.addEventListener("focus", () => showField(field));
    if (takesFile) field.input.addEventListener("click", () => field.chooser?.click());
    field.input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => fieldKey(event, field));
    fields.push(field);
    chips.append(field.chip);
    fit(field.input);
    return field;
  }

  /**
   * @param {Field} field
   * @param {File} file
   */
  function setFile(field, file) {
    field.file = file;
    field.input.value = describe(file);
    field.chip.classList.remove("wrong");
    fit(field.input);
    refresh();
    list.close();
    input.focus();
  }

  /**
   * A file dropped onto the line goes to the first option that still wants one.
   *
   * @param {File} file
   */
  function dropFile(file) {
    const option = leaf?.options.find((option) => option.type === ATTACHMENT);
    if (!option) {
      complain("Choose a command that takes a file first.");
      return false;
    }
    const wants = (/** @type {Field} */ field) => field.option.type === ATTACHMENT && !field.file;
    const known = fields.find(wants) ?? fields.find((field) => field.option === option);
    setFile(known ?? addField(option), file);
    return true;
  }

  /**
   * A line typed or pasted as in "/cast name:Vincent Hanna": the name of an option and a colon begin
   * that option, in any field.
   *
   * @param {Field} field
   */
  function stepOn(field) {
    if (!leaf || !namesOption(field.input.value, leaf.options)) return false;
    const values = splitOptions(field.input.value, leaf.options, field.option.name);
    if (values[0]?.[0] !== field.option.name) {
      field.input.value = "";
      // An empty field is removed, unless its option is required.
      if (!field.option.required) removeField(field);
    }
    for (const [name, value] of values) setValue(name, value);
    const last = fields.find((other) => other.option.name === values.at(-1)?.[0]);
    (last?.input ?? input).focus();
    return true;
  }

  /** @param {Field} field */
  function removeField(field) {
    fields = fields.filter((other) => other !== field);
    field.chip.remove();
    list.close();
    refresh();
    input.focus();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Field} field
   */
  function fieldKey(event, field) {
    if (list.key(event, hasTyped()) || event.isComposing) return;
    const opens = event.key === " " || (event.key === "Enter" && !field.file);
    if (field.chooser && opens) {
      event.preventDefault();
      field.chooser.click();
    } else if (event.key === "Enter") {
      event.preventDefault();
      submit();
    } else if (event.key === "Backspace" && field.file) {
      event.preventDefault();
      field.file = null;
      field.input.value = "";
      fit(field.input);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      clear();
      input.focus();
    } else if (event.key === "Backspace" && field.input.value === "") {
      event.preventDefault();
      if (field.option.required) clear();
      else removeField(field);
      input.focus();
    }
  }

  /** @param {Field} field */
  function showField(field) {
    const { option } = field;
    const title = option.required ? `${option.name} (required)` : option.name;
    const how = field.chooser ? "Enter to choose it, or drop it here" : rangeOf(option);
    const help = [option.description, how].filter(Boolean).join(" · ");
    const take = (/** @type {Choice} */ choice) => pick(field, choice);
    if (option.autocomplete) {
      if (list.first()?.testid !== `suggestion-${option.name}`) list.open(title, help, [], -1, take);
      ask(field, title, help, take);
      return;
    }
    const typed = field.picked ? "" : field.input.value.trim().toLowerCase();
    const choices = closedChoices(option, desk).filter((choice) => choice.name.toLowerCase().includes(typed));
    list.open(title, help, choices, typed && choices.length > 0 ? 0 : -1, take);
  }

  /**
   * Asks the bot for suggestions, once the member has stopped typing for a moment.
   *
   * @param {Field} field
   * @param {string} title
   * @param {string} help
   * @param {(choice: Choice) => void} take
   */
  function ask(field, title, help, take) {
    clearTimeout(timer);
    asked += 1;
    const mine = asked;
    timer = setTimeout(async () => {
      if (!leaf) return;
      const options = fields
        .filter((other) => other === field || other.input.value.trim() !== "")
        .map((other) => {
          if (other === field)
            return { name: field.option.sent, type: field.option.type, value: field.input.value, focused: true };
          const { value } = check(other);
          return value === undefined ? null : { name: other.option.sent, type: other.option.type, value };
        })
        .filter((option) => option !== null);
      let choices = /** @type {Choice[]} */ ([]);
      let said = help;
      try {
        choices = await desk.suggest(leaf, options);
        if (choices.length === 0) said = `${help} · no suggestions`;
      } catch {
        said = `${help} · no suggestions arrived in time`;
      }
      if (mine !== asked || document.activeElement !== field.input) return;
      const marked = choices.map((choice) => ({ ...choice, testid: `suggestion-${field.option.name}` }));
      list.open(title, said, marked, -1, take);
    }, SUGGEST_AFTER_MS);
  }

  /**
   * @param {Field} field
   * @param {Choice} choice
   */
  function pick(field, choice) {
    field.picked = choice;
    field.input.value = choice.name;
    field.chip.classList.remove("wrong");
    fit(field.input);
    list.close();
    const next = fields.slice(fields.indexOf(field) + 1).find((other) => other.input.value === "");
    (next?.input ?? input).focus();
  }

  function showFurtherOptions() {
    if (!leaf) return;
    const typed = input.value.trim().toLowerCase().replace(/:$/, "");
    const rest = leaf.options.filter((option) => !fields.some((field) => field.option === option));
    const found = rest.filter((option) => option.name.toLowerCase().startsWith(typed));
    if (namesOption(input.value, leaf.options)) {
      const values = splitOptions(input.value, leaf.options, "");
      input.value = "";
      for (const [name, value] of values) setValue(name, value);
      const last = fields.find((field) => field.option.name === values.at(-1)?.[0]);
      refresh();
      return (last?.input ?? input).focus();
    }
    if (rest.length === 0) return list.close();
    const choices = found.map((option) => ({
      name: option.name,
      note: [option.description, rangeOf(option)].filter(Boolean).join(" · "),
      testid: `add-option-${option.name}`,
      pick: () => take(option),
    }));
    list.open(
      "Options",
      choices.length ? "Tab or Enter to add one, Enter on an empty line to send" : "No option is called that.",
      choices,
      typed && choices.length ? 0 : -1,
      (choice) => choice.pick?.(),
    );
  }

  /** @param {any} option */
  function take(option) {
    input.value = "";
    const field = addField(option);
    refresh();
    field.input.focus();
  }

  // ---- Sending ---------------------------------------------------------------------------

  /**
   * The value of a field as the server wants it, or what is wrong with it.
   *
   * @param {Field} field
   */
  function check({ option, input, picked, file, chooser }) {
    if (chooser) {
      const error = faultOf(file, option.name);
      return error ? { error } : { value: undefined };
    }
    return picked?.name === input.value ? { value: picked.value } : readValue(option, input.value, desk);
  }

  async function submit() {
    if (sending) return;
    let failure = null;
    sending = true;
    sendButton.disabled = true;
    try {
      failure = leaf ? await submitCommand(leaf) : await submitText();
    } finally {
      sending = false;
      sendButton.disabled = false;
      refresh();
    }
    if (failure) complain(failure);
  }

  /** @param {Leaf} chosen */
  async function submitCommand(chosen) {
    list.close();
    if (input.value.trim()) return `${input.value.trim()} is not an option of /${chosen.path.join(" ")}.`;
    const options = [];
    for (const field of fields) {
      // Ignore optional fields that were opened and left empty.
      if (!field.option.required && field.input.value.trim() === "") continue;
      const { value, error } = check(field);
      if (error) {
        field.chip.classList.add("wrong");
        field.input.focus();
        list.close();
        return error;
      }
      options.push({ name: field.option.sent, type: field.option.type, value });
    }
    // Upload nothing until every option is valid.
    for (const field of fields) {
      const place = options.find((option) => option.name === field.option.sent);
      if (!field.file || !place) continue;
      note.textContent = `Sending ${field.file.name} …`;
      const { id, error } = await desk.upload(field.file);
      if (error) return error;
      place.value = id;
    }
    const failure = await desk.send(chosen, options);
    if (!failure && leaf === chosen) {
      clear();
      input.focus();
    }
    return failure;
  }

  async function submitText() {
    const text = input.value.trim();
    if (text === "") return null;
    if (text.startsWith("/")) return "There is no such command here. Type / to see them all.";
    const failure = await desk.say(text);
    if (!failure) input.value = "";
    return failure;
  }

  /** @param {string} sentence */
  function complain(sentence) {
    note.textContent = sentence;
    note.classList.add("wrong");
  }

  function clear() {
    leaf = null;
    fields = [];
    chips.replaceChildren();
    token.hidden = true;
    input.value = "";
    list.close();
    refresh();
  }

  /** Brings everything that follows from the state up to date. */
  function refresh() {
    note.classList.remove("wrong");
    const text = input.value;
    const plain = !leaf && text !== "" && !text.startsWith("/");
    note.textContent = plain ? "A plain message: the bot does not read it. Commands begin with a slash." : desk.hint();
    input.placeholder = leaf ? "Enter to send" : desk.placeholder();
    bar.classList.toggle("commanding", leaf !== null);
    slash.hidden = leaf !== null;
    sendButton.classList.toggle("ready", leaf !== null || plain);
  }

  // ---- Events ----------------------------------------------------------------------------

  /** The draft, as the line that a member would have typed. */
  function draft() {
    if (!leaf) return input.value;
    const values = fields
      .filter((field) => field.input.value && !field.file)
      .map((field) => `${field.option.name}:${field.input.value}`);
    return [`/${leaf.path.join(" ")}`, ...values, ""].join(" ");
  }

  /**
   * Restores an unsent draft.
   *
   * @param {string} text
   */
  function takeUp(text) {
    clear();
    input.value = text;
    if (text) offer();
  }

  /** Offers what fits the text so far. */
  function offer() {
    withFlags(input);
    refresh();
    const text = input.value;
    if (leaf) return showFurtherOptions();
    if (!text.startsWith("/")) return list.close();
    const typed = desk.commands().find((one) => text.toLowerCase().startsWith(`/${one.path.join(" ")} `));
    if (typed) return begin(typed, text.slice(typed.path.join(" ").length + 2));
    showPalette();
  }

  input.addEventListener("input", offer);
  input.addEventListener("focus", () => leaf && showFurtherOptions());
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (list.key(event, hasTyped()) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && leaf) {
      event.preventDefault();
      event.stopPropagation();
      clear();
    } else if (event.key === "Backspace" && leaf && input.value === "") {
      event.preventDefault();
      const last = fields[fields.length - 1];
      if (!last) clear();
      else last.input.focus();
    }
  });
  bar.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    submit();
  });
  onDrop(bar, dropFile);
  slash.addEventListener("click", () => {
    input.value = "/";
    input.focus();
    refresh();
    showPalette();
  });
  root.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
    if (!root.contains(/** @type {Node | null} */ (event.relatedTarget))) list.close();
  });
  refresh();

  return {
    focus: () => input.focus(),
    draft,
    takeUp,
    refresh,
    /** The bot registered other commands: an open palette shows them. */
    commandsChanged() {
      if (!leaf && input.value.startsWith("/")) offer();
    },
    /**
     * Puts a command into the composer, and sends it if it needs nothing filled in.
     *
     * @param {Leaf} chosen
     * @param {boolean} send
     */
    run(chosen, send) {
      begin(chosen);
      return send ? submit() : undefined;
    },
    /** Opens the palette, as if the member had typed a slash. */
    openPalette() {
      if (!leaf) slash.click();
      else input.focus();
    },
  };
}

/** @param {HTMLInputElement} input */
function fit(input) {
  input.size = Math.min(Math.max([...input.value].length + 1, 4), 32);
}
