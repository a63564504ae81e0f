// @ts-check
/**
 * The conversation in the middle: the list of messages of the open channel, what to show if there
 * are none, and the scrolling that keeps the newest in sight.
 */
import { byId, h, icon } from "./dom.js";
import { dots, fillMessage, nameOf } from "./messages.js";
import { skyline } from "./skyline.js";
import { botName, channelOf, guildOf, hue, isVisible, may, members, post, state, user } from "./state.js";

const MESSAGES_SHOWN_MAX = 300;
const GROUP_WITHIN_MS = 7 * 60_000;
/** Longer than Discord's three seconds, for a socket that lost the outcome. */
const PRESS_FORGOTTEN_AFTER_MS = 6000;
const PINNED_WITHIN_PX = 48;
const SLOW_AFTER_MS = 250;

/**
 * @typedef {object} Actions
 * @property {() => import("./composer.js").Leaf[]} commands Those that the member may use here.
 * @property {(leaf: import("./composer.js").Leaf, send: boolean) => void} run Puts a command into the composer, and sends it.
 * @property {() => void} write Puts the focus where one writes.
 */

/** @type {Actions} */
let actions;

/** @param {Actions} what Members can do here. */
export function startConversation(what) {
  actions = what;
  byId("jump").addEventListener("click", () => {
    scrollToEnd();
    actions.write();
  });
  keepPinned();
}

/**
 * Lines on the screen by message id.
 *
 * @type {Map<string, { item: HTMLElement, message: any, grouped: boolean }>}
 */
const drawn = new Map();
let pinned = true;
/** Where the list was scrolled to, when last heard of. */
let lastTop = 0;
let unseen = 0;

/** @type {import("./messages.js").View} */
const view = {
  names: {
    get me() {
      return state.me;
    },
    get locale() {
      return user(state.me)?.locale ?? "en-US";
    },
    user: (id) => (id === state.bot.id ? botName() : user(id) ? nameOf(user(id)) : null),
    channel: (id) => channelOf(id)?.name ?? null,
  },
  hue,
  press,
  pressState: (message) => {
    const key = `${state.me} ${message.id}`;
    return { pressed: state.presses.get(key) ?? null, failed: state.failures.get(key) ?? null };
  },
  dismiss: (message) => {
    state.dismissed.add(message.id);
    syncMessages();
    actions.write();
  },
  // Members can delete their own messages, moderators (Manage Messages) everybody's; private ones are
  // dismissed instead.
  mayDelete: (message) => !message.visible_to && (message.author.id === state.me || may(13n)),
  remove: async (message) => {
    const answer = await post("sandbox/act", {
      do: "delete_message",
      by: state.me,
      channel_id: message.channel_id,
      message_id: message.id,
    });
    if (answer.error) announce(answer.error);
    actions.write();
  },
  isSimulated: (id) => Boolean(user(id)?.simulated),
  entities(kind) {
    const guild = guildOf(state.channel);
    const people = members().map((member) => ({ name: nameOf(member), value: member.id, note: member.username }));
    const roles = (guild?.roles ?? [])
      .filter((/** @type {any} */ role) => role.position > 0)
      .map((/** @type {any} */ role) => ({ name: `@${role.name}`, value: role.id }));
    const channels = (guild?.channels ?? []).map((/** @type {any} */ one) => ({ name: `#${one.name}`, value: one.id }));
    return { 5: people, 6: roles, 7: [...people, ...roles], 8: channels }[kind] ?? [];
  },
};

export function renderConversation() {
  drawn.clear();
  byId("messages").replaceChildren();
  syncMessages();
  scrollToEnd();
}

/** Brings the list of messages in line with the state, touching only what changed. */
export function syncMessages() {
  const list = byId("messages");
  const shown = (state.messages.get(state.channel) ?? []).filter(isVisible).slice(-MESSAGES_SHOWN_MAX);
  const keep = new Set(shown.map((message) => message.id));
  for (const [id, { item }] of drawn) {
    if (keep.has(id)) continue;
    item.remove();
    drawn.delete(id);
  }
  list.querySelectorAll(".day, .local").forEach((/** @type {Element} */ line) => line.remove());
  let before = null;
  let cursor = list.firstElementChild;
  for (const message of shown) {
    const day = dayOf(message);
    if (!before || dayOf(before) !== day) list.insertBefore(h("li", { class: "day" }, h("span", null, day)), cursor);
    const item = drawMessage(message, continues(before, message));
    if (item === cursor) cursor = cursor.nextElementSibling;
    else list.insertBefore(item, cursor);
    before = message;
  }
  list.append(...localLines());
  const tabStop = list.querySelector('.message[tabindex="0"]') ?? drawn.get(shown.at(-1)?.id)?.item;
  if (tabStop) tabStop.tabIndex = 0;
  renderEmpty(shown.length === 0 && list.childElementCount === 0);
}

