/** Saves a moment after each change, warns before unsaved work is lost, and says who else changed the same file. */
import { agreed } from "./asking.js";
import { Refused } from "./server.js";

const A_MOMENT = 1500;
/** After a failure: at first soon, then ever later, and at once when the network is back. */
const FIRST_AGAIN = 2000;
const LAST_AGAIN = 30000;
/** Refusals that may be over the next time; any other stays until what is sent changes. */
const PASSING = (status) => status === 0 || status === 401 || status === 429 || status >= 500;
/** What is asked before it is lost, who goes on, who does not. */
const LOSING = ["What you have drawn here and not downloaded will be lost: nothing brings it back.", "Yes, give up what I have drawn here", "Keep what I have drawn"];

export class Saving {
  /** `desk`: method, server, say, collect(), show(merged), reload(). */
  constructor(desk, { status, button, conflict }) {
    Object.assign(this, { desk, status, button, conflict, timer: 0, busy: false, stopped: false, unsaved: false, edits: 0, kept: -1, again: FIRST_AGAIN });
    button.addEventListener("click", () => this.now());
    addEventListener("online", () => this.unsaved && !this.stopped && this.now());
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

  /** Something is being typed, that is not drawn yet. */
  touched() {
    this.unsaved = true;
    this.edits += 1;
  }

  changed() {
    this.touched();
    if (this.stopped) return;
    this.tell("Not saved yet");
    this.soon(A_MOMENT);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), delay);
  }

  async now() {
    clearTimeout(this.timer);
    if (this.busy) return this.soon(A_MOMENT);
    this.busy = true;
    try {
      const edits = await this.send();
      this.again = FIRST_AGAIN;
      if (edits === this.edits) this.done(); // what was changed meanwhile is unsaved still
    } catch (error) {
      this.failed(error);
    } finally {
      this.busy = false;
    }
  }

  async send() {
    const { desk, edits } = this;
    await desk.collect();
    const { method } = desk;
    const sent = method.changed;
    if (!Object.keys(sent).length) return edits;
    this.tell("Saving…");
    const { revision, merged } = await desk.server.save(method.all, method.revision);
    // a file that another changed, and that was changed here meanwhile: the next time, the server says so
    if (!Object.keys(merged).some((name) => desk.touched(name))) {
      method.keep(sent, revision, merged);
      if (Object.keys(merged).length) await desk.show(merged);
    }
    this.stopped = false;
    this.conflict.hidden = true;
    return edits;
  }

  done() {
    this.unsaved = false;
    this.tell("Saved at {time}", { time: new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) });
  }

  failed(error) {
    if (!(error instanceof Refused)) throw error;
    this.unsaved = true;
    this.tell("Not saved", {}, "bad");
    this.settle(error, error.status === 409);
    if (!PASSING(error.status)) return;
    this.soon(this.again);
    this.again = Math.min(2 * this.again, LAST_AGAIN);
  }

  tell(words, facts, how = "") {
    this.status.textContent = this.desk.say(words, facts);
    this.status.className = `workshop-status ${how}`.trim();
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
    const mine = button("Keep my files: download them", async () => {
      const { edits } = this;
      await this.desk.collect();
      Object.entries(method.changed).forEach(download);
      this.kept = edits;
    });
    const theirs = button("Load the other version", async () => {
      if (this.kept !== this.edits && !(await agreed(this.conflict, LOSING.map((words) => say(words))))) return;
      await reload();
      this.stopped = this.unsaved = false;
      this.conflict.hidden = true;
      this.tell("The other version is loaded");
    });
    const again = button("Try again", () => this.now());
    const buttons = document.createElement("p");
    buttons.className = "buttons";
    buttons.append(mine, both ? theirs : again);
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
