// @ts-check
/**
 * The page of the sandbox: a small chat client for the simulated Discord that serves it.
 *
 * It holds no truth of its own. The socket tells the state (a snapshot, then changes), a few
 * requests tell what members do, and everything on the screen is drawn from `state`.
 *
 * Files: `dom.js` (building elements, icons), `markdown.js` (Discord's formatting),
 * `messages.js` (one message), `composer.js` (commands and text), `panels.js` (dialogs).
 *
 * Hooks for tests (`data-testid`), which stay as they are:
 *   member-switch          the list of members; its lines are member-<username>
 *   composer, send         the text field at the bottom and its button
 *   command-<name>         a line of the palette (a subcommand: command-<name>-<subcommand>)
 *   option-<name>          the field of a command's option
 *   add-option-<name>      a line of the list of further options
 *   suggestion-<name>      a line of an option's autocomplete
 *   message                a message, with data-message-id
 *   component              a button or menu in a message, with data-custom-id
 *   modal, modal-submit    the dialog of a bot's modal and its button; inputs carry data-custom-id
 *   rejections-count       the number of rejected requests
 *   theme-toggle           light or dark
 *   try-<name>             a suggestion in an empty channel
 */
import { createComposer } from "./composer.js";
import { flame, h, icon, portrait, roving } from "./dom.js";
import { tick } from "./markdown.js";
import { dots, fillMessage, nameOf, refreshSent } from "./messages.js";
import { fillRejections, showModal, showShortcuts } from "./panels.js";
import { skyline } from "./skyline.js";

const MESSAGES_SHOWN_MAX = 300;
const GROUP_WITHIN_MS = 7 * 60_000;
const RECONNECT_AFTER_MS = { first: 400, last: 8000 };
/** Longer than Discord's three seconds, for a socket that lost the outcome. */
const PRESS_FORGOTTEN_AFTER_MS = 6000;
const PINNED_WITHIN_PX = 48;
const SLOW_AFTER_MS = 250;

/** Where the channels are behind a drawer; the style sheet names the same width. */
const narrow = matchMedia("(max-width: 760px)");

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

// ---- State -------------------------------------------------------------------------------

const state = {
  /** @type {{ id: string, username: string, online: boolean }} */
  bot: { id: "", username: "The bot", online: false },
  /** @type {any[]} */
  guilds: [],
  /** @type {{ id: string, user_id: string }[]} */
  dms: [],
  /** @type {any[]} */
  users: [],
  /** @type {Record<string, Record<string, string>>} */
  permissions: {},
  /** @type {any[]} */
  commands: [],
  /** Messages by channel, oldest first. @type {Map<string, any[]>} */
  messages: new Map(),
  /** @type {any[]} */
  rejections: [],
  ready: false,
  me: recall("member") ?? "",
  channel: recall("channel") ?? "",
  /** The guild whose channels are listed. */
  guild: "",
  unread: new Set(),
  /** Private messages that their member has put away. */
  dismissed: new Set(),
  /** Members for whom something private came while another was acting. */
  waiting: new Set(),
  /** What was pressed and not acknowledged, by member and message. @type {Map<string, string>} */
  presses: new Map(),
  /** Presses that failed, with what is said about it, by member and message. @type {Map<string, string>} */
  failures: new Map(),
  /** Commands and forms on their way. @type {Map<string, { user: string, channel: string, name: string, slow: boolean, failed: boolean }>} */
  sent: new Map(),
  /** Outcomes that came before the answer to the request. @type {Map<string, string>} */
  outcomes: new Map(),
  /** Modals that wait to be filled in, by member. @type {Map<string, any>} */
  modals: new Map(),
};

/** @param {string} key */
function recall(key) {
  try {
    return localStorage.getItem(`heat-check.${key}`);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    localStorage.setItem(`heat-check.${key}`, value);
  } catch {
    // A browser that keeps nothing still works; it only forgets the choice.
  }
}

