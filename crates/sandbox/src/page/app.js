// @ts-check
/**
 * The page of the sandbox: a small chat client for the simulated Discord that serves it.
 *
 * The socket delivers the state (a snapshot, then changes), a few requests send what members do,
 * and everything on the screen is drawn from `state`.
 *
 * | file | what is in it |
 * |---|---|
 * | `state.js` | what the page knows, and the requests to the server |
 * | `nav.js` | servers, channels, members |
 * | `conversation.js`, `messages.js`, `markdown.js` | the list, one message, Discord's formatting |
 * | `composer.js`, `suggestions.js`, `options.js` | the line at the bottom, the list above it, a command's options |
 * | `files.js`, `emoji.js` | options that take a file; flags by their names |
 * | `crowd.js` | the automatic members |
 * | `panels.js` | the modal, the rejected requests, the shortcuts |
 * | `dom.js`, `skyline.js` | building elements, icons; a picture |
 * | `app.js` | puts them together: the socket, the head, the theme, the keys |
 *
 * Hooks for tests (`data-testid`); do not change them:
 *   member-switch          the list of members; its lines are member-<username>
 *   composer, send         the text field at the bottom and its button
 *   command-<name>         a line of the palette (a subcommand: command-<name>-<subcommand>)
 *   option-<name>          the field of a command's option
 *   option-<name>-file     the dialogue of an option that takes a file
 *   add-option-<name>      a line of the list of further options
 *   suggestion-<name>      a line of an option's autocomplete
 *   message                a message, with data-message-id
 *   component              a button or menu in a message, with data-custom-id
 *   modal, modal-submit    the dialog of a bot's modal and its button; inputs carry data-custom-id
 *   rejections-count       the number of rejected requests
 *   theme-toggle           light or dark
 *   try-<name>             a suggestion in an empty channel
 *   crowd-<size>           how many simulated members play along
 *   delete-message         deletes a message, if the member may
 *   start-thread           asks for a thread's name
 *   install                whether the acting member has the app everywhere
 */
import { createComposer } from "./composer.js";
import {
  announce,
  announceMessage,
  expectAnswer,
  messageCame,
  renderConversation,
  scrollToEnd,
  settleCommand,
  settlePress,
  startConversation,
  syncMessages,
} from "./conversation.js";
import { byId, h, icon, roving } from "./dom.js";
import { tick } from "./markdown.js";
import { dots, nameOf, refreshSent } from "./messages.js";
import { renderCast, renderNav, startNav } from "./nav.js";
import { fillRejections, showModal, showShortcuts } from "./panels.js";
import {
  botName,
  byAge,
  channelOf,
  commandBody,
  enterSomeChannel,
  guildOf,
  isVisible,
  may,
  myDm,
  myPrivates,
  members,
  parentOf,
  post,
  recall,
  remember,
  state,
  threadsOf,
  upload,
  usableCommands,
  user,
} from "./state.js";

/**
 * Unsent drafts, by channel.
 *
 * @type {Map<string, string>}
 */
const drafts = new Map();

const RECONNECT_AFTER_MS = { first: 400, last: 8000 };

/** Where the channels are behind a drawer; the style sheet names the same width. */
const narrow = matchMedia("(max-width: 760px)");

