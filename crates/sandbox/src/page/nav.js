// @ts-check
/** Where the member is and who they are: servers, channels and the list of members. */
import { byId, flame, h, icon, portrait } from "./dom.js";
import { nameOf } from "./messages.js";
import { crowdControl } from "./crowd.js";
import { botName, guildOf, hue, members, may, myDm, myGuilds, myPrivates, state, threadsOf, user } from "./state.js";

/**
 * @typedef {object} Actions
 * @property {(channel: string | undefined) => void} openChannel
 * @property {(member: string) => void} actAs
 * @property {(channel: string) => void} startThread
 * @property {(member: string, installed: boolean) => void} install
 * @property {(member: string, locale: string) => void} speak
 * @property {(guild: string, locale: string) => void} speakHere
 */

/** @type {Actions} */
let actions;

/** @param {Actions} what Members can do here. */
export function startNav(what) {
  actions = what;
}

export function renderNav() {
  const guild = state.guilds.find((guild) => guild.id === state.guild) ?? null;
  byId("guild-name").textContent = guild?.name ?? "No server";
  byId("rail").replaceChildren(
    h("span", { class: "rail-mark", title: "A simulated Discord" }, flame()),
    h("hr"),
    ...myGuilds().map(guildButton),
  );
  const dm = myDm();
  byId("channels").replaceChildren(
    h("h2", { class: "side-label" }, "Channels"),
    ...(guild?.channels ?? []).flatMap((/** @type {any} */ channel) => channelLines(channel, guild.has_bot)),
    ...(dm || myPrivates().length > 0 ? [h("h2", { class: "side-label" }, "Direct messages")] : []),
    ...(dm ? [channelButton(dm.id, botName(), "at", "")] : []),
    ...myPrivates().map((one) => {
      const others = one.user_ids.filter((id) => id !== state.me).map((id) => user(id));
      const names = others.map((other) => (other ? nameOf(other) : "?")).join(", ");
      return channelButton(one.id, names, "people", "The bot is not part of this conversation");
    }),
    ...eventLines(guild?.events ?? []),
  );
  renderCast();
}

/**
 * A channel with its threads; an archived thread is shown only while it is open.
 *
 * @param {any} channel
 * @param {boolean} hasBot
 */
function channelLines(channel, hasBot) {
  const why = hasBot ? "The bot may not post here" : "The bot is not in this server";
  const threads = threadsOf(channel);
  const shown = threads.filter((thread) => !thread.archived || thread.id === state.channel);
  const archived = threads.length - shown.length;
  const isOpen = [channel, ...threads].some((one) => one.id === state.channel);
  const rows = [channelButton(channel.id, channel.name, "hash", channel.bot_may_post ? "" : why)];
  for (const thread of shown) {
    const shut = thread.locked ? "Locked" : thread.archived ? "Archived" : "";
    const button = channelButton(thread.id, thread.name, "thread", shut);
    button.classList.add("thread");
    rows.push(button);
  }
  if (isOpen && archived > 0) {
    const oldest = threads.filter((thread) => thread.archived && thread.id !== state.channel).at(-1);
    const words = `${archived} archived ${archived === 1 ? "thread" : "threads"}`;
    rows.push(
      h(
        "button",
        { type: "button", class: "channel thread faint", tabindex: "-1", onclick: () => actions.openChannel(oldest.id) },
        words,
      ),
    );
  }
  if (isOpen && may(35n)) {
    rows.push(
      h(
        "button",
        {
          type: "button",
          class: "channel thread faint",
          tabindex: "-1",
          "data-testid": "start-thread",
          onclick: () => actions.startThread(channel.id),
        },
        "+ Start a thread",
      ),
    );
  }
  return rows;
}

/**
 * The server's scheduled events.
 *
 * @param {any[]} events
 */
function eventLines(events) {
  const open = events.filter((event) => event.status < 3);
  if (open.length === 0) return [];
  return [
    h("h2", { class: "side-label" }, "Events"),
    ...open.map((event) =>
      h(
        "div",
        { class: "event" },
        h("span", { class: "event-name" }, event.name),
        h(
          "span",
          { class: "event-note" },
          event.status === 2
            ? "Now"
            : new Date(event.scheduled_start_time).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }),
          event.entity_metadata?.location ? ` · ${placeOf(event.entity_metadata.location)}` : "",
        ),
      ),
    ),
  ];
}

/**
 * Where an event takes place: the mention of a channel is shown by its name.
 *
 * @param {string} location
 */
function placeOf(location) {
  const channels = state.guilds.flatMap((guild) => guild.channels);
  const places = channels.flatMap((/** @type {any} */ channel) => [channel, ...threadsOf(channel)]);
  return location.replace(/<#(\d+)>/g, (mention, id) => {
    const place = places.find((/** @type {any} */ one) => one.id === id);
    return place ? `#${place.name}` : mention;
  });
}

/** @param {any} guild */
function guildButton(guild) {
  const current = guild.id === state.guild;
  const unread = guild.channels.some((/** @type {any} */ channel) => state.unread.has(channel.id));
  const initials = guild.name
    .split(/\s+/)
    .map((/** @type {string} */ word) => [...word][0])
    .join("")
    .slice(0, 3);
  return h(
    "button",
    {
      type: "button",
      class: `guild${current ? " current" : ""}${unread ? " unread" : ""}`,
      "aria-label": guild.name,
      title: guild.name,
      "aria-current": current ? "true" : null,
      tabindex: current ? "0" : "-1",
      onclick: () => guild.id !== guildOf(state.channel)?.id && actions.openChannel(guild.channels[0]?.id),
    },
    h("span", { "aria-hidden": "true" }, initials),
  );
}

