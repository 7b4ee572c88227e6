/**
 * The course that leads to what the review found: its elements light up on the canvas one after the other, and stand
 * numbered in a list beside it. Who asked for less movement sees them all at once.
 */
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";
import { read } from "./properties.js";
import { made } from "./side.js";

const A_STEP = 900;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

export class Way {
  /** `desk`: boards, say, language, side, goFile(file, element). */
  constructor(desk) {
    Object.assign(this, { desk, steps: [], at: 0, timer: 0 });
  }

  async show(finding) {
    const { desk } = this;
    await desk.reach(finding.file, finding.element);
    this.steps = this.stepsOf(finding.way);
    if (!this.steps.length) return;
    desk.side.open(desk.say("The way to the problem"), this.parts(finding), () => this.end());
    this.modeler = desk.boards.modeler;
    if (STILL.matches) this.move(this.steps.length - 1);
    else this.play();
  }

  /** A step: a shape, and the flows that lead to it. */
  stepsOf(ids) {
    const registry = this.desk.boards.modeler.get("elementRegistry");
    const steps = [];
    let flows = [];
    for (const shape of ids.map((id) => registry.get(id)).filter(Boolean)) {
      if (shape.waypoints) flows.push(shape);
      else {
        steps.push({ shape, flows, name: this.named(shape) });
        flows = [];
      }
    }
    return steps;
  }

  named(shape) {
    const object = getBusinessObject(shape);
    const { say, language } = this.desk;
    const name = (language === "en" && read(object, "name.en")) || object.get("name") || say(KINDS[object.$type] ?? "An element");
    return `${name} (${object.get("id")})`;
  }

  parts(finding) {
    const { say, side } = this.desk;
    this.toggle = made("button", { words: say("Play"), act: () => (this.timer ? this.pause() : this.play()) });
    const buttons = made(
      "p", { className: "buttons" },
      made("button", { words: say("Previous"), act: () => this.step(-1) }), this.toggle,
      made("button", { words: say("Next"), act: () => this.step(1) }), made("button", { words: say("Close"), act: () => side.close() }),
    );
    this.list = made("ol", { className: "way-steps" }, ...this.steps.map(({ name }, at) => made("li", {}, made("button", { className: "plain", words: name, act: () => this.pick(at) }))));
    this.said = made("p", { role: "status", "aria-live": "polite" });
    return [made("p", { words: `${finding.message} ${finding.remedy}` }), buttons, this.said, this.list];
  }

  play() {
    if (this.at >= this.steps.length - 1) this.at = 0;
    this.toggle.textContent = this.desk.say("Pause");
    this.move(this.at);
    this.timer = setInterval(() => (this.at < this.steps.length - 1 ? this.move(this.at + 1) : this.pause()), A_STEP);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = 0;
    this.toggle.textContent = this.desk.say("Play");
  }

  step(by) {
    this.pick(Math.min(this.steps.length - 1, Math.max(0, this.at + by)));
  }

  pick(at) {
    this.pause();
    this.move(at);
  }

  /** Everything up to the step is lit and numbered; the step itself most. */
  move(at) {
    this.clear();
    this.at = at;
    const canvas = this.modeler.get("canvas");
    const lit = STILL.matches ? this.steps : this.steps.slice(0, at + 1);
    lit.forEach(({ shape, flows }, number) => {
      for (const each of [...flows, shape]) canvas.addMarker(each, "way-passed");
      this.number(shape, number + 1);
    });
    const { shape, name } = this.steps[at];
    canvas.addMarker(shape, "way-here");
    canvas.scrollToElement(shape);
    this.said.textContent = this.desk.say("Step {number} of {all}: {name}", { number: at + 1, all: this.steps.length, name });
    [...this.list.children].forEach((item, number) => item.firstChild.toggleAttribute("aria-current", number === at));
    this.list.querySelector("[aria-current]").setAttribute("aria-current", "step");
  }

  number(shape, number) {
    const html = made("span", { className: "way-number", words: String(number), "aria-hidden": "true" });
    this.modeler.get("overlays").add(shape.id, "way", { position: { top: -12, left: -12 }, html });
  }

  clear() {
    const canvas = this.modeler.get("canvas");
    for (const { shape, flows } of this.steps) {
      for (const each of [...flows, shape]) {
        canvas.removeMarker(each, "way-passed");
        canvas.removeMarker(each, "way-here");
      }
    }
    this.modeler.get("overlays").remove({ type: "way" });
  }

  end() {
    this.pause();
    this.clear();
    Object.assign(this, { steps: [], at: 0 });
  }
}

const KINDS = {
  "bpmn:StartEvent": "Start", "bpmn:EndEvent": "End", "bpmn:ExclusiveGateway": "One way of several", "bpmn:ParallelGateway": "All ways together",
  "bpmn:InclusiveGateway": "One or more ways", "bpmn:IntermediateCatchEvent": "A wait", "bpmn:BoundaryEvent": "A deadline",
};
