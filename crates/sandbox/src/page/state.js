// @ts-check
/**
 * What the page knows: the last snapshot of the simulated Discord with the changes since, who acts
 * and where, and how the server is asked. Nothing here touches the document.
 */
import { nameOf } from "./messages.js";

export const state = {
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
export function recall(key) {
  try {
    return localStorage.getItem(`heat-check.${key}`);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(`heat-check.${key}`, value);
  } catch {
    // A browser that keeps nothing still works; it only forgets the choice.
  }
}

export const user = (/** @type {string} */ id) => state.users.find((user) => user.id === id) ?? null;
export const members = () => state.users.filter((user) => user.id !== state.bot.id && !user.bot);
export const guildOf = (/** @type {string} */ channel) =>
  state.guilds.find((guild) => guild.channels.some((/** @type {any} */ one) => one.id === channel)) ?? null;
export const channelOf = (/** @type {string} */ id) =>
  guildOf(id)?.channels.find((/** @type {any} */ one) => one.id === id) ?? null;
/** The servers that the acting member is in: in others they hold no permission at all. */
export const myGuilds = () =>
  state.guilds.filter((guild) => BigInt(state.permissions[state.me]?.[guild.id] ?? "0") !== 0n);
export const myDm = () => state.dms.find((dm) => dm.user_id === state.me) ?? null;
export const botName = () => nameOf(user(state.bot.id) ?? state.bot);
export const hue = (/** @type {string} */ id) => members().findIndex((user) => user.id === id);

/** Ids grow with time, and are too long for a number. @param {string} a @param {string} b */
export const byAge = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** @param {any} message */
export const isVisible = (message) =>
  (!message.visible_to || message.visible_to === state.me) && !state.dismissed.has(message.id);

/** @param {string} path @param {object} body */
export function post(path, body) {
  return send(path, "application/json", JSON.stringify(body));
}

/**
 * Hands over a file that a command will name.
 *
 * @param {string} member
 * @param {File} file
 */
export function upload(member, file) {
  const query = new URLSearchParams({ user_id: member, filename: file.name });
  return send(`sandbox/upload?${query}`, file.type || "application/octet-stream", file);
}

/** @param {string} path @param {string} type @param {BodyInit} body */
async function send(path, type, body) {
  let response;
  try {
    response = await fetch(path, { method: "POST", headers: { "content-type": type }, body });
  } catch {
    return { error: "The sandbox does not answer. Is it still running?" };
  }
  const answer = await response.json().catch(() => ({}));
  return response.ok ? answer : { error: answer.error ?? `The sandbox refused this (HTTP ${response.status}).` };
}

/** Stays where the member is, or goes to the channel that a newcomer sees first. */
export function enterSomeChannel() {
  const mine = myGuilds();
  const known = mine.some((guild) => guild.id === guildOf(state.channel)?.id) || myDm()?.id === state.channel;
  if (!known) {
    const channels = mine[0]?.channels ?? [];
    state.channel =
      (channels.find((/** @type {any} */ channel) => channel.name === "trivia") ?? channels[0])?.id ?? myDm()?.id ?? "";
  }
  state.guild =
    guildOf(state.channel)?.id ?? (mine.some((guild) => guild.id === state.guild) ? state.guild : (mine[0]?.id ?? ""));
}

/** The commands that this member may use in this channel, subcommands each on their own. */
export function usableCommands() {
  const guild = guildOf(state.channel);
  const mine = BigInt(state.permissions[state.me]?.[guild?.id ?? ""] ?? "0");
  return state.commands
    .filter((command) => (command.type ?? 1) === 1 && (!command.guild_id || command.guild_id === guild?.id))
    .filter((command) =>
      command.contexts ? command.contexts.includes(guild ? 0 : 1) : guild || command.dm_permission !== false,
    )
    .filter((command) => {
      if (!guild || command.default_member_permissions === null || command.default_member_permissions === undefined)
        return true;
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
export function commandBody(leaf, options) {
  const [name, ...below] = leaf.path;
  const nested = below.reduceRight(
    (inner, part, at) => [{ name: part, type: at === below.length - 1 ? 1 : 2, options: inner }],
    options,
  );
  return {
    user_id: state.me,
    guild_id: guildOf(state.channel)?.id ?? null,
    channel_id: state.channel,
    name,
    options: nested,
  };
}
