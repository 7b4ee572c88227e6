/** A name that is written on the canvas, and left as it was: nothing has changed, so there is nothing to undo. */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { getLabel } from "bpmn-js/lib/util/LabelUtil";

class Naming {
  constructor(labelEditingProvider, directEditing, eventBus) {
    this.directEditing = directEditing;
    eventBus.on("directEditing.activate", ({ active }) => {
      this.was = active.context.text ?? "";
    });
    const update = labelEditingProvider.update.bind(labelEditingProvider);
    // the box is closed with its text as soon as one goes elsewhere, and its size alone would make a command of that
    labelEditingProvider.update = (element, said, ...more) => {
      const sized = is(element, "bpmn:TextAnnotation");
      if (sized || said !== (getLabel(element) ?? "").trim()) update(element, said, ...more);
    };
  }

  /** Another name is being typed. */
  get touched() {
    return this.directEditing.isActive() && this.directEditing.getValue() !== this.was.trim();
  }
}
Naming.$inject = ["labelEditingProvider", "directEditing", "eventBus"];

export const NamingModule = { __init__: ["naming"], naming: ["type", Naming] };
