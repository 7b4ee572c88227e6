/** What the server's review finds, drawn on the canvas and in a list, each leading to its element, with its remedy. */
import { Refused } from "./server.js";

/** A change by itself is asked about at once; of several in a row, the last. */
const AT_ONCE = 30;
const IN_A_ROW = 150;
const A_ROW = 400;
const RANK = { error: 0, warning: 1, note: 2 };

export class Review {
  /** `desk`: method, boards, server, say, collect(), go(file, element), way: where a course is shown. */
  constructor(desk, { list, count }) {
    Object.assign(this, { desk, list, count, findings: [], timer: 0, last: 0, pending: null, written: "" });
  }

  changed() {
    this.pending?.abort(); // of a drawing that is no more
    this.tell(this.desk.say("Checking…"), true);
    clearTimeout(this.timer);
    const alone = Date.now() - this.last > A_ROW;
    this.last = Date.now();
    this.timer = setTimeout(() => this.now(), alone ? AT_ONCE : IN_A_ROW);
  }

  async now() {
    this.pending?.abort();
    const own = (this.pending = new AbortController());
    await this.desk.collect();
    if (own.signal.aborted) return;
    try {
      const { findings, unreadable } = await this.desk.server.review(this.desk.method.changed, own.signal);
      if (own.signal.aborted) return;
      this.findings = [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
      this.draw();
      this.write(unreadable);
    } catch (error) {
      if (own.signal.aborted) return;
      if (!(error instanceof Refused)) throw error;
      this.write(error.message);
    }
  }

  tell(words, busy = false) {
    this.count.textContent = words;
    for (const each of [this.count, this.list]) each.setAttribute("aria-busy", String(busy));
  }

  /** Markers on what the canvas shows of the open file. */
  draw() {
    const { modeler } = this.desk.boards;
    const overlays = modeler.get("overlays");
    const registry = modeler.get("elementRegistry");
    overlays.remove({ type: "finding" });
    const worst = new Map();
    for (const each of this.findings) {
      if (each.file !== this.desk.boards.file || !each.element) continue;
      if (!worst.has(each.element)) worst.set(each.element, { severity: each.severity, words: [] });
      worst.get(each.element).words.push(`${each.message} ${each.remedy}`);
    }
    for (const [id, { severity, words }] of worst) {
      const shape = registry.get(id);
      if (!shape || shape === modeler.get("canvas").getRootElement()) continue;
      const html = document.createElement("button");
      html.type = "button";
      html.className = `finding-marker ${severity}`;
      html.textContent = severity === "error" ? "!" : "?";
      html.title = words.join("\n");
      html.setAttribute("aria-label", words.join(" "));
      html.addEventListener("click", () => this.desk.go(this.desk.boards.file, id));
      overlays.add(id, "finding", { position: shape.waypoints ? { top: -10, left: -10 } : { top: -12, right: 12 }, html });
    }
  }

  write(trouble) {
    const { say } = this.desk;
    const errors = this.findings.filter((each) => each.severity === "error").length;
    const others = this.findings.length - errors;
    this.tell(trouble ? trouble : this.findings.length ? say("{errors} to mend, {others} to look at", { errors, others }) : say("The review finds nothing"));
    const written = JSON.stringify(this.findings);
    if (written === this.written) return; // who is at the list with the keyboard stays there
    this.written = written;
    this.list.replaceChildren(...this.findings.map((each) => this.line(each)));
  }

  line(each) {
    const { say, go, way } = this.desk;
    const item = document.createElement("li");
    item.className = each.severity;
    const how = document.createElement("strong");
    how.textContent = `${say({ error: "Error", warning: "Warning", note: "Note" }[each.severity])} · `;
    const said = document.createElement("span");
    said.textContent = ` ${each.message} ${each.remedy}`;
    const named = each.name ? `${each.name} (${each.element})` : each.element || each.file;
    item.append(how, button(named, () => go(each.file, each.element)), said);
    if (each.way?.length) item.append(" ", button(say("Show the way"), () => way.show(each)));
    return item;
  }
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
