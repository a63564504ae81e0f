// @ts-check
/** Where the member is and who they are: servers, channels and the list of members. */
import { byId, flame, h, icon, portrait } from "./dom.js";
import { nameOf } from "./messages.js";
import { botName, guildOf, hue, members, myDm, myGuilds, state, user } from "./state.js";

/**
 * @typedef {object} Actions
 * @property {(channel: string | undefined) => void} openChannel
 * @property {(member: string) => void} actAs
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
    h("span", { class: "rail-mark", title: "Heat Check sandbox" }, flame()),
    h("hr"),
    ...myGuilds().map(guildButton),
  );
  const dm = myDm();
  byId("channels").replaceChildren(
    h("h2", { class: "side-label" }, "Channels"),
    ...(guild?.channels ?? []).map((/** @type {any} */ channel) =>
      channelButton(channel.id, channel.name, "hash", channel.bot_may_post ? "" : "The bot may not post here"),
    ),
    ...(dm ? [h("h2", { class: "side-label" }, "Direct message"), channelButton(dm.id, botName(), "at", "")] : []),
  );
  renderCast();
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
      h("kbd", { class: "member-key", "aria-hidden": "true" }, at + 1),
    );
  });
  const me = user(state.me);
  byId("me").replaceChildren(me ? portrait(nameOf(me), hue(me.id)) : "");
  byId("me").setAttribute("aria-label", me ? `You act as ${nameOf(me)}; act as another member` : "Members");
  const online = state.bot.online;
  byId("cast").replaceChildren(
    h("h2", { class: "side-label", id: "cast-label" }, "Act as"),
    h(
      "div",
      { class: "members", role: "radiogroup", "aria-labelledby": "cast-label", "data-testid": "member-switch" },
      lines,
    ),
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
  );
}

/** What a member may do here, in a word. @param {string} id */
function roleOf(id) {
  const bits = BigInt(state.permissions[id]?.[state.guild] ?? "0");
  if (bits & 0x28n) return "Manages server";
  return bits & 0x2000n ? "Moderator" : "Member";
}
