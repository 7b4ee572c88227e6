/** Saves a moment after each change, warns before unsaved work is lost, and says who else changed the same file. */
import { Refused } from "./server.js";

const A_MOMENT = 1500;
const AFTER_A_FAILURE = 15000;

export class Saving {
  /** `desk`: method, server, say, collect(), show(merged), reload(). */
  constructor(desk, { status, button, conflict }) {
    Object.assign(this, { desk, status, button, conflict, timer: 0, busy: false, stopped: false, unsaved: false });
    button.addEventListener("click", () => this.now());
    addEventListener("beforeunload", (leaving) => {
      if (this.unsaved) leaving.preventDefault();
    });
    addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
      event.preventDefault();
      document.activeElement?.blur();
      this.now();
    });
  }

  changed() {
    this.unsaved = true;
    if (this.stopped) return;
    this.tell("Changes not saved yet");
    this.soon(A_MOMENT);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), delay);
  }

  async now() {
    clearTimeout(this.timer);
    if (this.busy) return this.soon(A_MOMENT);
    const { method, server } = this.desk;
    this.busy = true;
    this.unsaved = false;
    try {
      await this.desk.collect();
      const sent = method.changed;
      if (Object.keys(sent).length) {
        this.tell("Saving…");
        const { revision, merged } = await server.save(method.all, method.revision);
        method.keep(sent, revision, merged);
        this.stopped = false;
        this.conflict.hidden = true;
        if (Object.keys(merged).length) await this.desk.show(merged);
      }
      if (!this.unsaved) this.tell("Saved at {time}", { time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) });
    } catch (error) {
      this.unsaved = true;
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  failed(error) {
    if (!(error instanceof Refused)) throw error;
    this.status.textContent = "";
    this.settle(error, error.status === 409);
    if (error.status !== 409) this.soon(AFTER_A_FAILURE);
  }

  tell(words, facts) {
    this.status.textContent = this.desk.say(words, facts);
    this.status.className = "workshop-status";
  }

  /** Mine can be kept as files; where another was there first (`both`), theirs can be loaded. Nothing is overwritten. */
  settle(error, both) {
    const { say, method, reload } = this.desk;
    this.stopped = both;
    const button = (words, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = say(words);
      made.addEventListener("click", act);
      return made;
    };
    const sentence = document.createElement("p");
    sentence.textContent = error.message;
    const mine = button("Keep my files: download them", () => Object.entries(method.changed).forEach(download));
    const theirs = button("Load the other version", async () => {
      await reload();
      this.stopped = this.unsaved = false;
      this.conflict.hidden = true;
      this.tell("The other version is loaded");
    });
    const buttons = document.createElement("p");
    buttons.className = "buttons";
    buttons.append(mine, ...(both ? [theirs] : []));
    this.conflict.replaceChildren(sentence, buttons);
    this.conflict.hidden = false;
    if (both) this.conflict.focus();
  }
}

function download([name, xml]) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([xml], { type: "application/xml" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
