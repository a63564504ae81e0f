// @ts-check
/**
 * What the page knows: the last snapshot of the simulated Discord with the changes since, which
 * member acts in which channel, and the requests to the server. Nothing here touches the document.
 */
import { nameOf } from "./messages.js";

export const state = {
  /** @type {{ id: string, username: string, online: boolean }} */
  bot: { id: "", username: "The bot", online: false },
  /** @type {any[]} */
  guilds: [],
  /** @type {{ id: string, user_id: string }[]} */
  dms: [],
  /**
   * Conversations of members without the bot.
   *
   * @type {{ id: string, user_ids: string[] }[]}
   */
  privates: [],
  /** How many simulated members play by themselves. */
  crowd: 0,
  /** @type {any[]} */
  users: [],
  /** @type {Record<string, Record<string, string>>} */
  permissions: {},
  /** @type {any[]} */
  commands: [],
  /**
   * Messages by channel, oldest first.
   *
   * @type {Map<string, any[]>}
   */
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
  /**
   * Presses not yet acknowledged, by member and message.
   *
   * @type {Map<string, string>}
   */
  presses: new Map(),
  /**
   * Failed presses with their error texts, by member and message.
   *
   * @type {Map<string, string>}
   */
  failures: new Map(),
  /**
   * Commands and forms on their way.
   *
   * @type {Map<string, { user: string, channel: string, name: string, slow: boolean, failed: boolean }>}
   */
  sent: new Map(),
  /**
   * Outcomes that arrived before the response to their request.
   *
   * @type {Map<string, string>}
   */
  outcomes: new Map(),
  /**
   * Modals that wait to be filled in, by member.
   *
   * @type {Map<string, any>}
   */
  modals: new Map(),
};

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(`discord-sandbox.${key}`);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(`discord-sandbox.${key}`, value);
  } catch {
    // Without storage the page still works; it only forgets the choice.
  }
}

export const user = (/** @type {string} */ id) => state.users.find((user) => user.id === id) ?? null;
export const members = () => state.users.filter((user) => user.id !== state.bot.id && !user.bot);
/**
 * A channel's threads that the acting member may see.
 *
 * @param {any} channel
 * @returns {any[]}
 */
export const threadsOf = (channel) =>
  (channel.threads ?? []).filter(
    (/** @type {any} */ thread) => !thread.members || thread.members.includes(state.me) || may(34n),
  );
/**
 * @param {any} guild
 * @returns {any[]} Its channels and their threads.
 */
const places = (guild) =>
  guild.channels.flatMap((/** @type {any} */ channel) => [channel, ...(channel.threads ?? [])]);
export const guildOf = (/** @type {string} */ channel) =>
  state.guilds.find((guild) => places(guild).some((one) => one.id === channel)) ?? null;
export const channelOf = (/** @type {string} */ id) => {
  const guild = guildOf(id);
  return guild ? (places(guild).find((one) => one.id === id) ?? null) : null;
};
/**
 * The channel that a thread belongs to.
 *
 * @param {string} id
 */
export const parentOf = (id) =>
  guildOf(id)?.channels.find((/** @type {any} */ channel) =>
    (channel.threads ?? []).some((/** @type {any} */ thread) => thread.id === id),
  ) ?? null;
/**
 * Whether the acting member holds a permission in the open server.
 *
 * @param {bigint} bit Its number.
 */
export const may = (bit) => {
  const held = BigInt(state.permissions[state.me]?.[state.guild] ?? "0");
  return Boolean(held & (1n << 3n)) || Boolean(held & (1n << bit));
};
/** The servers that the acting member is in: in others they hold no permission at all. */
export const myGuilds = () =>
  state.guilds.filter((guild) => BigInt(state.permissions[state.me]?.[guild.id] ?? "0") !== 0n);
/** Conversations that the acting member has without the bot. */
export const myPrivates = () => state.privates.filter((one) => one.user_ids.includes(state.me));
/**
 * Whether the acting member takes part in a conversation.
 *
 * @param {string} id
 */
const isMine = (id) => myDm()?.id === id || myPrivates().some((one) => one.id === id);
export const myDm = () => state.dms.find((dm) => dm.user_id === state.me) ?? null;
export const botName = () => nameOf(user(state.bot.id) ?? state.bot);
export const hue = (/** @type {string} */ id) => members().findIndex((user) => user.id === id);

/**
 * Compares ids, which grow with time and are too long for a number.
 *
 * @param {string} a
 * @param {string} b
 */
export const byAge = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** @param {any} message */
export const isVisible = (message) =>
  (!message.visible_to || message.visible_to === state.me) && !state.dismissed.has(message.id);

