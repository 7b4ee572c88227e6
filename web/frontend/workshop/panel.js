/** Our provider of the properties panel: who it is, the group « Méthodologie », lists, the form. */
import { Group } from "@bpmn-io/properties-panel";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { ATTRIBUTES, kindsOf } from "./dialect.js";
import { entry, lines, naming } from "./entries.js";
import { formGroup } from "./forms.js";
import { gateSwitch } from "./gates.js";
import { processOf, subject, written } from "./properties.js";

/** Before every other provider, whose groups are then left out: only what Jalon reads is offered. */
const PRIORITY = 200;

class MethodProvider {
  constructor(propertiesPanel, injector, workshop) {
    this.tools = toolsOf(injector, workshop);
    propertiesPanel.registerProvider(PRIORITY, this);
  }

  getGroups(element) {
    return () => groupsOf(this.tools, element);
  }
}
MethodProvider.$inject = ["propertiesPanel", "injector", "workshop"];

export const MethodPanelModule = { __init__: ["methodProvider"], methodProvider: ["type", MethodProvider] };

function toolsOf(injector, workshop) {
  const [modeling, commandStack, moddle, debounce, elementRegistry] =
    ["modeling", "commandStack", "moddle", "debounceInput", "elementRegistry"].map((name) => injector.get(name));
  // what the page adds to the workshop later is seen too
  const tools = Object.assign(Object.create(workshop), { modeling, commandStack, moddle, debounce, elementRegistry });
  tools.change = (element, changes) => commandStack.execute("method.change", { element, changes });
  tools.taken = (id, object) => moddle.ids.assigned(id) && moddle.ids.assigned(id) !== object;
  tools.rename = (element, said, english) => rename(tools, element, said, english);
  return tools;
}

/** A pool and its process have one name. */
function rename(tools, element, said, english) {
  const own = element.businessObject;
  const object = subject(element);
  if (english) {
    const both = object === own ? [own] : [own, object];
    tools.change(element, both.flatMap((each) => written(tools.moddle, each, { "name.en": said.trim() })));
    return;
  }
  tools.modeling.updateProperties(element, { name: said || undefined });
  if (object !== own) tools.change(element, [[object, { name: said || undefined }]]);
}

function groupsOf(tools, element) {
  const object = subject(element);
  const kinds = kindsOf(object);
  const offered = ATTRIBUTES.filter((each) => each.on.some((kind) => kinds.includes(kind)));
  const group = (id, label, entries, shouldOpen = true) => ({ id, component: Group, label: tools.say(label), entries, shouldOpen });
  const groups = [group("who", "Identity and languages", naming(tools, element))];
  const switched = is(object, "bpmn:UserTask") ? [gateSwitch(tools, element)] : [];
  const said = (closed) => offered.filter((each) => Boolean(each.closed) === closed).map((each) => entry(tools, element, each));
  groups.push(group("method", "Methodology", [...switched, ...listsOf(tools, element, kinds), ...said(false)]));
  if (kinds.includes("task")) groups.push(formGroup(tools, element), group("method-rules", "Rules over the answers", rules(tools, element), false));
  groups.push(group("method-more", "More", said(true), false));
  return groups.filter((each) => each.items || each.entries.length);
}

function listsOf(tools, element, kinds) {
  const own = { object: () => subject(element) };
  if (kinds.includes("method") && processOf(element)) {
    return [lines(tools, element, { ...own, id: "roles", label: "Roles, one a line", hint: "CP = French | English; indented below: held = project, service, anyone or guest", prefix: "method.role" })];
  }
  if (kinds.includes("gate")) {
    return [lines(tools, element, { ...own, id: "criteria", label: "Criteria, one a line", hint: "1 = French | English; indented below: computed, evidence, lock", prefix: "method.criterion" })];
  }
  return [];
}

function rules(tools, element) {
  const own = { object: () => subject(element) };
  return [
    lines(tools, element, { ...own, id: "sets", label: "Variables set at completion, one a line", hint: "variable = FEEL over the answers", prefix: "method.set" }),
    lines(tools, element, { ...own, id: "checks", label: "What must be true to complete it, one a line", hint: "field = FEEL; indented below: message, message.en", prefix: "method.check" }),
    lines(tools, element, { ...own, id: "silences", label: "What silence is deemed to have answered", hint: "field = option", prefix: "method.silence.answer" }),
  ];
}