/** @param {string | undefined} id */
function openChannel(id) {
  if (!id) return;
  const same = id === state.channel;
  if (!same) drafts.set(state.channel, composer.draft());
  state.channel = id;
  state.guild = guildOf(id)?.id ?? state.guild;
  state.unread.delete(id);
  remember("channel", id);
  setDrawer(false);
  const refocus = byId("nav").contains(document.activeElement);
  renderNav();
  renderHead();
  if (!same) {
    renderConversation();
    composer.takeUp(drafts.get(id) ?? "");
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
  // The draft stays: the other member will send it.
  renderAll();
  announce(`You act as ${nameOf(user(id))}.`);
  if (refocus) byId("cast").querySelector(".member.current")?.focus();
  openWaitingModal();
}

function renderHead() {
  const channel = channelOf(state.channel);
  const dm = channel ? null : state.dms.find((dm) => dm.id === state.channel);
  const others = (state.privates.find((one) => one.id === state.channel)?.user_ids ?? [])
    .filter((id) => id !== state.me)
    .map((id) => nameOf(user(id)));
  const parent = parentOf(state.channel);
  const name = channel?.name ?? (dm ? botName() : others.join(", "));
  byId("channel-name").replaceChildren(
    icon(dm ? "at" : parent ? "thread" : channel ? "hash" : "people"),
    h("span", null, name),
  );
  byId("channel-note").textContent = noteOf(channel, dm, parent);
  byId("thread-tools").replaceChildren(...threadTools(parent ? channel : null));
  document.title = `${channel && !parent ? "#" : ""}${name} · ${botName()} sandbox`;
  const pill = byId("bot-state");
  pill.className = `pill ${state.bot.online ? "online" : "offline"}`;
  pill.replaceChildren(
    h("span", { class: "pill-dot" }),
    h("span", { class: "pill-name" }, botName()),
    " ",
    state.bot.online ? "online" : "offline",
  );
  renderRejectionCount();
  composer.refresh();
}

/**
 * The note beside the name of the open channel.
 *
 * @param {any} channel
 * @param {any} dm
 * @param {any} parent
 */
function noteOf(channel, dm, parent) {
  if (dm) return "Only you and the bot read this";
  if (!channel) return "No bot here: commands that you installed work";
  const guild = guildOf(channel.id);
  if (!guild?.has_bot) return "No bot here: commands that you installed work";
  if (channel.locked) return `Locked thread in #${parent.name}`;
  if (channel.archived) return `Archived thread in #${parent.name}; a message opens it again`;
  if (!channel.bot_may_post) return "The bot may not post here, only answer";
  return parent ? `Thread in #${parent.name}` : "";
}

/**
 * The tools of a thread, for moderators and the member who started it.
 *
 * @param {any} thread
 */
function threadTools(thread) {
  if (!thread || (!may(34n) && thread.owner_id !== state.me)) return [];
  const set = (/** @type {object} */ change) =>
    act({ do: "set_thread", channel_id: thread.id, ...change }).then(renderHead);
  const tool = (/** @type {string} */ word, /** @type {object} */ change) =>
    h("button", { type: "button", class: "tool", onclick: () => void set(change) }, word);
  const tools = [tool(thread.archived ? "Open" : "Archive", { archived: !thread.archived })];
  if (may(34n)) tools.push(tool(thread.locked ? "Unlock" : "Lock", { locked: !thread.locked }));
  return tools;
}

/**
 * Runs a management action as the acting member.
 *
 * @param {object} deed
 */
async function act(deed) {
  const answer = await post("sandbox/act", { by: state.me, ...deed });
  if (answer.error) announce(answer.error);
  return answer;
}

/**
 * Asks for a name, and starts a thread.
 *
 * @param {string} channel
 */
async function startThread(channel) {
  const before = new Set((channelOf(channel)?.threads ?? []).map((/** @type {any} */ thread) => thread.id));
  showModal(
    byId("modal"),
    {
      title: "Start a thread",
      components: [{ components: [{ type: 4, custom_id: "name", label: "Name", style: 1, max_length: 100 }] }],
    },
    `In #${channelOf(channel)?.name ?? ""}, visible to everyone there`,
    async ({ name }) => {
      const answer = await act({ do: "start_thread", channel_id: channel, name });
      if (answer.error) return answer.error;
      const made = (channelOf(channel)?.threads ?? []).find((/** @type {any} */ one) => !before.has(one.id));
      if (made) openChannel(made.id);
      return null;
    },
  );
}

function renderRejectionCount() {
  const count = state.rejections.length;
  const toggle = byId("rejections-toggle");
  toggle.classList.toggle("alarm", count > 0);
  toggle.title = "Requests from the bot that the simulated Discord refused";
  toggle.replaceChildren(
    icon("shield"),
    h("span", { "data-testid": "rejections-count" }, count),
    h("span", { class: "tool-word" }, "rejected"),
  );
}

// ---- What the socket says ----------------------------------------------------------------

/** @type {Record<string, (event: any) => void>} */
const on = {
  snapshot(event) {
    const again = state.ready;
    Object.assign(state, {
      bot: event.bot,
      guilds: event.guilds,
      dms: event.dms,
      privates: event.privates ?? [],
      users: event.users,
      permissions: event.permissions ?? {},
      crowd: event.crowd ?? 0,
      commands: event.commands ?? [],
      rejections: event.rejections ?? [],
      ready: true,
    });
    state.messages = new Map(
      Object.entries(event.messages ?? {}).map(([id, list]) => [id, [...list].sort((a, b) => byAge(a.id, b.id))]),
    );
    state.presses.clear();
    for (const [id, sent] of state.sent) if (!sent.failed) state.sent.delete(id);
    if (!members().some((member) => member.id === state.me)) state.me = members()[0]?.id ?? "";
    enterSomeChannel();
    if (!again) return renderAll();
    // After a reconnect the member keeps their scroll position.
    renderNav();
    renderHead();
    syncMessages();
  },
  places(event) {
    const before = state.channel;
    Object.assign(state, {
      guilds: event.guilds,
      dms: event.dms,
      privates: event.privates ?? [],
      users: event.users,
      permissions: event.permissions ?? {},
    });
    // The open channel may have been deleted, or be no longer visible.
    enterSomeChannel();
    if (state.channel !== before) return renderAll();
    renderNav();
    renderHead();
    syncMessages();
  },
  message_create({ message }) {
    const list = state.messages.get(message.channel_id) ?? [];
    state.messages.set(
      message.channel_id,
      [...list.filter((one) => one.id !== message.id), message].sort((a, b) => byAge(a.id, b.id)),
    );
    if (!isVisible(message)) return noteWaiting(message);
    if (message.channel_id !== state.channel) {
      const othersDm = state.dms.some((dm) => dm.id === message.channel_id && dm.user_id !== state.me);
      if (othersDm) return;
      if (state.unread.has(message.channel_id)) return;
      state.unread.add(message.channel_id);
      return renderNav();
    }
    messageCame(message);
  },
  message_update({ message }) {
    const list = state.messages.get(message.channel_id) ?? [];
    const old = list.find((one) => one.id === message.id);
    if (!old) return on.message_create({ message });
    state.messages.set(
      message.channel_id,
      list.map((one) => (one === old ? message : one)),
    );
    for (const key of state.failures.keys()) if (key.endsWith(` ${message.id}`)) state.failures.delete(key);
    // An edited private answer is news for the member who sees it.
    if (!isVisible(message)) return noteWaiting(message);
    if (message.channel_id !== state.channel) return;
    syncMessages();
    if (old.thinking && isVisible(message)) announceMessage(message);
  },
  message_delete({ channel_id: channel, id }) {
    state.messages.set(
      channel,
      (state.messages.get(channel) ?? []).filter((one) => one.id !== id),
    );
    if (channel === state.channel) syncMessages();
  },
  commands({ commands }) {
    state.commands = commands;
    composer.commandsChanged();
    syncMessages();
  },
  bot({ online }) {
    state.bot = { ...state.bot, online };
    renderHead();
    renderCast();
    announce(`${botName()} is ${online ? "online" : "offline"}.`);
  },
  interaction(event) {
    if (event.message_id && event.custom_id && event.state !== "sent") {
      settlePress(
        event.user_id,
        event.message_id,
        event.custom_id,
        event.state === "failed" ? "This interaction failed" : "",
      );
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

/**
 * Marks that something private waits for another member; the crowd never looks at it.
 *
 * @param {any} message
 */
function noteWaiting(message) {
  const whom = message.visible_to;
  const isPlayed = whom && whom !== state.me && !user(whom)?.simulated;
  // Redrawn only if it changed: a line redrawn under the pointer loses the click.
  if (!isPlayed || state.waiting.has(whom) || state.dismissed.has(message.id)) return;
  state.waiting.add(whom);
  renderCast();
}

function openWaitingModal() {
  const event = state.modals.get(state.me);
  if (!event) return;
  const me = state.me;
  state.modals.delete(me);
  showModal(byId("modal"), event.modal, `A form from ${botName()}`, async (values) => {
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
    banner.replaceChildren(
      dots(),
      state.ready ? "The connection to the sandbox is lost. Trying again…" : "Waiting for the sandbox…",
    );
    setTimeout(connect, wait);
  });
}

// ---- The composer's desk -----------------------------------------------------------------

const composer = createComposer(byId("composer-root"), {
  commands: usableCommands,
  hasCommands: () => state.commands.length > 0,
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
  upload: (file) => upload(state.me, file),
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
  // Keep the focus out of closed drawers, and out of everything behind an open one.
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
  const all = [
    ...(state.guilds.find((guild) => guild.id === state.guild)?.channels ?? []).flatMap(
      (/** @type {any} */ channel) => [channel, ...threadsOf(channel).filter((thread) => !thread.archived)].map((one) => one.id),
    ),
    myDm()?.id,
    ...myPrivates().map((one) => one.id),
  ].filter(Boolean);
  openChannel(all[(all.indexOf(state.channel) + step + all.length) % all.length]);
}

/** @param {KeyboardEvent} event */
function pageKey(event) {
  if (document.querySelector("dialog[open]")) return;
  const writing = /** @type {HTMLElement} */ (event.target).closest?.("input, textarea");
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit && !event.ctrlKey && !event.metaKey && !event.shiftKey && (event.altKey || !writing)) {
    const member = members().filter((one) => !one.simulated)[Number(digit) - 1];
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
  startNav({
    openChannel,
    actAs,
    startThread: (channel) => void startThread(channel),
    install: (member, installed) => void act({ do: "install", user_id: member, installed }),
    speak: (member, locale) => void act({ do: "set_locale", user_id: member, locale }),
    speakHere: (guild, locale) => void act({ do: "set_guild_locale", guild_id: guild, locale }),
  });
  startConversation({
    commands: usableCommands,
    run: (leaf, send) => void composer.run(leaf, send),
    write: () => composer.focus(),
  });
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
  byId("messages").addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const mention = /** @type {HTMLElement} */ (event.target).closest("[data-channel]");
    if (mention) openChannel(mention.getAttribute("data-channel") ?? undefined);
  });
  roving(byId("rail"), ".guild");
  roving(byId("channels"), ".channel");
  roving(byId("cast"), ".member[role=radio]");
  roving(byId("messages"), ".message");
  document.addEventListener("keydown", pageKey);
  setInterval(() => {
    const now = Date.now();
    document.querySelectorAll("[data-live]").forEach((time) => tick(/** @type {HTMLElement} */ (time), now));
    document.querySelectorAll("[data-sent]").forEach((time) => refreshSent(/** @type {HTMLElement} */ (time), now));
  }, 250);
  document.documentElement.dataset.ready = "";
  if (!narrow.matches) composer.focus();
  connect();
}

start();
