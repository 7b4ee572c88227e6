/** What stands for a while where the settings of an element are: the way to a problem, or a simulation. */

export class Side {
  /** `panel`: of the settings; `side`: what takes its place. */
  constructor({ panel, side }) {
    Object.assign(this, { panel, side, closing: null });
  }

  /** Shows `parts` under a title, and puts the reader there; `closed()` is called when they go. */
  open(title, parts, closed) {
    this.close();
    this.came = document.activeElement;
    const heading = document.createElement("h2");
    heading.textContent = title;
    heading.tabIndex = -1;
    this.side.replaceChildren(heading, ...parts);
    this.side.setAttribute("aria-label", title);
    this.swap(true);
    this.closing = closed;
    heading.focus();
  }

  close() {
    const { closing, came } = this;
    if (!closing) return;
    this.closing = null;
    const inside = this.side.contains(document.activeElement);
    this.swap(false);
    this.side.replaceChildren();
    closing();
    if (inside && came?.isConnected) came.focus();
  }

  swap(shown) {
    this.side.hidden = !shown;
    this.panel.hidden = shown;
  }
}

/** An element with its words, its class and what it does. */
export function made(name, { words = "", className = "", act, ...more } = {}, ...children) {
  const element = document.createElement(name);
  if (name === "button") element.type = "button";
  if (className) element.className = className;
  if (words) element.textContent = words;
  if (act) element.addEventListener("click", act);
  for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