/**
 * @param {any} message
 * @param {boolean} grouped
 */
function drawMessage(message, grouped) {
  const old = drawn.get(message.id);
  if (old && old.message === message && old.grouped === grouped) return old.item;
  const item = old?.item ?? h("li", { tabindex: "-1" });
  fillMessage(item, message, grouped, view);
  drawn.set(message.id, { item, message, grouped });
  return item;
}

/**
 * Redraws one message whose own data did not change.
 *
 * @param {string} id
 */
function redraw(id) {
  const old = drawn.get(id);
  if (old) fillMessage(old.item, old.message, old.grouped, view);
}

/**
 * @param {any} before
 * @param {any} message
 */
function continues(before, message) {
  if (!before || before.author.id !== message.author.id || message.interaction_metadata?.type === 2) return false;
  if (Boolean(before.visible_to) !== Boolean(message.visible_to) || dayOf(before) !== dayOf(message)) return false;
  return Date.parse(message.timestamp) - Date.parse(before.timestamp) < GROUP_WITHIN_MS;
}

/** @param {any} message */
function dayOf(message) {
  const date = new Date(message.timestamp);
  const today = new Date().toDateString() === date.toDateString();
  return today ? "Today" : date.toLocaleDateString("en-GB", { dateStyle: "long" });
}

/** Commands of this member that are on their way, or failed. */
function localLines() {
  return [...state.sent]
    .filter(([, sent]) => sent.user === state.me && sent.channel === state.channel && (sent.slow || sent.failed))
    .map(([id, sent]) =>
      h(
        "li",
        { class: `local${sent.failed ? " local-failed" : ""}` },
        sent.failed ? icon("alert") : dots(),
        h("span", null, sent.failed ? `The bot did not answer ${sent.name} in time. ` : `Sending ${sent.name}…`),
        sent.failed ? h("span", { class: "privacy-word" }, "Only you can see this · ") : null,
        sent.failed
          ? h(
              "button",
              { type: "button", class: "text-button", onclick: () => state.sent.delete(id) && syncMessages() },
              "Dismiss",
            )
          : null,
      ),
    );
}

/** Most commands that an empty channel offers. */
const TRY_MAX = 4;

/** What a newcomer would try first, as far as a command's words tell. */
const FIRST = [
  /\b(quiz|start|game)\b/,
  /\b(who|look|find|search)\b/,
  /\b(news|today|summary|latest)\b/,
  /board|\b(rank|top)\b/,
];

/** Commands to begin with, described in the bot's own words: one for each idea above, then others. */
function commandsToTry() {
  const all = actions.commands().filter((leaf) => leaf.path.length === 1);
  const words = (/** @type {any} */ leaf) => `${leaf.path[0]} ${leaf.description}`.toLowerCase();
  const wished = FIRST.map((pattern) => all.find((leaf) => pattern.test(words(leaf))));
  return [...new Set([...wished, ...all])]
    .flatMap((leaf) => leaf ?? [])
    .slice(0, TRY_MAX)
    .map((leaf) => ({ leaf, isReady: !leaf.options.some((/** @type {any} */ option) => option.required) }));
}

/** @param {boolean} show */
function renderEmpty(show) {
  const empty = byId("empty");
  const shownFor = `${state.me} ${state.channel} ${state.commands.length}`;
  if (empty.hidden === !show && empty.dataset.shownFor === shownFor) return;
  empty.hidden = !show;
  empty.dataset.shownFor = shownFor;
  if (!show || !state.ready) return empty.replaceChildren();
  const cards = commandsToTry().map(({ leaf, isReady }) =>
    h(
      "button",
      {
        type: "button",
        class: "try",
        "data-testid": `try-${leaf.path.join("-")}`,
        onclick: () => actions.run(leaf, isReady),
      },
      h("span", { class: "try-command" }, `/${leaf.path.join(" ")}`),
      h("span", { class: "try-note" }, leaf.description),
    ),
  );
  empty.replaceChildren(
    skyline(),
    h("h2", { class: "empty-title" }, "The city is quiet. For now."),
    h(
      "p",
      { class: "empty-text" },
      cards.length > 0
        ? `Press one of these to run it as ${nameOf(user(state.me) ?? { username: "yourself" })}, or type `
        : "Nobody has written here yet. Type ",
      h("kbd", null, "/"),
      " to see every command.",
      state.crowd === 0 ? " Alone? Turn on the crowd, and simulated members play along." : "",
    ),
    h("div", { class: "tries" }, cards),
  );
}

