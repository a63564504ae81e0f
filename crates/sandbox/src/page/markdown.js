// @ts-check
/**
 * Discord's flavour of markdown, turned into elements.
 *
 * A hand-written scanner instead of regular expressions: it reads each text once, so hostile text
 * cannot make it slow, and it never produces markup from text.
 * The rules are those of <https://support.discord.com/hc/en-us/articles/210298617> and
 * <https://discord.com/developers/docs/reference#message-formatting>.
 */
import { h } from "./dom.js";

/**
 * @typedef {object} Names What a mention needs to know.
 * @property {(id: string) => string | null} user
 * @property {(id: string) => string | null} channel
 * @property {string} me The id of the member who reads.
 * @property {string} locale The language that their client is set to.
 */

/** Formatting inside formatting stops here; nobody nests deeper by intention. */
const DEPTH_MAX = 12;

/**
 * Renders a whole text: blocks and what is inside them.
 *
 * @param {string} text
 * @param {Names} names
 * @returns {DocumentFragment}
 */
export function markdown(text, names) {
  const out = document.createDocumentFragment();
  const fence = /(?<!\\)```(?:[\w+-]*\n)?([\s\S]+?)\n?```\n?/g;
  let from = 0;
  for (const match of text.matchAll(fence)) {
    const at = match.index ?? 0;
    if (at > from) blocks(text.slice(from, at).replace(/\n$/, ""), names, out);
    out.append(h("pre", { class: "md-block" }, h("code", null, match[1])));
    from = at + match[0].length;
  }
  if (from < text.length) blocks(text.slice(from), names, out);
  return out;
}

/**
 * Renders one line of text, for titles and field names.
 *
 * @param {string} text
 * @param {Names} names
 */
export function markdownLine(text, names) {
  return inline(text, { ...names, links: true }, 0);
}

/**
 * @param {string} text
 * @param {Names} names
 * @param {Node} out
 */
function blocks(text, names, out) {
  const scope = { ...names, links: true };
  const lines = text.split("\n");
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    if (plain.length === 0) return;
    const joined = plain.join("\n");
    // A line break at the very end of a block would not show.
    const tail = joined === "" || joined.endsWith("\n") ? h("br", null) : null;
    out.appendChild(h("div", { class: "md-text" }, inline(joined, scope, 0), tail));
    plain = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
    const subtext = /^-# +(\S.*)$/.exec(line);
    if (line.startsWith(">>> ")) {
      flush();
      const rest = [line.slice(4), ...lines.slice(at + 1)].join("\n");
      out.appendChild(quote(rest, names));
      return;
    }
    if (heading) {
      flush();
      const level = heading[1].length;
      out.appendChild(
        h(
          "div",
          { class: `md-h md-h${level}`, role: "heading", "aria-level": level + 2 },
          inline(heading[2], scope, 0),
        ),
      );
    } else if (subtext) {
      flush();
      out.appendChild(h("div", { class: "md-sub" }, inline(subtext[1], scope, 0)));
    } else if (line.startsWith("> ")) {
      flush();
      const quoted = [];
      while (lines[at]?.startsWith("> ")) quoted.push(lines[at++].slice(2));
      at -= 1;
      out.appendChild(quote(quoted.join("\n"), names));
    } else if (ITEM.test(line)) {
      flush();
      const items = [];
      while (at < lines.length && ITEM.test(lines[at])) items.push(lines[at++]);
      at -= 1;
      out.appendChild(list(items, scope));
    } else {
      plain.push(line);
    }
  }
  flush();
}

const ITEM = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/;

/**
 * @param {string} text
 * @param {Names} names
 */
function quote(text, names) {
  const block = h("blockquote", { class: "md-quote" });
  blocks(text, names, block);
  return block;
}

/**
 * Builds lists, nested by indentation; a change between bullets and numbers starts a new list.
 *
 * @param {string[]} lines Each of which matches `ITEM`.
 * @param {Scope} scope
 */
function list(lines, scope) {
  const out = document.createDocumentFragment();
  /** @type {{ indent: number, tag: string, element: HTMLElement }[]} */
  const open = [];
  for (const line of lines) {
    const [, space, mark, text] = /** @type {RegExpExecArray} */ (ITEM.exec(line));
    const indent = open.length < DEPTH_MAX ? space.length : Math.min(space.length, open[open.length - 1].indent);
    const tag = mark.length > 1 ? "ol" : "ul";
    while (open.length > 0) {
      const top = open[open.length - 1];
      if (indent > top.indent || (indent === top.indent && tag === top.tag)) break;
      open.pop();
    }
    let top = open[open.length - 1];
    if (!top || indent > top.indent) {
      const element = h(tag, { class: "md-list", start: tag === "ol" ? mark.slice(0, -1) : null });
      (top?.element.lastElementChild ?? out).append(element);
      top = { indent, tag, element };
      open.push(top);
    }
    top.element.append(h("li", null, inline(text, scope, 0)));
  }
  return out;
}

/** @typedef {Names & { links: boolean }} Scope `links` is false inside a link. */
/** @typedef {{ node: Node | string, end: number }} Hit */

