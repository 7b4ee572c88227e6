/**
 * Reads and writes what Jalon's dialect says of an element: `camunda:property` by name, names and documentation in both
 * languages. Every change is one command, so that it can be undone; nothing that is not concerned is touched.
 */
import { is, getBusinessObject } from "bpmn-js/lib/util/ModelUtil";

const ENGLISH = "text/x-en";

/** Sets properties of model objects; `changes`: [object, {name: value}] in order. */
class Change {
  preExecute() {}

  execute(context) {
    context.before = context.changes.map(([object, values]) => [
      object,
      Object.fromEntries(Object.keys(values).map((name) => [name, object.get(name)])),
    ]);
    return put(context.changes, context.element);
  }

  revert(context) {
    return put([...context.before].reverse(), context.element);
  }
}

function put(changes, element) {
  for (const [object, values] of changes) {
    for (const [name, value] of Object.entries(values)) object.set(name, value);
  }
  return element.label ? [element, element.label] : [element];
}

export const ChangeModule = {
  __init__: [["commandStack", (commandStack) => commandStack.registerHandler("method.change", Change)]],
};

/** What a selected shape speaks of: a pool stands for its process, and so does a sheet with one pool. */
export function subject(element) {
  const object = getBusinessObject(element);
  if (is(object, "bpmn:Participant")) return object.processRef ?? object;
  if (!is(object, "bpmn:Collaboration")) return object;
  const [pool, ...others] = object.get("participants") ?? [];
  return pool?.processRef && !others.length ? pool.processRef : object;
}

/** Of a diagram that has no pool, the root is the process. */
export function processOf(element) {
  const object = subject(element);
  return is(object, "bpmn:Process") ? object : null;
}

// --- camunda:property ---

function holderOf(object) {
  if (object.$type === "camunda:FormField") return object.get("properties");
  return (object.get("extensionElements")?.get("values") ?? []).find((each) => each.$type === "camunda:Properties");
}

const nameOf = (property) => property.get("name") || property.get("id");

/** The model objects of an object's properties, in order. */
export function properties(object) {
  return holderOf(object)?.get("values") ?? [];
}

/** All of an object's properties, in order: [[name, value]]. */
export function all(object) {
  return properties(object).map((each) => [nameOf(each), each.get("value") ?? ""]);
}

export function read(object, name) {
  return all(object).find(([known]) => known === name)?.[1] ?? "";
}

/**
 * The changes that set properties of an object; an empty value takes one away. `together`: `said`, in this order, stand
 * where the first of `gone` stood; names that are in both keep their model object.
 */
export function written(moddle, object, values, together = { gone: [], said: [] }) {
  const changes = [];
  let holder = holderOf(object);
  if (!holder) {
    holder = moddle.create("camunda:Properties", { values: [] });
    changes.push(...held(moddle, object, holder));
  }
  let list = [...(holder.get("values") ?? [])];
  list = placed(moddle, object, holder, list, together, changes);
  for (const [name, value] of Object.entries(values)) {
    const known = list.find((each) => nameOf(each) === name);
    if (value === "" || value === undefined) list = list.filter((each) => each !== known);
    else if (known) changes.push([known, { value }]);
    else list.push(child(moddle, holder, "camunda:Property", { [keyOf(object)]: name, value }));
  }
  changes.push([holder, { values: list }]);
  return changes;
}

function placed(moddle, object, holder, list, { gone, said }, changes) {
  const leaving = list.filter((each) => gone.includes(nameOf(each)));
  const at = leaving.length ? list.indexOf(leaving[0]) : list.length;
  const made = said.map(([name, value]) => {
    const known = leaving.find((each) => nameOf(each) === name);
    if (!known) return child(moddle, holder, "camunda:Property", { [keyOf(object)]: name, value });
    changes.push([known, { value }]);
    return known;
  });
  const before = list.slice(0, at);
  return [...before, ...made, ...list.slice(at).filter((each) => !leaving.includes(each))];
}

/** Properties of a form field carry their name as an id: that is what Camunda's form reads. */
const keyOf = (object) => (object.$type === "camunda:FormField" ? "id" : "name");

function held(moddle, object, holder) {
  if (object.$type === "camunda:FormField") {
    holder.$parent = object;
    return [[object, { properties: holder }]];
  }
  const extension = object.get("extensionElements");
  if (extension) {
    holder.$parent = extension;
    return [[extension, { values: [...(extension.get("values") ?? []), holder] }]];
  }
  const made = child(moddle, object, "bpmn:ExtensionElements", { values: [holder] });
  holder.$parent = made;
  return [[object, { extensionElements: made }]];
}

export function child(moddle, parent, type, values) {
  const made = moddle.create(type, values);
  made.$parent = parent;
  return made;
}

/** The extension element of a type (`camunda:FormData`), or none. */
export function extension(object, type) {
  return (object.get("extensionElements")?.get("values") ?? []).find((each) => each.$type === type);
}

/** The changes that put an extension element in. */
export function extended(moddle, object, made) {
  const known = object.get("extensionElements");
  if (!known) {
    const around = child(moddle, object, "bpmn:ExtensionElements", { values: [made] });
    made.$parent = around;
    return [[object, { extensionElements: around }]];
  }
  made.$parent = known;
  return [[known, { values: [made, ...(known.get("values") ?? [])] }]];
}

// --- documentation ---

export function documentation(object, english) {
  return documented(object, english)?.get("text") ?? "";
}

function documented(object, english) {
  return (object.get("documentation") ?? []).find((each) => (each.get("textFormat") === ENGLISH) === english);
}

export function documentationWritten(moddle, object, text, english) {
  const known = documented(object, english);
  const list = [...(object.get("documentation") ?? [])];
  if (!text) return [[object, { documentation: list.filter((each) => each !== known) }]];
  if (known) return [[known, { text }]];
  const made = child(moddle, object, "bpmn:Documentation", english ? { text, textFormat: ENGLISH } : { text });
  return [[object, { documentation: english ? [...list, made] : [made, ...list] }]];
}