/**
 * @param {any} message
 * @param {string} customId
 * @param {string[]} [values]
 */
async function press(message, customId, values) {
  const key = `${state.me} ${message.id}`;
  state.presses.set(key, customId);
  state.failures.delete(key);
  redraw(message.id);
  const me = state.me;
  setTimeout(() => settlePress(me, message.id, customId, ""), PRESS_FORGOTTEN_AFTER_MS);
  const answer = await post("sandbox/component", {
    user_id: me,
    channel_id: message.channel_id,
    message_id: message.id,
    custom_id: customId,
    ...(values ? { values } : {}),
  });
  if (answer.error) settlePress(me, message.id, customId, answer.error);
}

/**
 * @param {string} userId
 * @param {string} messageId
 * @param {string} customId
 * @param {string} failure What to say about it; empty when it was acknowledged.
 */
export function settlePress(userId, messageId, customId, failure) {
  const key = `${userId} ${messageId}`;
  if (state.presses.get(key) !== customId) return;
  state.presses.delete(key);
  if (failure) state.failures.set(key, failure);
  redraw(messageId);
}

/**
 * Follows a command or form until it is acknowledged.
 *
 * @param {string} id Of the interaction.
 * @param {string} userId
 * @param {string} channel
 * @param {string} name What was sent, for the line that says it failed.
 */
export function expectAnswer(id, userId, channel, name) {
  const sent = { user: userId, channel, name, slow: false, failed: false };
  state.sent.set(id, sent);
  settleCommand(id);
  // Say that an answer is pending only if it does not come at once.
  setTimeout(() => {
    sent.slow = true;
    if (state.sent.has(id)) syncMessages();
  }, SLOW_AFTER_MS);
}

/** @param {string} id */
export function settleCommand(id) {
  const sent = state.sent.get(id);
  const outcome = state.outcomes.get(id);
  if (!sent || !outcome || outcome === "sent") return;
  if (outcome === "failed") sent.failed = true;
  else state.sent.delete(id);
  syncMessages();
}

/**
 * A message has come into the open channel.
 *
 * @param {any} message
 */
export function messageCame(message) {
  if (!pinned) unseen += 1;
  syncMessages();
  renderJump();
  announceMessage(message);
}

// ---- Scrolling ---------------------------------------------------------------------------

export function scrollToEnd() {
  const scroller = byId("scroller");
  // A channel without messages is read from its top.
  scroller.scrollTop = byId("empty").hidden ? scroller.scrollHeight : 0;
  lastTop = scroller.scrollTop;
  pinned = true;
  unseen = 0;
  renderJump();
}

function renderJump() {
  const jump = byId("jump");
  jump.hidden = pinned;
  jump.replaceChildren(icon("down"), unseen > 0 ? `${unseen} new` : "Newest");
}

/**
 * Says something to a screen reader.
 *
 * @param {string} text
 */
export function announce(text) {
  const live = byId("live");
  live.append(h("p", null, text.slice(0, 400)));
  while (live.childElementCount > 20) live.firstElementChild.remove();
}

/** @param {any} message */
export function announceMessage(message) {
  const line = drawn.get(message.id)?.item.querySelector(".message-body");
  const text = line
    ? [...line.querySelectorAll(".content, .embed-title, .embed-description, .thinking")]
        .map((part) => part.textContent)
        .join(". ")
    : "";
  announce(`${nameOf(message.author)}: ${text}`);
}

/** Keeps the newest line in sight when a message or the composer grows. */
function keepPinned() {
  const scroller = byId("scroller");
  scroller.addEventListener("scroll", () => {
    // Only scrolling up stops following: this event may be late, after the list has grown.
    const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < PINNED_WITHIN_PX;
    pinned = near || (pinned && scroller.scrollTop >= lastTop);
    lastTop = scroller.scrollTop;
    if (pinned) unseen = 0;
    renderJump();
  });
  const observer = new ResizeObserver(() => {
    if (pinned) scrollToEnd();
  });
  observer.observe(scroller);
  observer.observe(byId("messages"));
}
