/** The entries of the panel: one for each line of the dialect, and those for names and documentation. */
import { CheckboxEntry, SelectEntry, TextAreaEntry, TextFieldEntry } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { useCallback, useRef } from "@bpmn-io/properties-panel/preact/hooks";
import { child, documentation, documentationWritten, read, subject, written } from "./properties.js";
import { timerOf } from "./dialect.js";

/** `tools`: modeling, commandStack, moddle, say, debounce, feel, roles, processes. */
export function entry(tools, element, spec) {
  const id = `method-${(spec.name ?? spec.attribute ?? (spec.timer ? "timer" : "condition")).replace(/\W/g, "-")}`;
  const parts = { id, element, label: tools.say(spec.label), description: spec.hint && tools.say(spec.hint) };
  const value = () => valueOf(element, spec);
  const set = (said) => tools.change(element, changesOf(tools, element, spec, said));
  return drawn(id, () => control(tools, spec, parts, value, set));
}

/** An entry that is drawn anew at each change in its place: who types in it goes on typing. */
export const drawn = (id, make) => ({ id, component: Drawn, make });

function Drawn({ make }) {
  return make();
}

/** A line of text that is refused in its place: what `validate` says stays until it is written otherwise. */
export function Checked({ validate, ...field }) {
  const latest = useRef();
  latest.current = validate;
  return h(TextFieldEntry, { ...field, validate: useCallback((said) => latest.current(said), []) });
}

/** What a field of the panel commits, once it differs: it also does so when one leaves it, and is trimmed only then. */
export const setting = (get, set) => (said) => (said ?? "") === get() || set(said ?? "");

/** What one changes a value with. `spec`: as in the table of the dialect. */
export function control(tools, spec, parts, value, set) {
  const { say, debounce } = tools;
  switch (spec.as) {
    case "yes":
      return h(CheckboxEntry, { ...parts, getValue: () => value() === (spec.yes ?? "true"), setValue: (on) => set(on ? (spec.yes ?? "true") : "") });
    case "choice":
      return select(parts, value, set, Object.entries(spec.choices).map(([each, label]) => [each, say(label)]));
    case "role":
      return select(parts, value, set, tools.roles());
    case "process":
      return select(parts, value, set, tools.processes());
    case "several":
      return h(Several, { ...parts, value: value(), set, choices: Object.entries(spec.choices).map(([each, label]) => [each, say(label)]) });
    case "roles":
      return h(Several, { ...parts, value: value(), set, choices: tools.roles() });
    case "feel":
      return h(TextAreaEntry, {
        ...parts, debounce, translate: say, autoResize: true, monospace: true, rows: 1, getValue: value, setValue: setting(value, set),
        validate: (said) => tools.feel.problem(parts.element, spec, said), description: tools.feel.described(parts.element, spec, parts.description),
      });
    case "delay":
      return h(TextFieldEntry, { ...parts, debounce, description: inWords(say, value()) ?? parts.description, getValue: value, setValue: setting(value, set) });
    case "share":
      return h(TextFieldEntry, { ...parts, debounce, description: shareInWords(say, tools.language, value()) ?? parts.description, getValue: value, setValue: setting(value, set) });
    default:
      return h(TextFieldEntry, { ...parts, debounce, getValue: value, setValue: setting(value, set) });
  }
}

const DELAYS = {
  D: ["That is one working day", "That is {count} working days"],
  M: ["That is one calendar month", "That is {count} calendar months"],
};

/** How a deadline is read, where it is a number of days or of months. */
function inWords(say, value) {
  const [, count, unit] = /^P(\d+)([DM])$/.exec(value.trim()) ?? [];
  return unit && say(DELAYS[unit][count === "1" ? 0 : 1], { count });
}

/** How a share of the voters is read. */
function shareInWords(say, language, value) {
  const share = /^(?:0?\.\d+|1|1\.0+)$/.test(value.trim()) ? Number(value) : 0;
  if (share === 1) return say("That is all the voters");
  return share ? say("That is {count} % of the voters", { count: (100 * share).toLocaleString(language, { maximumFractionDigits: 1 }) }) : undefined;
}

/** A value that is none of the choices is shown, not lost. */
function select(parts, value, set, choices) {
  const known = choices.some(([each]) => each === value()) || !value();
  const options = [["", "–"], ...choices, ...(known ? [] : [[value(), value()]])];
  return h(SelectEntry, { ...parts, getValue: value, setValue: set, getOptions: () => options.map(([value, label]) => ({ value, label })) });
}

/** Several of some choices, kept comma separated. */
function Several({ id, label, value, set, choices }) {
  const chosen = value.split(",").map((each) => each.trim()).filter(Boolean);
  const others = chosen.filter((each) => !choices.some(([known]) => known === each));
  const toggle = (each, on) => {
    const next = on ? [...chosen, each] : chosen.filter((other) => other !== each);
    const order = [...choices.map(([known]) => known), ...others];
    set(order.filter((known) => next.includes(known)).join(","));
  };
  return h("fieldset", { class: "bio-properties-panel-entry several", "data-entry-id": id }, [
    h("legend", { class: "bio-properties-panel-label" }, label),
    ...[...choices, ...others.map((each) => [each, each])].map(([each, words]) =>
      h("label", { key: each }, [
        h("input", { type: "checkbox", name: id, value: each, checked: chosen.includes(each), onChange: (event) => toggle(each, event.target.checked) }),
        ` ${words}`,
      ]),
    ),
  ]);
}