const user = (/** @type {string} */ id) => state.users.find((user) => user.id === id) ?? null;
const members = () => state.users.filter((user) => user.id !== state.bot.id && !user.bot);
const guildOf = (/** @type {string} */ channel) => state.guilds.find((guild) => guild.channels.some((/** @type {any} */ one) => one.id === channel)) ?? null;
const channelOf = (/** @type {string} */ id) => guildOf(id)?.channels.find((/** @type {any} */ one) => one.id === id) ?? null;
/** The servers that the acting member is in: in others they hold no permission at all. */
const myGuilds = () => state.guilds.filter((guild) => BigInt(state.permissions[state.me]?.[guild.id] ?? "0") !== 0n);
const myDm = () => state.dms.find((dm) => dm.user_id === state.me) ?? null;
const botName = () => nameOf(user(state.bot.id) ?? state.bot);
const hue = (/** @type {string} */ id) => members().findIndex((user) => user.id === id);

/** Ids grow with time, and are too long for a number. @param {string} a @param {string} b */
const byAge = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** @param {any} message */
const isVisible = (message) => (!message.visible_to || message.visible_to === state.me) && !state.dismissed.has(message.id);

/** @param {string} path @param {object} body */
async function post(path, body) {
  let response;
  try {
    response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    return { error: "The sandbox does not answer. Is it still running?" };
  }
  const answer = await response.json().catch(() => ({}));
  return response.ok ? answer : { error: answer.error ?? `The sandbox refused this (HTTP ${response.status}).` };
}

// ---- Servers, channels, members ----------------------------------------------------------

function renderNav() {
  const guild = state.guilds.find((guild) => guild.id === state.guild) ?? null;
  byId("guild-name").textContent = guild?.name ?? "No server";
  byId("rail").replaceChildren(h("span", { class: "rail-mark", title: "Heat Check sandbox" }, flame()), h("hr"), ...myGuilds().map(guildButton));
  const dm = myDm();
  byId("channels").replaceChildren(
    h("h2", { class: "side-label" }, "Channels"),
    ...(guild?.channels ?? []).map((/** @type {any} */ channel) => channelButton(channel.id, channel.name, "hash", channel.bot_may_post ? "" : "The bot may not post here")),
    ...(dm ? [h("h2", { class: "side-label" }, "Direct message"), channelButton(dm.id, botName(), "at", "")] : []),
  );
  renderCast();
}

/** @param {any} guild */
function guildButton(guild) {
  const current = guild.id === state.guild;
  const unread = guild.channels.some((/** @type {any} */ channel) => state.unread.has(channel.id));
  const initials = guild.name.split(/\s+/).map((/** @type {string} */ word) => [...word][0]).join("").slice(0, 3);
  return h(
    "button",
    {
      type: "button",
      class: `guild${current ? " current" : ""}${unread ? " unread" : ""}`,
      "aria-label": guild.name,
      title: guild.name,
      "aria-current": current ? "true" : null,
      tabindex: current ? "0" : "-1",
      onclick: () => guild.id !== guildOf(state.channel)?.id && openChannel(guild.channels[0]?.id),
    },
    h("span", { "aria-hidden": "true" }, initials),
  );
}

/**
 * @param {string} id
 * @param {string} name
 * @param {"hash" | "at"} kind
 * @param {string} warning
 */
function channelButton(id, name, kind, warning) {
  const current = id === state.channel;
  const unread = state.unread.has(id);
  return h(
    "button",
    {
      type: "button",
      class: `channel${current ? " current" : ""}${unread ? " unread" : ""}`,
      "data-channel-id": id,
      "aria-current": current ? "page" : null,
      tabindex: current ? "0" : "-1",
      onclick: () => openChannel(id),
    },
    icon(kind),
    h("span", { class: "channel-label" }, name),
    unread ? h("span", { class: "sr-only" }, " (new messages)") : null,
    warning ? h("span", { class: "channel-warning", title: warning }, icon("lock"), h("span", { class: "sr-only" }, ` (${warning})`)) : null,
  );
}

