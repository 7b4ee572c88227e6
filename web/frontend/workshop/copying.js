/** What is copied in one file of the draft is pasted in another, with all that it says. */
import Clipboard from "diagram-js/lib/features/clipboard/Clipboard";
import { is } from "bpmn-js/lib/util/ModelUtil";

/** Before the library's own say. */
const PRIORITY = 2000;

class MethodCopy {
  constructor(eventBus, workshop) {
    eventBus.on("moddleCopy.canCopyProperty", PRIORITY, ({ parent, property, propertyName, clone }) => {
      // a step that another file has keeps its id there: the copy is given one of its own
      if (propertyName === "id" && !clone && is(parent, "bpmn:BaseElement") && workshop.ids().has(property)) return false;
      return undefined;
    });
  }
}
MethodCopy.$inject = ["eventBus", "workshop"];

/** One clipboard for all the modelers of the page. */
export function copying() {
  return { __init__: ["methodCopy"], methodCopy: ["type", MethodCopy], clipboard: ["value", new Clipboard()] };
}
