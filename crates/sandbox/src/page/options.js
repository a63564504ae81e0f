// @ts-check
/**
 * Commands and their options, independent of the page: which values an option takes, what a typed
 * text means, and what to say when it means nothing.
 */
import { nameOf } from "./messages.js";

/** @typedef {import("./suggestions.js").Choice} Choice */

/**
 * @typedef {object} Leaf A command, or one subcommand of it, that can be sent.
 * @property {string[]} path
 * @property {string[]} sent The same in the names that the bot knows.
 * @property {string} description
 * @property {any[]} options
 */

/**
 * @typedef {object} Place What options can point at.
 * @property {() => any[]} users
 * @property {() => { id: string, name: string }[]} channels
 */

/** Discord's numbers for the types of options. */
const TYPE = { string: 3, integer: 4, boolean: 5, user: 6, channel: 7, mentionable: 9, number: 10 };
/** Discord's limit for a text option that names none. */
const STRING_CHARS_MAX = 6000;

/** @param {any} option */
export function isNumeric(option) {
  return option.type === TYPE.integer || option.type === TYPE.number;
}

/**
 * The only values that an option takes; empty if it takes free text.
 *
 * @param {any} option
 * @param {Place} place
 * @returns {Choice[]}
 */
export function closedChoices(option, place) {
  if (option.choices?.length) return option.choices;
  switch (option.type) {
    case TYPE.boolean:
      return [
        { name: "True", value: true },
        { name: "False", value: false },
      ];
    case TYPE.user:
    case TYPE.mentionable:
      return place.users().map((user) => ({ name: nameOf(user), value: user.id, note: user.username }));
    case TYPE.channel:
      return place.channels().map((channel) => ({ name: `#${channel.name}`, value: channel.id }));
    default:
      return [];
  }
}

/**
 * What a typed text means for an option, or a sentence that says what is wrong with it.
 *
 * @param {any} option
 * @param {string} typed
 * @param {Place} place
 * @returns {{ value?: string | number | boolean, error?: string }}
 */
export function readValue(option, typed, place) {
  const text = typed.trim();
  const name = option.name;
  if (text === "") return { error: `Please fill in ${name}.` };
  const closed = closedChoices(option, place);
  if (closed.length > 0) {
    const plain = (/** @type {string} */ name) => name.toLowerCase().replace(/^[#@]/, "");
    const exact = closed.find((choice) => plain(choice.name) === plain(text) || String(choice.value) === text);
    // "Race" is enough for "Race: the first right answer wins" if no other value starts with it.
    const begun = closed.filter((choice) => plain(choice.name).startsWith(plain(text)));
    const same = exact ?? (begun.length === 1 ? begun[0] : undefined);
    return same ? { value: same.value } : { error: `Please choose ${name} from the list.` };
  }
  if (isNumeric(option)) return readNumber(option, text);
  if (option.type !== TYPE.string)
    return { error: `The sandbox cannot send ${name}: options of this kind are not simulated.` };
  const length = [...text].length;
  const max = option.max_length ?? STRING_CHARS_MAX;
  if (length < (option.min_length ?? 0))
    return { error: `${name} must have at least ${option.min_length} characters.` };
  if (length > max) return { error: `${name} must have at most ${max} characters.` };
  return { value: text };
}

/**
 * @param {any} option
 * @param {string} text
 */
function readNumber(option, text) {
  const number = Number(text);
  const whole = option.type === TYPE.integer;
  const kind = whole ? Number.isSafeInteger(number) : Number.isFinite(number);
  const { min_value: min = -Infinity, max_value: max = Infinity } = option;
  if (kind && number >= min && number <= max) return { value: number };
  const range = rangeOf(option);
  return { error: `${option.name} must be a ${whole ? "whole " : ""}number${range ? ` ${range}` : ""}.` };
}

/**
 * Commands whose name begins with the text come before those that only contain it.
 *
 * @param {Leaf[]} leaves
 * @param {string} text
 */
export function rank(leaves, text) {
  const names = leaves.map((leaf) => ({ leaf, name: leaf.path.join(" ").toLowerCase() }));
  const first = names.filter(({ name }) => name.startsWith(text));
  const then = names.filter(
    ({ name, leaf }) =>
      !name.startsWith(text) && (name.includes(text) || leaf.description.toLowerCase().includes(text)),
  );
  return [...first, ...then].map(({ leaf }) => leaf);
}

/** Where an option's name and a colon begin. */
const NAMED = /(?:^|\s)([\p{L}\p{N}_-]{1,32}):/gu;

/**
 * Whether a text names any of the options, as in "rounds:3".
 *
 * @param {string} text
 * @param {any[]} options
 */
export function namesOption(text, options) {
  return [...text.matchAll(NAMED)].some((match) => options.some((option) => option.name === match[1]));
}

/**
 * Splits "rounds:3 code:K7". Text before the first option goes to the first required one.
 *
 * @param {string} text
 * @param {any[]} options
 * @param {string} [first] The option of the text before any name.
 * @returns {[string, string][]}
 */
export function splitOptions(text, options, first) {
  const names = new Set(options.map((option) => option.name));
  /** @type {[string, string][]} */
  const values = [];
  let name = first ?? options.find((option) => option.required)?.name ?? "";
  let from = 0;
  let isNamed = false;
  const push = (/** @type {number} */ to) => {
    const value = text.slice(from, to).trim();
    // An option without a value waits to be filled in.
    if (name && (value || isNamed)) values.push([name, value]);
  };
  for (const match of text.matchAll(NAMED)) {
    if (!names.has(match[1])) continue;
    const at = match.index ?? 0;
    push(at);
    name = match[1];
    from = at + match[0].length;
    isNamed = true;
  }
  push(text.length);
  return values;
}

/**
 * "from 1 to 50" for a number with limits.
 *
 * @param {any} option
 */
export function rangeOf(option) {
  const { min_value: min, max_value: max } = option;
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  if (min !== undefined) return `from ${min}`;
  return max === undefined ? "" : `up to ${max}`;
}