/**
 * @param {string} path
 * @param {object} body
 */
export function post(path, body) {
  return send(path, "application/json", JSON.stringify(body));
}

/**
 * Uploads a file for a command's option.
 *
 * @param {string} member
 * @param {File} file
 */
export function upload(member, file) {
  const query = new URLSearchParams({ user_id: member, filename: file.name });
  return send(`sandbox/upload?${query}`, file.type || "application/octet-stream", file);
}

/**
 * @param {string} path
 * @param {string} type
 * @param {BodyInit} body
 */
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
  const known = mine.some((guild) => guild.id === guildOf(state.channel)?.id) || isMine(state.channel);
  if (!known) {
    const channels = mine[0]?.channels ?? [];
    state.channel =
      (channels.find((/** @type {any} */ channel) => channel.name === "trivia") ?? channels[0])?.id ?? myDm()?.id ?? "";
  }
  state.guild =
    guildOf(state.channel)?.id ?? (mine.some((guild) => guild.id === state.guild) ? state.guild : (mine[0]?.id ?? ""));
}

/** Discord's numbers for where a command is used. */
const CONTEXT = { guild: 0, botDm: 1, privateChannel: 2 };

/** The commands that this member may use in this channel, subcommands each on their own. */
export function usableCommands() {
  const guild = guildOf(state.channel);
  const context = guild
    ? CONTEXT.guild
    : state.privates.some((one) => one.id === state.channel)
      ? CONTEXT.privateChannel
      : CONTEXT.botDm;
  return state.commands
    .filter((command) => (command.type ?? 1) === 1 && (!command.guild_id || command.guild_id === guild?.id))
    .filter((command) => isOffered(command, guild, context))
    .map((command) => localized(command, user(state.me)?.locale ?? "en-US"))
    .flatMap((command) => leaves([command.name], [command.sent], command))
    .sort((a, b) => (a.path.join(" ") < b.path.join(" ") ? -1 : 1));
}

/**
 * Whether Discord's client offers a command here: because the app is in the server and the member has
 * the permissions the command asks for, or because the member installed the app.
 *
 * @param {any} command
 * @param {any} guild
 * @param {number} context
 */
function isOffered(command, guild, context) {
  const types = command.integration_types ?? [0];
  const byUser = types.includes(1) && !command.guild_id && user(state.me)?.installed;
  const fits = command.contexts
    ? command.contexts.includes(context)
    : context === CONTEXT.guild ||
      (context === CONTEXT.botDm ? command.dm_permission !== false : types.includes(1));
  if (!fits) return false;
  const byGuild =
    context === CONTEXT.guild ? guild.has_bot && (types.includes(0) || command.guild_id) : context === CONTEXT.botDm;
  if (!byGuild) return byUser;
  return !guild || meets(command.default_member_permissions, guild);
}

/**
 * @param {string | null | undefined} needed
 * @param {any} guild
 */
function meets(needed, guild) {
  if (needed === null || needed === undefined) return true;
  const held = BigInt(state.permissions[state.me]?.[guild.id] ?? "0");
  const bits = BigInt(needed);
  return Boolean(held & 8n) || (bits !== 0n && (held & bits) === bits);
}

/**
 * @param {string[]} path
 * @param {string[]} sent The same in the names that the bot knows.
 * @param {any} node
 * @returns {import("./composer.js").Leaf[]}
 */
function leaves(path, sent, node) {
  const options = node.options ?? [];
  const below = options.filter((/** @type {any} */ option) => option.type === 1 || option.type === 2);
  if (below.length > 0)
    return below.flatMap((/** @type {any} */ option) => leaves([...path, option.name], [...sent, option.sent], option));
  return [{ path, sent, description: node.description ?? "", options }];
}

/**
 * A command or option as a client in this language shows it. It is sent under its original name.
 *
 * @param {any} node
 * @param {string} locale
 * @returns {any}
 */
function localized(node, locale) {
  const word = (/** @type {any} */ of, /** @type {string} */ key) => of[`${key}_localizations`]?.[locale] ?? of[key];
  return {
    ...node,
    name: word(node, "name"),
    sent: node.name,
    description: word(node, "description"),
    choices: node.choices?.map((/** @type {any} */ choice) => ({ ...choice, name: word(choice, "name") })),
    options: node.options?.map((/** @type {any} */ option) => localized(option, locale)),
  };
}

/**
 * A command's request in Discord's format, with nested subcommands.
 *
 * @param {import("./composer.js").Leaf} leaf
 * @param {any[]} options
 */
export function commandBody(leaf, options) {
  const [name, ...below] = leaf.sent;
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
