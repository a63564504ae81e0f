// @ts-check
/**
 * One message of the simulated Discord as elements: author, text, embeds, buttons and menus.
 */
import { h, icon, portrait } from "./dom.js";
import { anchor, markdown, markdownLine, relative } from "./markdown.js";

/**
 * @typedef {object} View What a message needs from the page around it.
 * @property {import("./markdown.js").Names} names
 * @property {(id: string) => number} hue The colour of a user's portrait; negative for the bot.
 * @property {(message: any, customId: string, values?: string[]) => void} press
 * @property {(message: any) => { pressed: string | null, failed: string | null }} pressState
 * @property {(message: any) => void} dismiss
 * @property {(message: any) => boolean} mayDelete
 * @property {(message: any) => void} remove
 * @property {(id: string) => boolean} isSimulated
 * @property {(kind: number) => import("./suggestions.js").Choice[]} entities What a select of users, roles or channels offers.
 */

const EPHEMERAL = 1 << 6;

/**
 * Fills a list item with a message, in place, and keeps the keyboard focus where it was.
 *
 * @param {HTMLElement} item
 * @param {any} message
 * @param {boolean} grouped Whether it goes on from the message above it.
 * @param {View} view
 */
export function fillMessage(item, message, grouped, view) {
  const focused = item.contains(document.activeElement) && document.activeElement !== item;
  const customId = focused ? document.activeElement?.getAttribute("data-custom-id") : null;
  const open = [...item.querySelectorAll(".md-spoiler")].map((cover) => cover.classList.contains("open"));

  const isPrivate = Boolean(message.visible_to) || Boolean((message.flags ?? 0) & EPHEMERAL);
  // Who was notified when it was posted. Mentions in an embed or an edit notify nobody.
  const mentionsMe = (message.pinged ?? []).includes(view.names.me);
  item.className = "message";
  item.classList.toggle("grouped", grouped);
  item.classList.toggle("private", isPrivate);
  item.classList.toggle("mentioned", mentionsMe);
  item.setAttribute("data-testid", "message");
  item.setAttribute("data-message-id", message.id);
  item.replaceChildren(
    ...[
      origin(message, view),
      grouped ? h("span", { class: "message-side" }) : portrait(nameOf(message.author), view.hue(message.author.id)),
      h(
        "div",
        { class: "message-body" },
        grouped ? null : byline(message, view),
        body(message, view),
        isPrivate ? privacy(message, view) : null,
      ),
      view.mayDelete(message) ? deleteButton(message, view) : null,
    ].filter((part) => part !== null),
  );

  item.querySelectorAll(".md-spoiler").forEach((cover, at) => {
    if (open[at]) /** @type {HTMLElement} */ (cover).click();
  });
  if (!focused) return;
  const again = customId && item.querySelector(`[data-custom-id="${CSS.escape(customId)}"]:not(:disabled)`);
  /** @type {HTMLElement} */ (again || item).focus({ preventScroll: true });
}

/** @param {any} user */
export function nameOf(user) {
  return user.global_name || user.username;
}

/**
 * The line "X used /quiz" above an answer to a command.
 *
 * @param {any} message
 * @param {View} view
 */
function origin(message, view) {
  const cause = message.interaction_metadata;
  const name = message.interaction?.name ?? cause?.name;
  const user = cause?.user ?? message.interaction?.user;
  if (!user || !name || (cause && cause.type !== 2)) return null;
  return h(
    "div",
    { class: "origin" },
    h("span", { class: `origin-dot portrait-${view.hue(user.id) % 6}` }),
    h("span", { class: "origin-name" }, nameOf(user)),
    " used ",
    h("span", { class: "origin-command" }, `/${name}`),
  );
}

/**
 * @param {any} message
 * @param {View} view
 */
function deleteButton(message, view) {
  return h(
    "button",
    {
      type: "button",
      class: "icon-button message-delete",
      "data-testid": "delete-message",
      "aria-label": "Delete this message",
      title: "Delete this message",
      onclick: () => view.remove(message),
    },
    icon("trash"),
  );
}

/**
 * @param {any} message
 * @param {View} view
 */
function byline(message, view) {
  return h(
    "div",
    { class: "byline" },
    h("span", { class: "author" }, nameOf(message.author)),
    message.author.bot ? h("span", { class: "tag" }, "Bot") : null,
    view.isSimulated(message.author.id) ? h("span", { class: "tag tag-plain" }, "Simulated") : null,
    sentAt(message.timestamp),
  );
}

