/** What may be drawn: only what Jalon runs; a gate and a phase are drawn whole. */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { GATE, PHASE, STEP } from "./blank.js";
import { gateValues } from "./gates.js";
import { read, written } from "./properties.js";

/** Entries of bpmn-js's own palette that stay. */
const KEPT = [
  "hand-tool", "lasso-tool", "space-tool", "global-connect-tool", "tool-separator", "create.start-event", "create.intermediate-event",
  "create.end-event", "create.exclusive-gateway", "create.task", "create.subprocess-expanded", "create.participant-expanded",
];
/** What a task may become, and the other things that bpmn-js would turn it into and Jalon does not run. */
const REFUSED = /script|service|send|receive|business-rule|manual|message|signal|escalation|error|compensation|conditional|link|terminate|cancel|ad-hoc|transaction|event-subprocess|complex|event-based|data-|group|collection/;

/** As large as the steps that Jalon draws: a name of five words stands in it. */
const WIDE = { width: 170, height: 80 };

class MethodPalette {
  constructor(palette, create, elementFactory, bpmnFactory, moddle, workshop, commandStack, elementRegistry) {
    Object.assign(this, { create, elementFactory, bpmnFactory, moddle, workshop, elementRegistry });
    palette.registerProvider(500, this);
  }

  getPaletteEntries() {
    return (entries) => {
      const kept = Object.fromEntries(Object.entries(entries).filter(([name]) => KEPT.includes(name)));
      return { ...kept, ...this.own() };
    };
  }

  own() {
    const { say } = this.workshop;
    const start = (make, how) => (event) => {
      const made = make();
      this.create.start(event, made, how(made));
    };
    const offered = (group, className, title, make, how = () => ({})) => ({ group, className, title: say(title), action: { dragstart: start(make, how), click: start(make, how) } });
    return {
      "create.task": offered("activity", "bpmn-icon-user-task", "Create a step: a task with its form", () => this.step()),
      "create.phase": offered("activity", "bpmn-icon-call-activity", "Create a phase", () => this.phase()),
      "create.gate": offered("activity", "bpmn-icon-gateway-xor workshop-gate", "Create a gate with its decision", () => this.gate(), (made) => ({ hints: { autoSelect: made.slice(0, 1) } })),
    };
  }

  /** `role`: of who does it; the lead's where nothing says otherwise. */
  step(role = this.workshop.lead()) {
    const step = this.bpmnFactory.create("bpmn:UserTask", { id: this.free("T"), name: STEP, "camunda:candidateGroups": role || undefined, "camunda:dueDate": "P10D" });
    this.say(step, { "method.lock": "locked" });
    return this.elementFactory.createShape({ type: "bpmn:UserTask", businessObject: step, ...WIDE });
  }

  phase() {
    const id = this.free("P");
    const call = this.bpmnFactory.create("bpmn:CallActivity", { id, name: PHASE, calledElement: `Process_${id}` });
    return this.elementFactory.createShape({ type: "bpmn:CallActivity", businessObject: call, ...WIDE });
  }

  /** The task and its decision, joined. */
  gate() {
    const id = this.free("G");
    const role = this.workshop.sponsor();
    const task = this.bpmnFactory.create("bpmn:UserTask", { id, name: GATE, "camunda:candidateGroups": role || undefined, "camunda:dueDate": "P10D" });
    this.say(task, gateValues(role));
    const decision = this.bpmnFactory.create("bpmn:ExclusiveGateway", { id: `${id}_decision`, name: `${id} ?` });
    const from = this.elementFactory.createShape({ type: "bpmn:UserTask", businessObject: task, x: 0, y: 0, ...WIDE });
    const to = this.elementFactory.createShape({ type: "bpmn:ExclusiveGateway", businessObject: decision, x: WIDE.width + 35, y: 15 });
    const flow = this.elementFactory.createConnection({
      type: "bpmn:SequenceFlow", source: from, target: to, waypoints: [{ x: WIDE.width, y: 40 }, { x: WIDE.width + 35, y: 40 }],
      businessObject: this.bpmnFactory.create("bpmn:SequenceFlow", { id: `${id}_to_${id}_decision` }),
    });
    return [from, to, flow];
  }

  /** Of an element that is not drawn yet. */
  say(element, values) {
    for (const [object, said] of written(this.moddle, element, values)) for (const [name, value] of Object.entries(said)) object.set(name, value);
  }

  /** The first of G1, G2, … that no file of the method uses, nor for a process. */
  free(letter) {
    const used = this.workshop.ids();
    const taken = (id) => used.has(id) || used.has(`Process_${id}`) || this.moddle.ids.assigned(id);
    let number = 1;
    while (taken(`${letter}${number}`)) number += 1;
    return `${letter}${number}`;
  }
}
MethodPalette.$inject = ["palette", "create", "elementFactory", "bpmnFactory", "moddle", "workshop", "commandStack", "elementRegistry"];

/** The menus that turn or append an element leave out what Jalon does not run; a step, or a phase, follows in one click. */
class MethodMenus {
  constructor(popupMenu, contextPad, workshop, methodPalette, following, ending, create) {
    Object.assign(this, { workshop, methodPalette, following, ending, create });
    for (const menu of ["bpmn-replace", "bpmn-append", "bpmn-create"]) popupMenu.registerProvider(menu, 500, this);
    contextPad.registerProvider(500, this);
  }

  getPopupMenuEntries() {
    return (entries) => Object.fromEntries(Object.entries(entries).filter(([name]) => !REFUSED.test(name)));
  }

  getContextPadEntries(element) {
    const { say, openPhase } = this.workshop;
    return (entries) => {
      delete entries["append.text-annotation"];
      if (entries["append.append-task"]) entries["append.append-task"] = this.next(element);
      if (!is(element, "bpmn:CallActivity") || element.type === "label") return entries;
      const open = () => openPhase(element.businessObject);
      if (inMain(element.businessObject) && this.ending.open(element)) entries["end-phase"] = { group: "model", className: "bpmn-icon-gateway-xor workshop-gate", title: say("Add the gate that ends it"), action: { click: () => this.ending.end(element) } };
      return { ...entries, "open-phase": { group: "edit", className: "bpmn-icon-subprocess-expanded", title: say("Open the process of this phase"), action: { click: open } } };
    };
  }

  /** In the main process a phase follows, anywhere else a step, done by the same role. */
  next(element) {
    const { say } = this.workshop;
    const [className, title, make] = inMain(element.businessObject)
      ? ["bpmn-icon-call-activity", "Add a phase after it", () => this.methodPalette.phase()]
      : ["bpmn-icon-user-task", "Add a step after it", () => this.methodPalette.step(element.businessObject.get("camunda:candidateGroups"))];
    const click = () => this.following.append(element, make());
    const dragstart = (event) => this.create.start(event, make(), { source: element });
    return { group: "model", className, title: say(title), action: { click, dragstart } };
  }
}
MethodMenus.$inject = ["popupMenu", "contextPad", "workshop", "methodPalette", "following", "ending", "create"];

function inMain(object) {
  for (let each = object; each; each = each.$parent) if (is(each, "bpmn:Process")) return read(each, "method.kind") === "method";
  return false;
}

export const MethodPaletteModule = {
  __init__: ["methodPalette", "methodMenus"],
  methodPalette: ["type", MethodPalette],
  methodMenus: ["type", MethodMenus],
};
