/** The gate that ends a phase, drawn whole on the way out of it: its decision, a go that goes on, a rework that returns. */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { GO } from "./blank.js";
import { condition, CONDITIONS } from "./entries.js";
import { APART, APART_NAMED, Insert, NEAR } from "./following.js";
import { flows } from "./phases.js";
import { read } from "./properties.js";

const RETURN = 30;
/** Before the library draws what is dropped, and after it has ceased to listen for what would end the dragging. */
const PRIORITY = 1900;

class End extends Insert {
  /** `level`: the height of the gate's middle; `above`: it stands over its phase, or under it, in another lane. */
  preExecute({ flow, gate, decision, made, level, above }) {
    const { modeling } = this;
    const { source: phase, target: next, parent } = flow;
    const at = above ? phase.x + phase.width / 2 : phase.x + phase.width + APART + gate.width / 2;
    const middle = Math.max(at + gate.width / 2, phase.x + phase.width) + APART + decision.width / 2;
    this.makeRoom(phase.x + phase.width + 1, middle + decision.width / 2 + APART_NAMED - this.firstAfter(phase, next, level));
    const task = modeling.createShape(gate, { x: at, y: level }, parent);
    modeling.reconnectEnd(flow, task, { x: at, y: level });
    if (above) modeling.updateWaypoints(flow, [edge(phase, level), edge(task, middleOf(phase))]);
    else this.lead(flow);
    const asked = modeling.createShape(decision, { x: middle, y: level }, parent);
    modeling.connect(task, asked, made.decides);
    const go = modeling.connect(asked, next, made.go);
    if (next.x > asked.x) this.lead(go);
    this.back(modeling.connect(asked, phase, made.rework), above);
    modeling.updateProperties(asked, { default: made.rework.businessObject });
    if (asked.label) moved(modeling, asked.label, { x: middle - asked.label.width - NEAR, y: asked.y - asked.label.height });
  }

  makeRoom(from, width) {
    if (width > 0) super.makeRoom(from, width);
  }

  /** Where what stands after the phase begins, at the height of the gate and on its way. */
  firstAfter(phase, next, level) {
    const from = phase.x + phase.width;
    const there = this.canvas.getRootElement().children.flatMap((each) => [each, ...each.children]).filter((each) => !each.waypoints && stands(each));
    const after = there.filter((each) => each.x > from && Math.abs(middleOf(each) - level) < APART);
    return Math.min(...[next, ...after].filter((each) => each.x > from).map((each) => each.x), from + APART_NAMED);
  }

  /** From under the decision to the side of the phase that faces it, or under it. */
  back(flow, above) {
    const { source, target, label } = flow;
    const x = source.x + source.width / 2;
    const low = Math.max(source.y + source.height, target.y + target.height) + RETURN;
    const side = { x: target.x + target.width, y: middleOf(target) };
    const under = { x: target.x + target.width / 2, y: target.y + target.height };
    const way = above ? [{ x, y: side.y }, side] : [{ x, y: low }, { x: under.x, y: low }, under];
    this.modeling.updateWaypoints(flow, [edge(source, way[0].y), ...way]);
    if (label) moved(this.modeling, label, { x: x + NEAR, y: source.y + source.height + NEAR });
  }
}
End.$inject = Insert.$inject;

const middleOf = (shape) => shape.y + shape.height / 2;
/** The middle of the side of a shape that faces a height. */
const edge = (shape, y) => ({ x: shape.x + shape.width / 2, y: y < middleOf(shape) ? shape.y : shape.y + shape.height });
const moved = (modeling, shape, { x, y }) => modeling.moveShape(shape, { x: x - shape.x, y: y - shape.y });
/** Neither a pool nor what lies in it like a floor. */
const stands = (shape) => is(shape, "bpmn:FlowNode") && shape.type !== "label";
const isGate = (shape) => read(shape.businessObject, "method.kind") === "gate";

