// @ts-check
/**
 * Options that take a file: chosen with the system's file dialog, or dropped onto the line. The
 * file is uploaded when the command is sent.
 */
import { h } from "./dom.js";

/** Discord's number for an option that takes a file. */
export const ATTACHMENT = 11;
/** Discord's limit for a server without boosts. */
const FILE_BYTES_MAX = 10 * 1024 * 1024;

/**
 * The file input behind an option's field. It is hidden: the field opens it.
 *
 * @param {string} id Of the field.
 * @param {(file: File) => void} chosen
 */
export function createChooser(id, chosen) {
  const chooser = h("input", {
    type: "file",
    class: "chip-chooser",
    "data-testid": `${id}-file`,
    tabindex: "-1",
    "aria-hidden": "true",
  });
  chooser.addEventListener("change", () => {
    const file = chooser.files[0];
    // Let the same file be chosen again after a change.
    chooser.value = "";
    if (file) chosen(file);
  });
  return chooser;
}

/**
 * What is wrong with a file before it is sent, if anything is.
 *
 * @param {File | null | undefined} file
 * @param {string} name Of the option.
 */
export function faultOf(file, name) {
  if (!file) return `Please choose a file for ${name}.`;
  if (file.size > FILE_BYTES_MAX) return `${file.name} is too large: at most 10 MiB can be sent here.`;
  return file.size === 0 ? `${file.name} is empty.` : null;
}

/**
 * "notes.json · 12 KiB".
 *
 * @param {File} file
 */
export function describe(file) {
  const kib = file.size / 1024;
  const size = kib < 1 ? `${file.size} bytes` : kib < 1024 ? `${Math.round(kib)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
  return `${file.name} · ${size}`;
}

/**
 * Lets files be dropped onto an element.
 *
 * @param {HTMLElement} target
 * @param {(file: File) => boolean} take Whether there is a place for it.
 */
export function onDrop(target, take) {
  const holdsFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  target.addEventListener("dragover", (/** @type {DragEvent} */ event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    target.classList.add("dropping");
  });
  target.addEventListener("dragleave", () => target.classList.remove("dropping"));
  target.addEventListener("drop", (/** @type {DragEvent} */ event) => {
    target.classList.remove("dropping");
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    // Otherwise the browser would replace the page with the file.
    event.preventDefault();
    take(file);
  });
}