// --- what an attribute says, and the changes that say it ---

function valueOf(element, spec) {
  const object = subject(element);
  if (spec.timer) return timerPart(timerOf(object))?.get("body") ?? "";
  if (spec.condition) return object.get("conditionExpression")?.get("body") ?? "";
  if (spec.attribute) return object.get(spec.attribute) ?? "";
  return read(object, spec.name);
}

function changesOf(tools, element, spec, value) {
  const object = subject(element);
  const { moddle } = tools;
  if (spec.timer) return timerChanges(moddle, timerOf(object), value);
  if (spec.condition) return [[object, { conditionExpression: condition(moddle, object, value) }]];
  if (spec.attribute) return [[object, { [spec.attribute]: value || undefined }]];
  const changes = written(moddle, object, { [spec.name]: value });
  if (spec.also) changes.push([object, { [spec.also]: value || undefined }]);
  if (spec.name === "method.outcome") changes.push(...outcomeChanges(moddle, object, value));
  if (spec.name === "method.each") changes.push(...instanceChanges(moddle, object, value));
  return changes;
}

export function condition(moddle, flow, body) {
  return body ? child(moddle, flow, "bpmn:FormalExpression", { body }) : undefined;
}

export const CONDITIONS = { go: 'decision in ("go", "go_reserves")', stop: 'decision = "stop"' };

/** A rework is the default flow of its gateway, so that no outcome ever means *go* by omission. */
export function outcomeChanges(moddle, flow, outcome) {
  const gateway = flow.get("sourceRef");
  const changes = [[flow, { conditionExpression: condition(moddle, flow, CONDITIONS[outcome]) }]];
  if (outcome === "rework") changes.push([gateway, { default: flow }]);
  else if (gateway.get("default") === flow) changes.push([gateway, { default: undefined }]);
  return changes;
}

const EACH = { service: ["services_impactes", "service"], partner: ["partenaires", "partenaire"], batch: ["lots", "lot"] };

function instanceChanges(moddle, task, each) {
  if (!EACH[each]) return [[task, { loopCharacteristics: undefined }]];
  const [collection, elementVariable] = EACH[each];
  const values = { "camunda:collection": collection, "camunda:elementVariable": elementVariable };
  return [[task, { loopCharacteristics: child(moddle, task, "bpmn:MultiInstanceLoopCharacteristics", values) }]];
}

const TIMES = ["timeDuration", "timeDate", "timeCycle"];

function timerPart(timer) {
  return TIMES.map((each) => timer.get(each)).find(Boolean);
}

function timerChanges(moddle, timer, body) {
  const part = /^R\d*\//.test(body) ? "timeCycle" : /^\d{4}-/.test(body) ? "timeDate" : "timeDuration";
  const said = body ? child(moddle, timer, "bpmn:FormalExpression", { body }) : undefined;
  return [[timer, { ...Object.fromEntries(TIMES.map((each) => [each, undefined])), [part]: said }]];
}

// --- names and documentation, French and English side by side ---

export function naming(tools, element) {
  const { say, debounce } = tools;
  const object = subject(element);
  const name = (english) => {
    const id = english ? "name-en" : "name-fr";
    const get = () => (english ? read(object, "name.en") : (object.get("name") ?? ""));
    const set = setting(get, (said) => tools.rename(element, said, english));
    return drawn(id, () => h(TextFieldEntry, { id, element, debounce, label: say(english ? "Name in English" : "Name in French"), getValue: get, setValue: set }));
  };
  const help = (english) => {
    const id = english ? "help-en" : "help-fr";
    const get = () => documentation(object, english);
    const set = setting(get, (said) => tools.change(element, documentationWritten(tools.moddle, object, said, english)));
    const label = say(english ? "Documentation in English (Markdown)" : "Documentation in French (Markdown)");
    return drawn(id, () => h(TextAreaEntry, { id, element, debounce, translate: say, autoResize: true, rows: 2, label, getValue: get, setValue: set }));
  };
  return [identity(tools, element), name(false), name(true), help(false), help(true)];
}

function identity({ say, debounce, modeling, taken }, element) {
  const object = subject(element);
  const problem = (said) => {
    if (!/^[A-Za-z_][\w.-]*$/.test(said ?? "")) return say("An id begins with a letter, then letters, digits, _ . -");
    return said !== object.get("id") && taken(said, object) ? say("This id is used already") : null;
  };
  const get = () => object.get("id");
  const own = object === element.businessObject;
  const renamed = (said) => problem(said) || (own ? modeling.updateProperties(element, { id: said }) : modeling.updateModdleProperties(element, object, { id: said }));
  const words = { label: say("Id"), description: say("Forms, registers and tailorings know the step by it") };
  return drawn("id", () => h(Checked, { id: "id", element, debounce, ...words, getValue: get, setValue: setting(get, renamed), validate: problem }));
}