function renderCast() {
  const lines = members().map((member, at) => {
    const current = member.id === state.me;
    const waiting = state.waiting.has(member.id);
    return h(
      "button",
      {
        type: "button",
        class: `member${current ? " current" : ""}`,
        role: "radio",
        "aria-checked": String(current),
        tabindex: current ? "0" : "-1",
        "data-testid": `member-${member.username}`,
        title: current ? "You act as this member" : `Act as ${nameOf(member)}`,
        onclick: () => actAs(member.id),
      },
      portrait(nameOf(member), hue(member.id)),
      h("span", { class: "member-text" }, h("span", { class: "member-name" }, nameOf(member)), h("span", { class: "member-note" }, current ? "You" : roleOf(member.id))),
      waiting ? h("span", { class: "waiting", title: "Something private is waiting" }, h("span", { class: "sr-only" }, "something private is waiting")) : null,
      h("kbd", { class: "member-key", "aria-hidden": "true" }, at + 1),
    );
  });
  const me = user(state.me);
  byId("me").replaceChildren(me ? portrait(nameOf(me), hue(me.id)) : "");
  byId("me").setAttribute("aria-label", me ? `You act as ${nameOf(me)}; act as another member` : "Members");
  const online = state.bot.online;
  byId("cast").replaceChildren(
    h("h2", { class: "side-label", id: "cast-label" }, "Act as"),
    h("div", { class: "members", role: "radiogroup", "aria-labelledby": "cast-label", "data-testid": "member-switch" }, lines),
    h("h2", { class: "side-label" }, "Bot"),
    h(
      "div",
      { class: `member bot-line${online ? "" : " offline"}` },
      portrait(botName(), -1),
      h("span", { class: "member-text" }, h("span", { class: "member-name" }, botName()), h("span", { class: "member-note" }, online ? "Online" : "Offline")),
      h("span", { class: "tag" }, "Bot"),
    ),
  );
}

/** What a member may do here, in a word. @param {string} id */
function roleOf(id) {
  const bits = BigInt(state.permissions[id]?.[state.guild] ?? "0");
  if (bits & 0x28n) return "Manages server";
  return bits & 0x2000n ? "Moderator" : "Member";
}

/** @param {string | undefined} id */
function openChannel(id) {
  if (!id) return;
  const same = id === state.channel;
  state.channel = id;
  state.guild = guildOf(id)?.id ?? state.guild;
  state.unread.delete(id);
  remember("channel", id);
  setDrawer(false);
  const refocus = byId("nav").contains(document.activeElement);
  renderNav();
  renderHead();
  if (!same) {
    pinned = true;
    composer.clear();
    renderConversation();
  }
  if (refocus) byId("channels").querySelector(".channel.current")?.focus();
}

/** @param {string} id */
function actAs(id) {
  if (id === state.me || !user(id)) return;
  const inDm = state.dms.some((dm) => dm.id === state.channel);
  const refocus = byId("cast").contains(document.activeElement);
  state.me = id;
  state.waiting.delete(id);
  remember("member", id);
  if (inDm) state.channel = myDm()?.id ?? state.channel;
  enterSomeChannel();
  composer.clear();
  renderAll();
  announce(`You act as ${nameOf(user(id))}.`);
  if (refocus) byId("cast").querySelector(".member.current")?.focus();
  openWaitingModal();
}

function renderHead() {
  const channel = channelOf(state.channel);
  const dm = channel ? null : state.dms.find((dm) => dm.id === state.channel);
  byId("channel-name").replaceChildren(icon(dm ? "at" : "hash"), h("span", null, channel?.name ?? (dm ? botName() : "")));
  byId("channel-note").textContent = dm ? "Only you and the bot read this" : channel && !channel.bot_may_post ? "The bot may not post here, only answer" : "";
  document.title = `${channel ? `#${channel.name}` : botName()} · Heat Check sandbox`;
  const pill = byId("bot-state");
  pill.className = `pill ${state.bot.online ? "online" : "offline"}`;
  pill.replaceChildren(h("span", { class: "pill-dot" }), h("span", { class: "pill-name" }, botName()), " ", state.bot.online ? "online" : "offline");
  renderRejectionCount();
  composer.refresh();
}

