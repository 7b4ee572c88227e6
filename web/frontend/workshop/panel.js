/** Our provider of the properties panel: who it is, the group « Méthodologie », lists, the form. */
import { Group } from "@bpmn-io/properties-panel";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { ANSWERED, ATTRIBUTES, HELD, kindsOf } from "./dialect.js";
import { entry, naming } from "./entries.js";
import { formGroup } from "./forms.js";
import { gateSwitch } from "./gates.js";
import { inProperties, listed } from "./listed.js";
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
    tools.change(element, both.flatMap((each) => written(tools.moddle, each, { "name.en": said })));
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
  return groups.filter((each) => each.items || each.entries.length).map((each) => ({ ...each, translate: tools.say }));
}

function listsOf(tools, element, kinds) {
  const kept = (prefix) => inProperties(tools, () => subject(element), prefix);
  if (kinds.includes("method") && processOf(element)) {
    return [listed(tools, element, { id: "roles", label: "Roles", source: kept("method.role"), add: "Add a role", start: "R", parts: [{ name: "held", label: "Who holds it", as: "choice", choices: HELD }] })];
  }
  if (kinds.includes("gate")) {
    return [listed(tools, element, { id: "criteria", label: "Criteria of the decision", source: kept("method.criterion"), add: "Add a criterion", parts: ANSWERED })];
  }
  return [];
}

function rules(tools, element) {
  const kept = (prefix) => inProperties(tools, () => subject(element), prefix);
  const message = [{ name: "message", label: "Refusal in French" }, { name: "message.en", label: "Refusal in English" }];
  const expression = { label: "FEEL over the answers", as: "feel", answers: true };
  return [
    listed(tools, element, { id: "sets", label: "Variables set at completion", hint: "The key is the variable", source: kept("method.set"), add: "Add a variable", start: "variable_", bilingual: false, value: expression }),
    listed(tools, element, { id: "checks", label: "What must be true to complete it", hint: "The key is the field beside which a refusal stands", source: kept("method.check"), add: "Add a condition", start: "condition_", bilingual: false, value: expression, parts: message }),
    listed(tools, element, { id: "silences", label: "What silence is deemed to have answered", hint: "The key is the field", source: kept("method.silence.answer"), add: "Add an answer", start: "reponse_", bilingual: false, value: { label: "Option" } }),
  ];
}
