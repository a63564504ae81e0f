// @ts-check
/** Emoji by their names in colons, as Discord's client turns them into signs while one types. */

const FLAG = /:flag_([a-z]{2}):/g;
/** Where the letters A to Z stand that make flags. */
const REGIONAL_A = 0x1f1e6;

/**
 * Turns ":flag_fr:" into the flag, in place.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 */
export function withFlags(field) {
  if (!field.value.includes(":flag_")) return;
  field.value = field.value.replace(FLAG, (_, letters) =>
    String.fromCodePoint(...[...letters].map((letter) => REGIONAL_A + letter.charCodeAt(0) - 97)),
  );
}
