/** What is copied in one file of the draft is pasted in another, with all that it says. */
import Clipboard from "diagram-js/lib/features/clipboard/Clipboard";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { read } from "./properties.js";

/** Before the library's own say. */
const PRIORITY = 2000;

/** After what it pastes has all that it says. */
const LAST = 400;

class MethodCopy {
  constructor(eventBus, moddle, workshop, methodPalette) {
    eventBus.on("moddleCopy.canCopyProperty", PRIORITY, ({ parent, property, propertyName, clone }) => {
      // a step that another file has keeps its id there: the copy is given one of its own
      if (propertyName === "id" && !clone && is(parent, "bpmn:BaseElement") && workshop.ids().has(property)) return false;
      return undefined;
    });
    eventBus.on("copyPaste.pasteElement", LAST, ({ descriptor }) => {
      const object = descriptor.businessObject;
      const letter = descriptor.labelTarget ? "" : letterOf(object);
      if (!letter || object.get("id") === descriptor.id) return;
      moddle.ids.unclaim(object.get("id"));
      object.set("id", methodPalette.free(letter));
      moddle.ids.claim(object.get("id"), object);
    });
  }
}
MethodCopy.$inject = ["eventBus", "moddle", "workshop", "methodPalette"];

/** With which the palette begins the id of what is new. */
function letterOf(object) {
  if (is(object, "bpmn:CallActivity")) return "P";
  if (!is(object, "bpmn:UserTask")) return "";
  return read(object, "method.kind") === "gate" ? "G" : "T";
}

/** Ctrl+V where one has just chosen another file: in the list of files, before any click on its canvas. */
export function pasteKeys(desk, list) {
  addEventListener("keydown", (event) => {
    const here = list.contains(event.target) || event.target === document.body;
    if (!here || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "v" || desk.simulation.on) return;
    event.preventDefault();
    desk.boards.modeler.get("editorActions").trigger("paste");
  });
}

/** One clipboard for all the modelers of the page. */
export function copying() {
  return { __init__: ["methodCopy"], methodCopy: ["type", MethodCopy], clipboard: ["value", new Clipboard()] };
}
