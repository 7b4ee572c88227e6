/** FEEL as it is typed: the server reads it, with the variables that are known at that point. */
import { Refused } from "./server.js";

const A_MOMENT = 300;

export class Feel {
  /** `desk`: method, server, say. `again`: draws the panel anew. */
  constructor(desk, again) {
    Object.assign(this, { desk, again, answers: new Map(), timer: 0 });
  }

  /** Why the text is wrong, as far as the server has said; asks where it has not. */
  problem(element, spec, text) {
    return this.answer(element, spec, text ?? "")?.problem || null;
  }

  described(element, spec, hint) {
    const known = this.known?.element === element.id ? this.known.names : [];
    const names = known.length ? this.desk.say("Known here: {names}", { names: known.join(", ") }) : "";
    return [hint, names].filter(Boolean).join(" · ");
  }

  answer(element, spec, text) {
    const key = JSON.stringify([element.id, spec.name ?? "", text]);
    const found = this.answers.get(key);
    if (found) return found;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(key, element, spec, text), A_MOMENT);
    return null;
  }

  async ask(key, element, spec, text) {
    const over = spec.answers ? "answers" : spec.aside ? "anywhere" : "variables";
    try {
      const said = await this.desk.server.feel({ files: this.desk.method.changed, element: element.businessObject.id, text, over });
      this.answers.set(key, said);
      this.known = { element: element.id, names: said.known };
      this.again();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** The drawing changed: what is known where may have. */
  forget() {
    this.answers.clear();
  }
}