function renderRejectionCount() {
  const count = state.rejections.length;
  const toggle = byId("rejections-toggle");
  toggle.classList.toggle("alarm", count > 0);
  toggle.title = "Requests of the bot that the simulated Discord refused";
  toggle.replaceChildren(icon("shield"), h("span", { "data-testid": "rejections-count" }, count), h("span", { class: "tool-word" }, "rejected"));
}

// ---- The conversation --------------------------------------------------------------------

/** Lines on the screen by message id. @type {Map<string, { item: HTMLElement, message: any, grouped: boolean }>} */
const drawn = new Map();
let pinned = true;
let unseen = 0;

/** @type {import("./messages.js").View} */
const view = {
  names: {
    get me() {
      return state.me;
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
    composer.focus();
  },
};

function renderConversation() {
  drawn.clear();
  unseen = 0;
  byId("messages").replaceChildren();
  syncMessages();
  scrollToEnd();
}

/** Brings the list of messages in line with the state, touching only what changed. */
function syncMessages() {
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

/** @param {any} message @param {boolean} grouped */
function drawMessage(message, grouped) {
  const old = drawn.get(message.id);
  if (old && old.message === message && old.grouped === grouped) return old.item;
  const item = old?.item ?? h("li", { tabindex: "-1" });
  fillMessage(item, message, grouped, view);
  drawn.set(message.id, { item, message, grouped });
  return item;
}

/** Draws one message again, where its own data did not change. @param {string} id */
function redraw(id) {
  const old = drawn.get(id);
  if (old) fillMessage(old.item, old.message, old.grouped, view);
}

/** @param {any} before @param {any} message */
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
        sent.failed ? h("button", { type: "button", class: "text-button", onclick: () => state.sent.delete(id) && syncMessages() }, "Dismiss") : null,
      ),
    );
}

/** @type {{ name: string, values: Record<string, string>, text: string, note: string }[]} */
const TRY = [
  { name: "quiz", values: {}, text: "/quiz", note: "Ten questions, twenty seconds each" },
  { name: "cast", values: { name: "Vincent Hanna" }, text: "/cast Vincent Hanna", note: "Who played him, and who may next" },
  { name: "news", values: {}, text: "/news", note: "What is settled, and what is only talk" },
  { name: "leaderboard", values: {}, text: "/leaderboard", note: "Who is ahead" },
];