/**
 * @param {string} id
 * @param {string} name
 * @param {"hash" | "at" | "people" | "thread"} kind
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
      onclick: () => actions.openChannel(id),
    },
    icon(kind),
    h("span", { class: "channel-label" }, name),
    unread ? h("span", { class: "sr-only" }, " (new messages)") : null,
    warning
      ? h(
          "span",
          { class: "channel-warning", title: warning },
          icon("lock"),
          h("span", { class: "sr-only" }, ` (${warning})`),
        )
      : null,
  );
}

export function renderCast() {
  const guild = state.guilds.find((guild) => guild.id === state.guild);
  const people = members().filter((member) => !member.simulated);
  const crowd = members().filter((member) => member.simulated);
  const lines = people.map((member, at) => memberLine(member, at + 1));
  const me = user(state.me);
  byId("me").replaceChildren(me ? portrait(nameOf(me), hue(me.id)) : "");
  byId("me").setAttribute("aria-label", me ? `You act as ${nameOf(me)}; act as another member` : "Members");
  const online = state.bot.online;
  byId("cast").replaceChildren(
    ...[
      h("h2", { class: "side-label", id: "cast-label" }, "Act as"),
      h(
        "div",
        { class: "members", role: "radiogroup", "aria-labelledby": "cast-label", "data-testid": "member-switch" },
        lines,
      ),
      me && !me.simulated ? installLine(me) : null,
      me && !me.simulated ? localeLine(`${nameOf(me)} reads`, "locale", me.locale, (locale) => actions.speak(me.id, locale)) : null,
      guild && may(5n)
        ? localeLine("This server reads", "guild-locale", guild.locale, (locale) => actions.speakHere(guild.id, locale))
        : null,
      h("h2", { class: "side-label" }, "Bot"),
      h(
        "div",
        { class: `member bot-line${online ? "" : " offline"}` },
        portrait(botName(), -1),
        h(
          "span",
          { class: "member-text" },
          h("span", { class: "member-name" }, botName()),
          h("span", { class: "member-note" }, online ? "Online" : "Offline"),
        ),
        h("span", { class: "tag" }, "Bot"),
      ),
      h("h2", { class: "side-label" }, "Crowd"),
      h("p", { class: "side-words" }, "Simulated members who play by themselves."),
      crowdControl(renderCast),
      crowd.length > 0 ? crowdList(crowd) : null,
    ].filter((part) => part !== null),
  );
}

/** @param {any[]} crowd */
function crowdList(crowd) {
  const playing = crowd.slice(0, state.crowd);
  return h(
    "ul",
    { class: "crowd-list" },
    playing.map((member) =>
      h("li", { class: "crowd-member" }, portrait(nameOf(member), hue(member.id)), h("span", null, nameOf(member))),
    ),
  );
}

/**
 * Whether the acting member has installed the app for themselves.
 *
 * @param {any} me
 */
function installLine(me) {
  const box = h("input", { type: "checkbox", "data-testid": "install" });
  box.checked = Boolean(me.installed);
  box.addEventListener("change", () => actions.install(me.id, box.checked));
  return h(
    "label",
    { class: "install", title: "Commands that a user may install then work in any server and conversation" },
    box,
    h("span", null, `App installed by ${nameOf(me)}`),
  );
}

/** The languages of Discord's client that the page offers: <https://discord.com/developers/docs/reference#locales>. */
const LOCALES = [
  ["en-US", "English"],
  ["de", "Deutsch"],
  ["fr", "Français"],
  ["es-ES", "Español"],
  ["pt-BR", "Português"],
  ["pl", "Polski"],
  ["tr", "Türkçe"],
  ["ja", "日本語"],
];

/**
 * The language of a member's client, or of a server.
 *
 * @param {string} label
 * @param {string} testid
 * @param {string} current
 * @param {(locale: string) => void} choose
 */
function localeLine(label, testid, current, choose) {
  const select = h(
    "select",
    { "data-testid": testid },
    LOCALES.map(([locale, name]) => h("option", { value: locale }, name)),
  );
  select.value = current;
  select.addEventListener("change", () => choose(select.value));
  return h("label", { class: "install", title: "Interactions carry it, and commands are shown in it" }, h("span", null, label), select);
}

/**
 * @param {any} member
 * @param {number} number
 */
function memberLine(member, number) {
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
      onclick: () => actions.actAs(member.id),
    },
    portrait(nameOf(member), hue(member.id)),
    h(
      "span",
      { class: "member-text" },
      h("span", { class: "member-name" }, nameOf(member)),
      h("span", { class: "member-note" }, current ? "You" : roleOf(member.id)),
    ),
    waiting
      ? h(
          "span",
          { class: "waiting", title: "Something private is waiting" },
          h("span", { class: "sr-only" }, "something private is waiting"),
        )
      : null,
    number <= 9 ? h("kbd", { class: "member-key", "aria-hidden": "true" }, number) : null,
  );
}

/**
 * What a member may do here, in a word.
 *
 * @param {string} id
 */
function roleOf(id) {
  const bits = BigInt(state.permissions[id]?.[state.guild] ?? "0");
  if (bits === 0n) return "Not in this server";
  if (bits & 0x28n) return "Manages server";
  if (bits & 0x2000n) return "Moderator";
  const roles = state.guilds.find((guild) => guild.id === state.guild)?.roles ?? [];
  const held = roles.filter((/** @type {any} */ role) => role.position > 0 && role.members.includes(id));
  return held[0]?.name ?? "Member";
}