/**
 * @param {string} text
 * @param {Scope} scope
 * @param {number} depth
 */
function inline(text, scope, depth) {
  const out = document.createDocumentFragment();
  /**
   * Delimiters that have no partner in the rest of this text.
   *
   * @type {Set<string>}
   */
  const unpaired = new Set();
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const hit = depth < DEPTH_MAX ? special(text, at, scope, depth, unpaired) : null;
    if (hit === null) {
      plain += text[at];
      at += 1;
    } else if (typeof hit.node === "string") {
      plain += hit.node;
      at = hit.end;
    } else {
      out.append(plain, hit.node);
      plain = "";
      at = hit.end;
    }
  }
  out.append(plain);
  return out;
}

/**
 * What begins at `at`, or null for an ordinary character.
 *
 * @param {string} text
 * @param {number} at
 * @param {Scope} scope
 * @param {number} depth
 * @param {Set<string>} unpaired
 * @returns {Hit | null}
 */
function special(text, at, scope, depth, unpaired) {
  switch (text[at]) {
    case "\\":
      return /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "") ? { node: text[at + 1], end: at + 2 } : null;
    case "`": {
      const end = codeEnd(text, at);
      if (end === null) return null;
      const ticks = tickCount(text, at);
      return { node: h("code", { class: "md-code" }, text.slice(at + ticks, end - ticks)), end };
    }
    case "<":
      return angled(text, at, scope);
    case "[":
      return scope.links ? maskedLink(text, at, scope, depth) : null;
    case "h":
      return scope.links ? bareLink(text, at) : null;
    case "*":
    case "_":
    case "~":
    case "|":
      return paired(text, at, scope, depth, unpaired);
    default:
      return null;
  }
}

/**
 * @param {string} text
 * @param {number} at
 */
function tickCount(text, at) {
  let ticks = 0;
  while (text[at + ticks] === "`") ticks += 1;
  return ticks;
}

/**
 * The index after the code span that begins at `at`, or null if it never closes.
 *
 * @param {string} text
 * @param {number} at
 */
function codeEnd(text, at) {
  const ticks = "`".repeat(tickCount(text, at));
  if (ticks.length > 2) return null;
  const close = text.indexOf(ticks, at + ticks.length);
  return close <= at + ticks.length - 1 || close === -1 ? null : close + ticks.length;
}

/** Longest first: two stars are not one star twice. */
const PAIRS = ["***", "**", "__", "~~", "||", "*", "_"];

/**
 * @param {string} text
 * @param {number} at
 * @param {Scope} scope
 * @param {number} depth
 * @param {Set<string>} unpaired
 * @returns {Hit | null}
 */
function paired(text, at, scope, depth, unpaired) {
  for (const mark of PAIRS) {
    if (!text.startsWith(mark, at) || unpaired.has(mark)) continue;
    if (mark === "_" && /\w/.test(text[at - 1] ?? "")) continue;
    // Take stars that open nothing together, so that the second star is not read as an opening one.
    if (mark === "*" && text[at + 1] === "*") return { node: "**", end: at + 2 };
    if (mark === "*" && /\s/.test(text[at + 1] ?? " ")) continue;
    const close = closing(text, at + mark.length, mark);
    if (close === null) {
      unpaired.add(mark);
      continue;
    }
    const inner = inline(text.slice(at + mark.length, close), scope, depth + 1);
    return { node: formatted(mark, inner), end: close + mark.length };
  }
  return null;
}

/**
 * Where `mark` closes, or null.
 *
 * @param {string} text
 * @param {number} from
 * @param {string} mark
 */
function closing(text, from, mark) {
  let at = from;
  while (at < text.length) {
    if (text[at] === "\\") {
      at += 2;
    } else if (text[at] === "`") {
      at = codeEnd(text, at) ?? at + 1;
    } else if (text.startsWith(mark, at) && at > from) {
      const next = text[at + mark.length] ?? "";
      const single = mark.length === 1;
      if (single && next === mark) at += 2;
      else if (!single && next === mark[0] && mark !== "||") at += 1;
      else if (mark === "*" && /\s/.test(text[at - 1])) return null;
      else if (mark === "_" && /\w/.test(next)) at += 1;
      else return at;
    } else if (mark.length === 1 && text.startsWith(mark + mark, at)) {
      at += 2;
    } else {
      at += 1;
    }
  }
  return null;
}

/**
 * @param {string} mark
 * @param {Node} inner
 */
function formatted(mark, inner) {
  switch (mark) {
    case "***":
      return h("em", null, h("strong", null, inner));
    case "**":
      return h("strong", null, inner);
    case "__":
      return h("u", null, inner);
    case "~~":
      return h("s", null, inner);
    case "||":
      return spoiler(inner);
    default:
      return h("em", null, inner);
  }
}

/** @param {Node} inner */
function spoiler(inner) {
  const text = h("span", { class: "md-spoiler-text", "aria-hidden": "true" }, inner);
  const cover = h(
    "span",
    { class: "md-spoiler", role: "button", tabindex: "0", "aria-label": "Spoiler, press to reveal" },
    text,
  );
  const reveal = () => {
    cover.classList.add("open");
    cover.removeAttribute("role");
    cover.removeAttribute("tabindex");
    cover.removeAttribute("aria-label");
    text.removeAttribute("aria-hidden");
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal();
  });
  return cover;
}

