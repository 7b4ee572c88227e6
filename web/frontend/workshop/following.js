/** What follows a step in one click: drawn between it and what came next, which makes room; one change, undone at once. */
import { selfAndAllChildren } from "diagram-js/lib/util/Elements";
import { onward } from "./phases.js";

/** Pixels between two shapes. */
export const APART = 50;
/** Of which one has its outcome written between them. */
export const APART_NAMED = 110;
const BEND = 22;
export const NEAR = 5;
/** Kept free around what is scrolled to: its pad stands beside it. */
const AROUND = 100;

export class Insert {
  constructor(canvas, modeling, spaceTool) {
    Object.assign(this, { canvas, modeling, spaceTool });
  }

  /** `shape`: not drawn yet; `level`: the height of its middle, its source's unless said. */
  preExecute({ flow, shape, level }) {
    const { modeling } = this;
    const { source, target: next } = flow;
    const apart = flow.businessObject.name ? APART_NAMED : APART;
    this.makeRoom(source.x + source.width + 1, shape.width + apart);
    const middle = { x: source.x + source.width + apart + shape.width / 2, y: level ?? source.y + source.height / 2 };
    const drawn = modeling.createShape(shape, middle, flow.parent);
    modeling.reconnectEnd(flow, drawn, middle);
    this.lead(flow);
    modeling.connect(drawn, next);
  }

  /** Out on the right, in on the left: what leaves below goes back. Its name stands over its beginning. */
  lead(flow) {
    const { source, target, label } = flow;
    const from = { x: source.x + source.width, y: source.y + source.height / 2 };
    const to = { x: target.x, y: target.y + target.height / 2 };
    const bend = to.x - BEND;
    this.modeling.updateWaypoints(flow, from.y === to.y ? [from, to] : [from, { x: bend, y: from.y }, { x: bend, y: to.y }, to]);
    if (label) this.modeling.moveShape(label, { x: from.x + NEAR - label.x, y: from.y - NEAR - label.height - label.y });
  }

  makeRoom(from, width) {
    const elements = selfAndAllChildren(this.canvas.getRootElement(), true);
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(elements, "x", width, from);
    this.modeling.createSpace(movingShapes, resizingShapes, { x: width, y: 0 }, "e", from);
  }
}
Insert.$inject = ["canvas", "modeling", "spaceTool"];

export class Following {
  constructor(canvas, commandStack, autoPlace, directEditing, selection, eventBus) {
    Object.assign(this, { canvas, commandStack, autoPlace, directEditing, selection });
    commandStack.registerHandler("method.insert", Insert);
    eventBus.on("directEditing.activate", 100, () => this.fresh && setTimeout(() => chosen(canvas)));
    eventBus.on("directEditing.deactivate", ({ active }) => {
      if (this.fresh) setTimeout(() => eventBus.fire("method.named", { element: active.element }));
      this.fresh = false;
    });
  }

  /** `shape` after `source`: in its flow where it has one, else at its end; its name is then written. */
  append(source, shape) {
    const flow = onward(source);
    if (flow) return this.into(flow, shape, source.y + source.height / 2);
    this.fresh = true;
    this.autoPlace.append(source, shape);
  }

  /** `shape` in the middle of a flow, at that height; its name is then written. */
  into(flow, shape, level) {
    this.commandStack.execute("method.insert", { flow, shape, level });
    this.shown(shape);
  }

  /** What was just drawn, its name waiting to be written. */
  shown(shape) {
    this.fresh = true;
    this.canvas.scrollToElement(shape, AROUND);
    this.selection.select(shape);
    this.directEditing.activate(shape);
  }
}
Following.$inject = ["canvas", "commandStack", "autoPlace", "directEditing", "selection", "eventBus"];

/** The name that a new element has until its owner writes another: the first key replaces it. */
function chosen(canvas) {
  const box = canvas.getContainer().querySelector(".djs-direct-editing-content");
  if (box) getSelection().selectAllChildren(box);
}

export const FollowingModule = { __init__: ["following"], following: ["type", Following] };