/** @param {string} timestamp */
function sentAt(timestamp) {
  const date = new Date(timestamp);
  const element = h("time", {
    class: "sent",
    datetime: timestamp,
    title: date.toLocaleString("en-GB"),
    "data-sent": date.getTime(),
  });
  refreshSent(element, Date.now());
  return element;
}

/**
 * Brings the age of a message up to date.
 *
 * @param {HTMLElement} element
 * @param {number} now Milliseconds since 1970.
 */
export function refreshSent(element, now) {
  const age = (now - Number(element.dataset.sent)) / 1000;
  const text = age < 60 ? "just now" : relative(-age);
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {any} message
 * @param {View} view
 */
function body(message, view) {
  if (message.thinking) {
    return h("div", { class: "thinking" }, dots(), `${nameOf(message.author)} is thinking…`);
  }
  const edited = message.edited_timestamp
    ? h("span", { class: "edited", title: new Date(message.edited_timestamp).toLocaleString("en-GB") }, "(edited)")
    : null;
  const text = message.content ? h("div", { class: "content" }, markdown(message.content, view.names)) : null;
  const embeds = (message.embeds ?? []).map((/** @type {any} */ embed) => embedBox(embed, message, view));
  if (edited) {
    const host = text ?? h("div", { class: "content" });
    (host.lastElementChild?.classList.contains("md-text") ? host.lastElementChild : host).append(" ", edited);
    // A message without text has the mark below its embeds.
    return [text, embeds, attachments(message), rows(message, view), text ? null : host].flat();
  }
  return [text, embeds, attachments(message), rows(message, view)].flat();
}

/** Three dots that breathe. */
export function dots() {
  return h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
}

/**
 * @param {any} embed
 * @param {any} message
 * @param {View} view
 */
function embedBox(embed, message, view) {
  const title = embed.title ? markdownLine(embed.title, view.names) : null;
  const box = h(
    "article",
    { class: "embed" },
    h(
      "div",
      { class: "embed-text" },
      embed.author ? h("div", { class: "embed-author" }, embed.author.name) : null,
      title ? h("div", { class: "embed-title" }, embed.url ? anchor(embed.url, title) : title) : null,
      embed.description ? h("div", { class: "embed-description" }, markdown(embed.description, view.names)) : null,
      fieldGrid(embed.fields ?? [], view),
    ),
    embed.thumbnail ? picture(uploaded(embed.thumbnail, message), "embed-thumbnail") : null,
    embed.image ? picture(uploaded(embed.image, message), "embed-image") : null,
    embedFooter(embed),
  );
  if (Number.isInteger(embed.color)) {
    box.style.setProperty("--edge", `#${embed.color.toString(16).padStart(6, "0")}`);
  }
  return box;
}

/**
 * Inline fields are three to a row, as on Discord.
 *
 * @param {any[]} fields
 * @param {View} view
 */
function fieldGrid(fields, view) {
  if (fields.length === 0) return null;
  const grid = h("dl", { class: "fields" });
  for (let at = 0; at < fields.length;) {
    let size = 1;
    if (fields[at].inline) while (size < 3 && fields[at + size]?.inline) size += 1;
    for (const field of fields.slice(at, at + size)) {
      const span = field.inline ? `field field-${size}` : "field";
      const name = h("dt", null, markdownLine(field.name, view.names));
      grid.append(h("div", { class: span }, name, h("dd", null, markdown(field.value, view.names))));
    }
    at += size;
  }
  return grid;
}

/** @param {any} embed */
function embedFooter(embed) {
  const date = embed.timestamp
    ? new Date(embed.timestamp).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })
    : null;
  const text = [embed.footer?.text, date].filter(Boolean).join(" · ");
  return text ? h("div", { class: "embed-footer" }, text) : null;
}

const UPLOADED = "attachment://";

/**
 * An embed's picture; `attachment://` names a file uploaded with the message.
 *
 * @param {any} media
 * @param {any} message
 */
function uploaded(media, message) {
  if (!media.url?.startsWith(UPLOADED)) return media;
  const name = media.url.slice(UPLOADED.length);
  const file = message.attachments?.find((/** @type {any} */ file) => file.filename === name);
  return { ...media, ...file };
}

