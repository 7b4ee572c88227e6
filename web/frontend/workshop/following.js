/** What follows a step in one click: drawn between it and what came next, which makes room; one change, undone at once. */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { selfAndAllChildren } from "diagram-js/lib/util/Elements";

/** Pixels between two shapes. */
const APART = 50;
/** Kept free around what is scrolled to: its pad stands beside it. */
const AROUND = 100;

class Insert {
  constructor(canvas, modeling, spaceTool) {
    Object.assign(this, { canvas, modeling, spaceTool });
  }

  /** `source`, whose one way out is `flow`; `shape`: not drawn yet. */
  preExecute({ source, flow, shape }) {
    const { modeling } = this;
    const next = flow.target;
    this.makeRoom(source.x + source.width + 1, shape.width + APART);
    const middle = { x: source.x + source.width + APART + shape.width / 2, y: source.y + source.height / 2 };
    const drawn = modeling.createShape(shape, middle, flow.parent);
    modeling.reconnectEnd(flow, drawn, middle);
    modeling.connect(drawn, next);
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
    eventBus.on("directEditing.deactivate", () => (this.fresh = false));
  }

  /** `shape` after `source`: in its flow where it has one, else at its end; its name is then written. */
  append(source, shape) {
    const out = source.outgoing.filter((each) => each.type === "bpmn:SequenceFlow");
    this.fresh = true;
    if (out.length !== 1 || is(source, "bpmn:Gateway")) {
      this.autoPlace.append(source, shape);
      return;
    }
    this.commandStack.execute("method.insert", { source, flow: out[0], shape });
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