/**
 * Mentions, timestamps, custom emoji, and addresses in angle brackets.
 *
 * @param {string} text
 * @param {number} at
 * @param {Scope} scope
 * @returns {Hit | null}
 */
function angled(text, at, scope) {
  const match = /^<([^<>\s]{1,2048})>/.exec(text.slice(at, at + 2050));
  if (!match) return null;
  const end = at + match[0].length;
  const body = match[1];
  const user = /^@!?(\d{1,20})$/.exec(body);
  if (user) {
    const name = scope.user(user[1]);
    const me = user[1] === scope.me ? " mention-me" : "";
    return name === null ? null : { node: h("span", { class: `mention${me}` }, `@${name}`), end };
  }
  const channel = /^#(\d{1,20})$/.exec(body);
  if (channel) {
    const name = scope.channel(channel[1]);
    const link = { class: "mention", type: "button", "data-channel": channel[1] };
    return name === null ? null : { node: h("button", link, `#${name}`), end };
  }
  const time = /^t:(-?\d{1,13})(?::([tTdDfFR]))?$/.exec(body);
  if (time) return { node: timestamp(Number(time[1]), time[2] ?? "f", scope.locale), end };
  const emoji = /^a?:(\w{2,32}):\d{1,20}$/.exec(body);
  if (emoji) return { node: `:${emoji[1]}:`, end };
  const command = /^\/([^:]{1,100}):\d{1,20}$/.exec(body);
  if (command) return { node: h("span", { class: "mention" }, `/${command[1]}`), end };
  if (scope.links && /^https?:\/\//.test(body)) return { node: anchor(body, body), end };
  return null;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {Scope} scope
 * @param {number} depth
 * @returns {Hit | null}
 */
function maskedLink(text, at, scope, depth) {
  let close = at + 1;
  let nested = 0;
  while (close < text.length && (text[close] !== "]" || nested > 0)) {
    if (text[close] === "\\") close += 1;
    else if (text[close] === "[") nested += 1;
    else if (text[close] === "]") nested -= 1;
    else if (text[close] === "\n") return null;
    close += 1;
  }
  const target = /^\]\(<?(https?:\/\/(?:[^\s()<>]|\([^\s()<>]*\))+)>?(?: +"[^"\n]*")?\)/.exec(
    text.slice(close, close + 2200),
  );
  if (!target || close === at + 1) return null;
  const label = inline(text.slice(at + 1, close), { ...scope, links: false }, depth + 1);
  return { node: anchor(target[1], label), end: close + target[0].length };
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {Hit | null}
 */
function bareLink(text, at) {
  if (!text.startsWith("http://", at) && !text.startsWith("https://", at)) return null;
  const match = /^https?:\/\/[^\s<>]+/.exec(text.slice(at, at + 2048));
  if (!match) return null;
  let address = match[0].replace(/[.,:;!?'"\]*_~|]+$/, "");
  // A closing bracket belongs to the sentence unless the address opened it.
  if (address.endsWith(")") && !address.includes("(")) address = address.slice(0, -1);
  return { node: anchor(address, address), end: at + address.length };
}

/**
 * A link that opens in a new tab; only web addresses become links.
 *
 * @param {string} address
 * @param {Node | string} label
 */
export function anchor(address, label) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return h("span", null, label);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return h("span", null, label);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href }, label);
}

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/**
 * @param {number} seconds Since 1970.
 * @param {string} style One of Discord's letters.
 * @param {string} locale The reader's.
 */
function timestamp(seconds, style, locale) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return h("span", { class: "md-time" }, "Invalid date");
  const words = locale === "en-US" ? "en-GB" : locale;
  const full = date.toLocaleString(words, STYLES.F);
  const props = { class: "md-time", lang: locale, datetime: date.toISOString(), title: full };
  if (style !== "R") return h("time", props, date.toLocaleString(words, STYLES[style]));
  const element = h("time", { ...props, "data-live": seconds });
  tick(element, Date.now());
  return element;
}

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/**
 * "in 12 seconds", "3 minutes ago", "now".
 *
 * @param {number} seconds From now; negative for the past.
 * @param {string} [locale] Of the words; English by default.
 */
export function relative(seconds, locale = "en") {
  const size = Math.abs(seconds);
  if (size < 1) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
  const [unit, length] = UNITS.find(([, length]) => size >= length) ?? UNITS[UNITS.length - 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "always" }).format(Math.sign(seconds) * Math.floor(size / length), unit);
}

/**
 * Brings one live timestamp up to date.
 *
 * @param {HTMLElement} element
 * @param {number} now Milliseconds since 1970.
 */
export function tick(element, now) {
  // Rounded up, so that a countdown shows "in 1 second" until the moment has come.
  const left = Math.ceil(Number(element.dataset.live) - now / 1000);
  const text = relative(left, element.lang || undefined);
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("soon", left > 5 && left <= 120);
  element.classList.toggle("last", left > 0 && left <= 5);
}
