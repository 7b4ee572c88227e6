/** The keys of the page, and the sheet that lists them. Keys of one letter are heard on the canvas and beside it. */
import { made } from "./side.js";

const KEYS = [
  ["The page", [
    ["ctrl+S", "Save"], ["ctrl+Z", "Undo, in whatever file it was done"], ["ctrl+Y, ctrl+shift+Z", "Redo"], ["T", "Start or end the simulation"], ["?", "This list"],
  ]],
  ["On the canvas", [
    ["ctrl+C", "Copy"], ["ctrl+X", "Cut"], ["ctrl+V", "Paste, in this file or another"], ["ctrl+D", "Duplicate"], ["ctrl+A", "Select everything"], ["del", "Delete"],
    ["E", "Write the name"], ["R", "Change what it is"], ["ctrl+F", "Find an element"], ["esc", "Let go"],
  ]],
  ["Tools and view", [
    ["H", "Move the view"], ["L", "Select by drawing a frame"], ["S", "Make or take away space"], ["C", "Connect"],
    ["↑ ↓ ← →", "Move what is selected; without selection and with Ctrl, the view"], ["ctrl++", "Closer"], ["ctrl+-", "Further"], ["ctrl+0", "True size"],
  ]],
  ["In the simulation", [["space", "Pause or go on"], ["R", "Start over"], ["t, esc", "Back to the drawing"]]],
];

export class Shortcuts {
  /** `dialog`: where the list is written; `canvas`: `side`: where keys are heard; `simulation`: what T switches. */
  constructor({ say, dialog, button, canvas, side, simulation }) {
    Object.assign(this, { say, dialog, simulation });
    dialog.append(...this.sheet());
    button.addEventListener("click", () => dialog.showModal());
    addEventListener("keydown", (event) => {
      const here = canvas.contains(event.target) || side.contains(event.target) || event.target === document.body;
      if (here && !event.target.closest("input, textarea, [contenteditable]") && this.key(event)) event.preventDefault();
    });
  }

  key({ key, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey || this.dialog.open) return false;
    if (key === "?") this.dialog.showModal();
    else if (key.toLowerCase() === "t") this.simulation.toggle();
    else if (key.toLowerCase() === "escape" && this.simulation.on) this.simulation.toggle();
    else return false;
    return true;
  }

  sheet() {
    const { say } = this;
    const title = made("h2", { words: say("Keyboard shortcuts"), id: "shortcuts-title", tabindex: "-1", autofocus: "" });
    const tables = KEYS.map(([group, rows]) =>
      made("table", {}, made("caption", { words: say(group) }), made("tbody", {}, ...rows.map(([keys, words]) => made("tr", {}, made("th", { scope: "row" }, ...this.keys(keys)), made("td", { words: say(words) }))))),
    );
    const close = made("button", { words: say("Close"), act: () => this.dialog.close() });
    return [title, made("p", { className: "quiet", words: say("On a Mac, Cmd stands for Ctrl. Keys of one letter are heard once the canvas has the focus: click on it, or come to it with Tab.") }), made("div", { className: "shortcuts-tables" }, ...tables), made("p", { className: "buttons" }, close)];
  }

  /** Key names in the reader's language, each in a `kbd`. */
  keys(keys) {
    return keys.split(", ").flatMap((each, at) => [...(at ? [", "] : []), made("kbd", { words: each.replace(/[a-z]+/g, (name) => (NAMES[name] ? this.say(NAMES[name]) : name.toUpperCase())) })]);
  }
}

const NAMES = { ctrl: "Ctrl", shift: "Shift", del: "Del", esc: "Esc", space: "Space" };