/** @param {boolean} show */
function renderEmpty(show) {
  const empty = byId("empty");
  if (empty.hidden === !show && empty.dataset.channel === state.channel) return;
  empty.hidden = !show;
  empty.dataset.channel = state.channel;
  if (!show || !state.ready) return empty.replaceChildren();
  const cards = TRY.map((card) =>
    h(
      "button",
      { type: "button", class: "try", "data-testid": `try-${card.name}`, onclick: () => composer.run(card.name, card.values) },
      h("span", { class: "try-command" }, card.text),
      h("span", { class: "try-note" }, card.note),
    ),
  );
  empty.replaceChildren(
    skyline(),
    h("h2", { class: "empty-title" }, "The city is quiet. For now."),
    h("p", { class: "empty-text" }, `Nobody has written here yet. Press one of these to run it as ${nameOf(user(state.me) ?? { username: "yourself" })}, or type `, h("kbd", null, "/"), " to see every command."),
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
  const answer = await post("sandbox/component", { user_id: me, channel_id: message.channel_id, message_id: message.id, custom_id: customId, ...(values ? { values } : {}) });
  if (answer.error) settlePress(me, message.id, customId, answer.error);
}

/**
 * @param {string} userId
 * @param {string} messageId
 * @param {string} customId
 * @param {string} failure What to say about it; empty when it was acknowledged.
 */
function settlePress(userId, messageId, customId, failure) {
  const key = `${userId} ${messageId}`;
  if (state.presses.get(key) !== customId) return;
  state.presses.delete(key);
  if (failure) state.failures.set(key, failure);
  redraw(messageId);
}

// ---- Scrolling ---------------------------------------------------------------------------

function scrollToEnd() {
  const scroller = byId("scroller");
  // A channel without messages is read from its top.
  scroller.scrollTop = byId("empty").hidden ? scroller.scrollHeight : 0;
  pinned = true;
  unseen = 0;
  renderJump();
}

function renderJump() {
  const jump = byId("jump");
  jump.hidden = pinned;
  jump.replaceChildren(icon("down"), unseen > 0 ? `${unseen} new` : "Newest");
}

/** Says something to a screen reader. @param {string} text */
function announce(text) {
  const live = byId("live");
  live.append(h("p", null, text.slice(0, 400)));
  while (live.childElementCount > 20) live.firstElementChild.remove();
}

// ---- What the socket says ----------------------------------------------------------------

/** @type {Record<string, (event: any) => void>} */
const on = {
  snapshot(event) {
    const again = state.ready;
    Object.assign(state, { bot: event.bot, guilds: event.guilds, dms: event.dms, users: event.users, permissions: event.permissions ?? {}, commands: event.commands ?? [], rejections: event.rejections ?? [], ready: true });
    state.messages = new Map(Object.entries(event.messages ?? {}).map(([id, list]) => [id, [...list].sort((a, b) => byAge(a.id, b.id))]));
    state.presses.clear();
    for (const [id, sent] of state.sent) if (!sent.failed) state.sent.delete(id);
    if (!members().some((member) => member.id === state.me)) state.me = members()[0]?.id ?? "";
    enterSomeChannel();
    if (!again) return renderAll();
    // After a lost connection the member keeps the place where they were reading.
    renderNav();
    renderHead();
    syncMessages();
  },
  message_create({ message }) {
    const list = state.messages.get(message.channel_id) ?? [];
    state.messages.set(message.channel_id, [...list.filter((one) => one.id !== message.id), message].sort((a, b) => byAge(a.id, b.id)));
    if (!isVisible(message)) {
      state.waiting.add(message.visible_to);
      return renderCast();
    }
    if (message.channel_id !== state.channel) {
      const othersDm = state.dms.some((dm) => dm.id === message.channel_id && dm.user_id !== state.me);
      if (othersDm) return;
      state.unread.add(message.channel_id);
      return renderNav();
    }
    if (!pinned) unseen += 1;
    syncMessages();
    renderJump();
    announceMessage(message);
  },
  message_update({ message }) {
    const list = state.messages.get(message.channel_id) ?? [];
    const old = list.find((one) => one.id === message.id);
    if (!old) return on.message_create({ message });
    state.messages.set(message.channel_id, list.map((one) => (one === old ? message : one)));
    for (const key of state.failures.keys()) if (key.endsWith(` ${message.id}`)) state.failures.delete(key);
    if (message.channel_id !== state.channel) return;
    syncMessages();
    if (old.thinking && isVisible(message)) announceMessage(message);
  },
  message_delete({ channel_id: channel, id }) {
    state.messages.set(channel, (state.messages.get(channel) ?? []).filter((one) => one.id !== id));
    if (channel === state.channel) syncMessages();
  },
  commands({ commands }) {
    state.commands = commands;
  },
  bot({ online }) {
    state.bot = { ...state.bot, online };
    renderHead();
    renderCast();
    announce(`${botName()} is ${online ? "online" : "offline"}.`);
  },
  interaction(event) {
    if (event.message_id && event.custom_id && event.state !== "sent") {
      settlePress(event.user_id, event.message_id, event.custom_id, event.state === "failed" ? "This interaction failed" : "");
    }
    state.outcomes.set(event.id, event.state);
    if (state.outcomes.size > 200) state.outcomes.delete(state.outcomes.keys().next().value ?? "");
    settleCommand(event.id);
  },
  modal(event) {
    state.modals.set(event.user_id, event);
    if (event.user_id === state.me) return openWaitingModal();
    state.waiting.add(event.user_id);
    renderCast();
  },
  rejection({ rejection }) {
    state.rejections.push(rejection);
    renderRejectionCount();
    if (!byId("rejections").hidden) fillRejections(byId("rejections"), state.rejections, () => setRejections(false));
  },
};

/** Stays where the member is, or goes to the channel that a newcomer sees first. */
function enterSomeChannel() {
  const mine = myGuilds();
  const known = mine.some((guild) => guild.id === guildOf(state.channel)?.id) || myDm()?.id === state.channel;
  if (!known) {
    const channels = mine[0]?.channels ?? [];
    state.channel = (channels.find((/** @type {any} */ channel) => channel.name === "trivia") ?? channels[0])?.id ?? myDm()?.id ?? "";
  }
  state.guild = guildOf(state.channel)?.id ?? (mine.some((guild) => guild.id === state.guild) ? state.guild : (mine[0]?.id ?? ""));
}

/** @param {any} message */
function announceMessage(message) {
  const line = drawn.get(message.id)?.item.querySelector(".message-body");
  const text = line ? [...line.querySelectorAll(".content, .embed-title, .embed-description, .thinking")].map((part) => part.textContent).join(". ") : "";
  announce(`${nameOf(message.author)}: ${text}`);
}

/**
 * Follows a command or form until it is acknowledged.
 *
 * @param {string} id Of the interaction.
 * @param {string} userId
 * @param {string} channel
 * @param {string} name What was sent, for the line that says it failed.
 */
function expectAnswer(id, userId, channel, name) {
  const sent = { user: userId, channel, name, slow: false, failed: false };
  state.sent.set(id, sent);
  settleCommand(id);
  // An answer that comes at once needs no word about waiting for it.
  setTimeout(() => {
    sent.slow = true;
    if (state.sent.has(id)) syncMessages();
  }, SLOW_AFTER_MS);
}

/** @param {string} id */
function settleCommand(id) {
  const sent = state.sent.get(id);
  const outcome = state.outcomes.get(id);
  if (!sent || !outcome || outcome === "sent") return;
  if (outcome === "failed") sent.failed = true;
  else state.sent.delete(id);
  syncMessages();
}

function openWaitingModal() {
  const event = state.modals.get(state.me);
  if (!event) return;
  const me = state.me;
  state.modals.delete(me);
  showModal(byId("modal"), event.modal, botName(), async (values) => {
    const answer = await post("sandbox/modal", { user_id: me, interaction_id: event.interaction_id, values });
    if (answer.error) return answer.error;
    expectAnswer(answer.interaction_id, me, event.channel_id, `“${event.modal.title}”`);
    return null;
  });
}

let attempts = 0;

function connect() {
  const socket = new WebSocket(new URL("sandbox/socket", location.href.replace(/^http/, "ws")));
  socket.addEventListener("open", () => {
    attempts = 0;
    byId("banner").hidden = true;
  });
  socket.addEventListener("message", (message) => {
    const event = JSON.parse(message.data);
    on[event.type]?.(event);
  });
  socket.addEventListener("close", () => {
    const wait = Math.min(RECONNECT_AFTER_MS.first * 2 ** attempts, RECONNECT_AFTER_MS.last);
    attempts += 1;
    const banner = byId("banner");
    banner.hidden = false;
    banner.replaceChildren(dots(), state.ready ? "The connection to the sandbox is lost. Trying again…" : "Waiting for the sandbox…");
    setTimeout(connect, wait);
  });
}

// ---- The composer's desk -----------------------------------------------------------------

/** The commands that this member may use in this channel, subcommands each on their own. */
function usableCommands() {
  const guild = guildOf(state.channel);
  const mine = BigInt(state.permissions[state.me]?.[guild?.id ?? ""] ?? "0");
  return state.commands
    .filter((command) => (command.type ?? 1) === 1 && (!command.guild_id || command.guild_id === guild?.id))
    .filter((command) => (command.contexts ? command.contexts.includes(guild ? 0 : 1) : guild || command.dm_permission !== false))
    .filter((command) => {
      if (!guild || command.default_member_permissions === null || command.default_member_permissions === undefined) return true;
      const needed = BigInt(command.default_member_permissions);
      return Boolean(mine & 8n) || (needed !== 0n && (mine & needed) === needed);
    })
    .flatMap((command) => leaves([command.name], command))
    .sort((a, b) => (a.path.join(" ") < b.path.join(" ") ? -1 : 1));
}

/**
 * @param {string[]} path
 * @param {any} node
 * @returns {import("./composer.js").Leaf[]}
 */
function leaves(path, node) {
  const options = node.options ?? [];
  const below = options.filter((/** @type {any} */ option) => option.type === 1 || option.type === 2);
  if (below.length > 0) return below.flatMap((/** @type {any} */ option) => leaves([...path, option.name], option));
  return [{ path, description: node.description ?? "", options }];
}

/**
 * A request of a command in Discord's own shape, subcommands nested.
 *
 * @param {import("./composer.js").Leaf} leaf
 * @param {any[]} options
 */
function commandBody(leaf, options) {
  const [name, ...below] = leaf.path;
  const nested = below.reduceRight((inner, part, at) => [{ name: part, type: at === below.length - 1 ? 1 : 2, options: inner }], options);
  return { user_id: state.me, guild_id: guildOf(state.channel)?.id ?? null, channel_id: state.channel, name, options: nested };
}

const composer = createComposer(byId("composer-root"), {
  commands: usableCommands,
  users: () => state.users,
  channels: () => guildOf(state.channel)?.channels ?? [],
  placeholder: () => {
    const me = user(state.me);
    return me ? `Write as ${nameOf(me)}, or type /` : "";
  },
  hint: () => (state.ready && !narrow.matches ? "/ for commands · Alt + 1 to 4 to act as another member" : ""),
  async send(leaf, options) {
    const body = commandBody(leaf, options);
    const answer = await post("sandbox/command", body);
    if (answer.error) return answer.error;
    expectAnswer(answer.interaction_id, body.user_id, body.channel_id, `/${leaf.path.join(" ")}`);
    scrollToEnd();
    return null;
  },
  async suggest(leaf, options) {
    const answer = await post("sandbox/autocomplete", commandBody(leaf, options));
    if (answer.error) throw new Error(answer.error);
    return answer.choices ?? [];
  },
  async say(content) {
    const answer = await post("sandbox/message", { user_id: state.me, channel_id: state.channel, content });
    scrollToEnd();
    return answer.error ?? null;
  },
});

// ---- The frame: theme, drawers, keys -----------------------------------------------------

function renderAll() {
  renderNav();
  renderHead();
  renderConversation();
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function renderTheme() {
  const next = isDark() ? "light" : "dark";
  byId("theme").replaceChildren(icon(isDark() ? "sun" : "moon"));
  byId("theme").setAttribute("aria-label", `Switch to the ${next} theme`);
  byId("theme").title = `Switch to the ${next} theme`;
}

/** @param {boolean} open */
function setDrawer(open) {
  document.body.classList.toggle("drawer-open", open);
  byId("menu").setAttribute("aria-expanded", String(open));
  // Nothing behind an open drawer may take the focus, nor anything in a closed one.
  byId("main").inert = open;
  byId("nav").inert = !open && narrow.matches;
  if (open) (byId("channels").querySelector(".channel.current") ?? byId("channels").querySelector(".channel"))?.focus();
}

/** @param {boolean} open */
function setRejections(open) {
  const drawer = byId("rejections");
  const toggle = byId("rejections-toggle");
  drawer.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  if (!open) return toggle.focus();
  fillRejections(drawer, state.rejections, () => setRejections(false));
  drawer.querySelector("button")?.focus();
}

/** @param {number} step */
function stepChannel(step) {
  const all = [...(state.guilds.find((guild) => guild.id === state.guild)?.channels ?? []).map((/** @type {any} */ channel) => channel.id), myDm()?.id].filter(Boolean);
  openChannel(all[(all.indexOf(state.channel) + step + all.length) % all.length]);
}

/** @param {KeyboardEvent} event */
function pageKey(event) {
  if (document.querySelector("dialog[open]")) return;
  const writing = /** @type {HTMLElement} */ (event.target).closest?.("input, textarea");
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit && !event.ctrlKey && !event.metaKey && !event.shiftKey && (event.altKey || !writing)) {
    const member = members()[Number(digit) - 1];
    if (!member) return;
    actAs(member.id);
  } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    stepChannel(event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "/" && !writing) {
    composer.openPalette();
  } else if (event.key === "?" && !writing) {
    showShortcuts(byId("help"));
  } else if (event.key === "Escape") {
    if (document.body.classList.contains("drawer-open")) {
      setDrawer(false);
      byId("menu").focus();
    } else if (!byId("rejections").hidden) {
      setRejections(false);
    } else {
      scrollToEnd();
      composer.focus();
    }
  } else {
    // Any other letter is the beginning of a message.
    if (/^\p{L}$/u.test(event.key) && !writing && !event.altKey && !event.ctrlKey && !event.metaKey) composer.focus();
    return;
  }
  event.preventDefault();
}

function start() {
  const theme = recall("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  byId("menu").append(icon("menu"));
  byId("keys").append(icon("keyboard"));
  renderTheme();
  renderHead();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", renderTheme);
  narrow.addEventListener("change", () => setDrawer(false));
  setDrawer(false);
  byId("theme").addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    remember("theme", next);
    renderTheme();
  });
  byId("menu").addEventListener("click", () => setDrawer(true));
  byId("me").addEventListener("click", () => {
    setDrawer(true);
    byId("cast").querySelector(".member.current")?.focus();
  });
  byId("scrim").addEventListener("click", () => setDrawer(false));
  byId("keys").addEventListener("click", () => showShortcuts(byId("help")));
  byId("rejections-toggle").addEventListener("click", () => setRejections(byId("rejections").hidden));
  byId("jump").addEventListener("click", () => {
    scrollToEnd();
    composer.focus();
  });
  byId("messages").addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const mention = /** @type {HTMLElement} */ (event.target).closest("[data-channel]");
    if (mention) openChannel(mention.getAttribute("data-channel") ?? undefined);
  });
  roving(byId("rail"), ".guild");
  roving(byId("channels"), ".channel");
  roving(byId("cast"), ".member[role=radio]");
  roving(byId("messages"), ".message");
  document.addEventListener("keydown", pageKey);
  keepPinned();
  setInterval(() => {
    const now = Date.now();
    document.querySelectorAll("[data-live]").forEach((time) => tick(/** @type {HTMLElement} */ (time), now));
    document.querySelectorAll("[data-sent]").forEach((time) => refreshSent(/** @type {HTMLElement} */ (time), now));
  }, 250);
  document.documentElement.dataset.ready = "";
  if (!narrow.matches) composer.focus();
  connect();
}

/** Whatever grows, a message or the composer, the newest line stays in sight. */
function keepPinned() {
  const scroller = byId("scroller");
  let top = 0;
  scroller.addEventListener("scroll", () => {
    // Only a move upwards lets go: this event may tell of an older move, while the list has grown.
    const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < PINNED_WITHIN_PX;
    pinned = near || (pinned && scroller.scrollTop >= top);
    top = scroller.scrollTop;
    if (pinned) unseen = 0;
    renderJump();
  });
  const observer = new ResizeObserver(() => {
    if (pinned) scrollToEnd();
  });
  observer.observe(scroller);
  observer.observe(byId("messages"));
}

start();