/**
 * A picture from the page's own server. For any other address only the description is shown, because
 * the page loads nothing from elsewhere.
 *
 * @param {any} media
 * @param {string} className
 */
function picture(media, className) {
  const words = media.description || "A picture";
  const named = new URL(media.proxy_url || media.url || "", location.href);
  // The server may be addressed by several host names.
  const isFile = /^\/(ephemeral-)?attachments\//.test(named.pathname);
  const address = isFile ? new URL(named.pathname, location.href) : named;
  const missing = () => h("div", { class: `${className} picture-missing` }, `${words} (not shown here)`);
  if (address.origin !== location.origin) return missing();
  const image = h("img", {
    src: address.href,
    alt: words,
    loading: "lazy",
    width: media.width,
    height: media.height,
  });
  const box = h("span", { class: `picture ${className}` }, image, media.description ? altBadge(media.description) : null);
  image.addEventListener("error", () => box.replaceWith(missing()), { once: true });
  return box;
}

/**
 * A picture's description, for sighted members too.
 *
 * @param {string} words
 */
function altBadge(words) {
  const text = h("span", { class: "alt-words", hidden: true }, words);
  const badge = h(
    "button",
    {
      type: "button",
      class: "alt-badge",
      "aria-expanded": "false",
      "aria-label": "Show the words that describe this picture",
      onclick: () => {
        text.hidden = !text.hidden;
        badge.setAttribute("aria-expanded", String(!text.hidden));
      },
    },
    "ALT",
  );
  return [text, badge];
}

/** @param {any} message */
function attachments(message) {
  const inEmbeds = (message.embeds ?? []).flatMap((/** @type {any} */ embed) => [
    embed.image?.url,
    embed.thumbnail?.url,
  ]);
  const loose = (message.attachments ?? []).filter(
    (/** @type {any} */ file) => !inEmbeds.includes(UPLOADED + file.filename) && !inEmbeds.includes(file.url),
  );
  return loose.map((/** @type {any} */ file) => {
    if ((file.content_type ?? "").startsWith("image/"))
      return picture({ ...file, description: file.description ?? file.filename }, "embed-image");
    return h(
      "div",
      { class: "attachment" },
      icon("link"),
      anchor(new URL(file.url, location.href).href, file.filename),
    );
  });
}

/**
 * @param {any} message
 * @param {View} view
 */
function rows(message, view) {
  const list = (message.components ?? []).filter((/** @type {any} */ row) => row.type === 1);
  if (list.length === 0) return null;
  const { pressed, failed } = view.pressState(message);
  const box = h("div", { class: "rows" });
  for (const row of list) {
    const parts = row.components.map((/** @type {any} */ part) =>
      part.type === 2 ? button(message, part, pressed, view) : select(message, part, pressed, view),
    );
    box.append(h("div", { class: "row" }, parts));
  }
  if (failed) box.append(h("p", { class: "failed", role: "alert" }, icon("alert"), failed));
  return box;
}

/** Labels that clients cut: <https://discord.com/developers/docs/components/reference#button>. */
const LABEL_CHARS_MAX = { plain: 38, withEmoji: 34 };

/**
 * A label as a client shows it, cut to the same length.
 *
 * @param {any} part
 */
function labelOf(part) {
  const label = [...(part.label ?? "")];
  const max = part.emoji ? LABEL_CHARS_MAX.withEmoji : LABEL_CHARS_MAX.plain;
  const shown = label.length > max ? `${label.slice(0, max - 1).join("").trimEnd()}…` : label.join("");
  return [part.emoji?.name, shown].filter(Boolean).join(" ") || "Button";
}

const STYLES = ["", "primary", "secondary", "success", "danger", "link"];

/**
 * @param {any} message
 * @param {any} part
 * @param {string | null} pressed The `custom_id` that waits for its acknowledgement.
 * @param {View} view
 */
function button(message, part, pressed, view) {
  const label = labelOf(part);
  if (part.style === 5) {
    const link = anchor(part.url ?? "", h("span", null, label));
    link.className = "button button-link";
    link.append(icon("link"));
    return link;
  }
  const busy = pressed === part.custom_id;
  return h(
    "button",
    {
      type: "button",
      class: `button button-${STYLES[part.style] ?? "secondary"}${busy ? " busy" : ""}`,
      "data-testid": "component",
      "data-custom-id": part.custom_id,
      disabled: Boolean(part.disabled),
      // Still focusable while it waits, so that the keyboard does not lose its place.
      "aria-disabled": pressed !== null ? "true" : null,
      "aria-busy": busy ? "true" : null,
      onclick: () => pressed === null && view.press(message, part.custom_id),
    },
    h("span", { class: "button-label" }, label),
    busy ? dots() : null,
  );
}

