/** What the server's review finds, drawn on the canvas and in a list, each leading to its element, with its remedy. */
import { Refused } from "./server.js";

const A_MOMENT = 250;
const RANK = { error: 0, warning: 1, note: 2 };

export class Review {
  /** `desk`: method, server, say, collect(), go(file, element). */
  constructor(desk, modeler, { list, count }) {
    Object.assign(this, { desk, modeler, list, count, findings: [], timer: 0, asked: 0 });
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), A_MOMENT);
  }

  async now() {
    const number = ++this.asked;
    await this.desk.collect();
    try {
      const { findings, unreadable } = await this.desk.server.review(this.desk.method.changed);
      if (number !== this.asked) return; // a later drawing was asked about meanwhile
      this.findings = [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
      this.draw();
      this.write(unreadable);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (number === this.asked) this.write(error.message);
    }
  }

  /** Markers on what the canvas shows of the open file. */
  draw() {
    const overlays = this.modeler.get("overlays");
    const registry = this.modeler.get("elementRegistry");
    overlays.remove({ type: "finding" });
    const worst = new Map();
    for (const each of this.findings) {
      if (each.file !== this.desk.file() || !each.element) continue;
      if (!worst.has(each.element)) worst.set(each.element, { severity: each.severity, words: [] });
      worst.get(each.element).words.push(`${each.message} ${each.remedy}`);
    }
    for (const [id, { severity, words }] of worst) {
      const shape = registry.get(id);
      if (!shape || shape === this.modeler.get("canvas").getRootElement()) continue;
      const html = document.createElement("button");
      html.type = "button";
      html.className = `finding-marker ${severity}`;
      html.textContent = severity === "error" ? "!" : "?";
      html.title = words.join("\n");
      html.setAttribute("aria-label", words.join(" "));
      html.addEventListener("click", () => this.desk.go(this.desk.file(), id));
      overlays.add(id, "finding", { position: shape.waypoints ? { top: -10, left: -10 } : { top: -12, right: 12 }, html });
    }
  }

  write(trouble) {
    const { say, go } = this.desk;
    const errors = this.findings.filter((each) => each.severity === "error").length;
    const others = this.findings.length - errors;
    this.count.textContent = trouble ? trouble : this.findings.length ? say("{errors} to mend, {others} to look at", { errors, others }) : say("The review finds nothing: it can be published.");
    this.list.replaceChildren(
      ...this.findings.map((each) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        item.className = each.severity;
        button.type = "button";
        button.className = "plain";
        button.textContent = each.name ? `${each.name} (${each.element})` : each.element || each.file;
        button.addEventListener("click", () => go(each.file, each.element));
        const said = document.createElement("span");
        said.textContent = ` ${each.message} ${each.remedy}`;
        const how = document.createElement("strong");
        how.textContent = `${say({ error: "Error", warning: "Warning", note: "Note" }[each.severity])} · `;
        item.append(how, button, said);
        return item;
      }),
    );
  }
}