class Ending {
  constructor(eventBus, commandStack, elementRegistry, bpmnFactory, moddle, methodPalette, following, workshop) {
    Object.assign(this, { commandStack, elementRegistry, bpmnFactory, moddle, methodPalette, following, workshop });
    commandStack.registerHandler("method.end", End);
    eventBus.on("create.end", PRIORITY, (event) => {
      const { elements, target } = event.context;
      const phase = target?.waypoints && elements.some(isGate) && target.source;
      if (!phase || this.open(phase) !== target || !this.landing(phase)) return;
      event.stopPropagation();
      this.put(target, elements);
    });
  }

  /** The way out of a phase, where no gate ends it yet. */
  open(phase) {
    if (phase.type !== "bpmn:CallActivity") return null;
    const ways = flows(phase.outgoing);
    return ways.length === 1 && !isGate(ways[0].target) ? ways[0] : null;
  }

  landing(phase) {
    return this.workshop.firstStep(phase.businessObject.get("calledElement"));
  }

  async end(phase) {
    await this.workshop.drawPhase(phase.businessObject);
    const flow = this.open(phase);
    if (flow && this.landing(phase)) this.put(flow, this.methodPalette.gate());
    else this.workshop.tell("The process of this phase has no step to return to: draw one first");
  }

  put(flow, elements) {
    const [gate, decision, decides] = elements;
    this.name(gate.businessObject, decision.businessObject, flow.source.businessObject);
    const id = gate.businessObject.get("id");
    const step = this.landing(flow.source);
    const go = this.outcome(`${id}_go`, { outcome: "go", fr: GO, en: "Go" });
    const rework = this.outcome(`${id}_rework`, { outcome: "rework", fr: `À reprendre (${step})`, en: `Rework (${step})`, landing: step });
    const made = { decides: { type: "bpmn:SequenceFlow", businessObject: decides.businessObject }, go, rework };
    this.commandStack.execute("method.end", { flow, gate, decision, made, ...this.place(flow.source, gate) });
    this.following.shown(gate);
  }

  /** What the outline says of a new gate (engine/workshop/phases.py). */
  name(gate, decision, phase) {
    const [fr, en] = [phase.get("name") || phase.get("id"), read(phase, "name.en")];
    const id = gate.get("id");
    gate.set("name", `Porte : ${fr}`);
    this.methodPalette.say(gate, {
      "name.en": `Gate: ${en || fr}`, "method.criterion.1": `Le résultat de la phase « ${fr} » est là`, "method.criterion.1.en": `The result of “${en || fr}” is there`,
    });
    this.methodPalette.say(decision, { "name.en": `${id}?` });
  }

  outcome(id, { outcome, fr, en, landing = "" }) {
    const flow = this.bpmnFactory.create("bpmn:SequenceFlow", { id: this.moddle.ids.assigned(id) ? undefined : id, name: fr });
    this.methodPalette.say(flow, { "name.en": en, "method.outcome": outcome, "method.landing": landing });
    flow.set("conditionExpression", condition(this.moddle, flow, CONDITIONS[outcome]));
    return { type: "bpmn:SequenceFlow", businessObject: flow };
  }

  /** In the sponsor's lane, at the height of the gates that stand there; over its phase where that is free, else beside it. */
  place(phase, gate) {
    const lane = this.elementRegistry.find((each) => is(each, "bpmn:Lane") && !each.waypoints && each.type !== "label" && read(each.businessObject, "method.role") === this.workshop.sponsor());
    const shapes = this.elementRegistry.filter((each) => stands(each));
    const gates = shapes.filter(isGate);
    const there = lane ? gates.filter((each) => middleOf(each) > lane.y && middleOf(each) < lane.y + lane.height) : [];
    if (!lane || (gates.length && !there.length)) return { level: middleOf(phase), above: false };
    const level = there.length ? middleOf(there[0]) : middleOf(lane);
    const near = (each) => each.x < phase.x + phase.width && each.x + each.width > phase.x && Math.abs(middleOf(each) - level) < (each.height + gate.height) / 2;
    const above = Math.abs(level - middleOf(phase)) >= (phase.height + gate.height) / 2 + NEAR && !shapes.some(near);
    return { level, above };
  }
}
Ending.$inject = ["eventBus", "commandStack", "elementRegistry", "bpmnFactory", "moddle", "methodPalette", "following", "workshop"];

export const EndingModule = { __init__: ["ending"], ending: ["type", Ending] };