/**
 * A select: a button that opens a list, of its own options or of members, roles or channels.
 *
 * @param {any} message
 * @param {any} part
 * @param {string | null} pressed
 * @param {View} view
 */
function select(message, part, pressed, view) {
  const options =
    part.options ??
    view.entities(part.type).map((one) => ({ label: one.name, value: String(one.value), description: one.note }));
  const many = (part.max_values ?? 1) > 1;
  /** @type {Set<string>} */
  const chosen = new Set(
    options.filter((/** @type {any} */ option) => option.default).map((/** @type {any} */ option) => option.value),
  );
  const face = h("span", { class: "select-face" });
  const showFace = () => {
    const names = options
      .filter((/** @type {any} */ option) => chosen.has(option.value))
      .map((/** @type {any} */ option) => option.label);
    face.textContent = names.join(", ") || part.placeholder || "Make a choice";
    face.classList.toggle("placeholder", names.length === 0);
  };
  showFace();
  const busy = pressed === part.custom_id;
  const menu = h("div", {
    class: "select-menu",
    role: "listbox",
    "aria-multiselectable": many ? "true" : null,
    hidden: true,
  });
  const opener = h(
    "button",
    {
      type: "button",
      class: `select${busy ? " busy" : ""}`,
      "data-testid": "component",
      "data-custom-id": part.custom_id,
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      disabled: Boolean(part.disabled),
    },
    face,
    busy ? dots() : icon("chevron"),
  );
  const box = h("div", { class: "select-box" }, opener, menu);
  const before = [...chosen].join();
  const close = (/** @type {boolean} */ send) => {
    if (menu.hidden) return;
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (send && chosen.size >= (part.min_values ?? 1) && [...chosen].join() !== before)
      view.press(message, part.custom_id, [...chosen]);
  };
  const toggle = (/** @type {any} */ option) => {
    if (!many) chosen.clear();
    if (!chosen.delete(option.value) && chosen.size < (part.max_values ?? 1)) chosen.add(option.value);
    for (const line of menu.children)
      line.setAttribute("aria-selected", String(chosen.has(line.getAttribute("data-value"))));
    showFace();
    if (!many) {
      opener.focus();
      close(true);
    }
  };
  for (const option of options) {
    const line = h(
      "div",
      {
        class: "select-option",
        role: "option",
        tabindex: "-1",
        "data-value": option.value,
        "aria-selected": String(chosen.has(option.value)),
      },
      h("span", { class: "select-label" }, [option.emoji?.name, option.label].filter(Boolean).join(" ")),
      option.description ? h("span", { class: "select-note" }, option.description) : null,
    );
    line.addEventListener("click", () => toggle(option));
    line.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle(option);
    });
    menu.append(line);
  }
  opener.addEventListener("click", () => {
    if (pressed !== null) return;
    if (!menu.hidden) return close(true);
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    (menu.querySelector('[aria-selected="true"]') ?? menu.firstElementChild)?.focus();
  });
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => selectKey(event, menu, opener, close));
  box.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
    if (!box.contains(/** @type {Node | null} */ (event.relatedTarget))) close(true);
  });
  return box;
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} menu
 * @param {HTMLElement} opener
 * @param {(send: boolean) => void} close
 */
function selectKey(event, menu, opener, close) {
  if (menu.hidden) {
    if (event.key === "ArrowDown") opener.click();
    return;
  }
  const lines = /** @type {HTMLElement[]} */ ([...menu.children]);
  const at = lines.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 };
  const to = steps[/** @type {keyof typeof steps} */ (event.key)];
  if (event.key === "Escape") {
    opener.focus();
    close(false);
  } else if (to !== undefined) {
    lines[to]?.focus();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/**
 * @param {any} message
 * @param {View} view
 */
function privacy(message, view) {
  return h(
    "div",
    { class: "privacy" },
    icon("eye"),
    "Only you can see this",
    h("span", { "aria-hidden": "true" }, "·"),
    h("button", { type: "button", class: "text-button", onclick: () => view.dismiss(message) }, "Dismiss"),
  );
}
