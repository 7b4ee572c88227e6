/** A task's form, field by field (camunda:formData), with how it will look. */
import { CheckboxEntry, ListGroup, SelectEntry, TextFieldEntry } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { ANSWERED } from "./dialect.js";
import { drawn, setting } from "./entries.js";
import { inProperties, inValues, listed } from "./listed.js";
import { child, extended, extension, read, subject, written } from "./properties.js";

export const TYPES = {
  string: "One line of text", textarea: "Text", number: "Number", money: "Amount in euros", date: "Date", boolean: "Yes or no",
  enum: "One choice", multiselect: "Several choices", user: "A person", users: "People", file: "File", table: "Table",
  checklist: "Checklist",
};
const REGISTERS = { action: "Actions", risk: "Risks", resistance: "Resistances", decision: "Decisions", watch: "Watch", idea: "Ideas", change: "Changes" };
const PROOFS = { person: "A person", record: "The record of the project", admin: "The administrator" };
const COLUMN_TYPES = {
  text: "One line of text", textarea: "Text", number: "Number", money: "Amount in euros", date: "Date", select: "One choice", user: "A person", boolean: "Yes or no",
};
const LIMITS = { min: "Smallest value", max: "Largest value", minlength: "Fewest characters", maxlength: "Most characters", minrows: "Fewest rows" };
const OF_TYPE = { number: ["min", "max"], money: ["min", "max"], string: ["minlength", "maxlength"], textarea: ["minlength", "maxlength"], table: ["minrows"] };

export function formGroup(tools, element) {
  const task = subject(element);
  const fields = extension(task, "camunda:FormData")?.get("fields") ?? [];
  return {
    id: "method-form",
    component: ListGroup,
    label: tools.say("Form"),
    items: fields.map((field) => ({
      id: `field-${field.get("id")}`,
      label: `${field.get("label") || field.get("id")} · ${tools.say(TYPES[field.get("type")] ?? field.get("type") ?? "")}`,
      entries: entriesOf(tools, element, field),
      remove: (event) => {
        event.stopPropagation();
        put(tools, element, fields.filter((each) => each !== field));
      },
    })),
    add: (event) => {
      event.stopPropagation();
      const used = fields.map((each) => each.get("id"));
      let number = fields.length + 1;
      while (used.includes(`champ_${number}`)) number += 1;
      put(tools, element, [...fields, tools.moddle.create("camunda:FormField", { id: `champ_${number}`, label: "", type: "string" })]);
    },
  };
}

function put(tools, element, fields) {
  const task = subject(element);
  const data = extension(task, "camunda:FormData");
  if (data) {
    fields.forEach((each) => (each.$parent = data));
    tools.change(element, [[data, { fields }]]);
    return;
  }
  const made = tools.moddle.create("camunda:FormData", { fields });
  fields.forEach((each) => (each.$parent = made));
  tools.change(element, extended(tools.moddle, task, made));
}

function entriesOf(tools, element, field) {
  const { say, debounce, moddle } = tools;
  const id = (name) => `field-${field.get("id")}-${name}`;
  const text = (name, label, get, set, hint) => {
    const words = { label: say(label), description: hint && say(hint) };
    const commit = setting(get, (said) => tools.change(element, set(said)));
    return drawn(id(name), () => h(TextFieldEntry, { id: id(name), element: field, debounce, ...words, getValue: get, setValue: commit }));
  };
  const attribute = (name, label, hint) => text(name, label, () => field.get(name) ?? "", (said) => [[field, { [name]: said }]], hint);
  const property = (name, label, hint) => text(name, label, () => read(field, name), (said) => written(moddle, field, { [name]: said }), hint);
  const yes = (name, label, get, set) =>
    drawn(id(name), () => h(CheckboxEntry, { id: id(name), element: field, label: say(label), getValue: get, setValue: (on) => tools.change(element, set(on)) }));
  const type = field.get("type");
  return [
    attribute("label", "Label in French"),
    property("label.en", "Label in English"),
    attribute("id", "Key", "Expressions and other forms know the answer by it"),
    choice(tools, element, field, id("type"), "Type", TYPES, () => type ?? "", (said) => [[field, { type: said }]]),
    yes("required", "Required", () => limit(field, "required") === "true", (on) => limited(tools, field, "required", on ? "true" : "")),
    property("help", "Help in French"),
    property("help.en", "Help in English"),
    ...(OF_TYPE[type] ?? []).map((name) => text(name, LIMITS[name], () => limit(field, name), (said) => limited(tools, field, name, said))),
    ...(["enum", "multiselect"].includes(type) ? [listed(tools, element, { id: id("options"), label: "Options", source: inValues(tools, field), add: "Add an option", start: "choix_" })] : []),
    ...(["enum", "multiselect", "checklist"].includes(type) ? [property("source", "Choices come from", "The departments: services; those impacted: impacted_services; the strategy: objectives, strands, themes; the methods: methods; the rows of a table that was answered earlier: its step and its key, like C3.scenarios")] : []),
    ...(type === "checklist" ? [items(tools, element, field, id("items"))] : []),
    ...(type === "table" ? columns(tools, element, field, id) : []),
    ...(type === "file" ? [] : [yes("confidential", "Confidential: lead, sponsor and author only", () => read(field, "confidential") === "true", (on) => written(moddle, field, { confidential: on ? "true" : "" }))]),
    preview(tools, field, id("preview")),
  ];
}

function choice(tools, element, field, id, label, choices, get, set) {
  const offered = Object.entries(choices).map(([value, words]) => ({ value, label: words && tools.say(words) }));
  return drawn(id, () => h(SelectEntry, { id, element: field, label: tools.say(label), getValue: get, setValue: (said) => tools.change(element, set(said)), getOptions: () => offered }));
}

function items(tools, element, field, id) {
  const parts = [...ANSWERED, { name: "proof", label: "Proved by", as: "choice", choices: PROOFS }];
  return listed(tools, element, { id, label: "Items of the checklist", source: inProperties(tools, () => field, "item"), add: "Add an item", parts });
}

function columns(tools, element, field, id) {
  const kept = (prefix, also) => inProperties(tools, () => field, prefix, also);
  const parts = [
    { name: "type", label: "Type", as: "choice", choices: COLUMN_TYPES },
    { name: "required", label: "Required", as: "yes" },
    { name: "options", label: "Options", hint: "One after the other: id=French|English; id=French|English" },
    { name: "confidential", label: "Confidential: lead, sponsor and author only", as: "yes" },
    { name: "feeds", label: "Field of the register that it feeds" },
  ];
  return [
    listed(tools, element, { id: id("columns"), label: "Columns", source: kept("column", (keys) => ({ columns: keys.join(",") })), add: "Add a column", start: "colonne_", parts }),
    listed(tools, element, { id: id("rows"), label: "Rows that the empty table proposes", hint: "Cells in the order of the columns, bars between: Sponsor | Weekly", source: kept("row"), add: "Add a row" }),
    choice(tools, element, field, id("register"), "Register that it feeds", { "": "–", ...REGISTERS }, () => read(field, "register"), (said) => written(tools.moddle, field, { register: said })),
  ];
}

// --- constraints ---

function limit(field, name) {
  return (field.get("validation")?.get("constraints") ?? []).find((each) => each.get("name") === name)?.get("config") ?? "";
}

function limited({ moddle }, field, name, config) {
  const validation = field.get("validation");
  const others = (validation?.get("constraints") ?? []).filter((each) => each.get("name") !== name);
  const constraints = config ? [...others, moddle.create("camunda:Constraint", { name, config })] : others;
  if (validation) {
    constraints.forEach((each) => (each.$parent = validation));
    return [constraints.length ? [validation, { constraints }] : [field, { validation: undefined }]];
  }
  const made = child(moddle, field, "camunda:Validation", { constraints });
  constraints.forEach((each) => (each.$parent = made));
  return [[field, { validation: made }]];
}

// --- how it will look ---

const INPUTS = { number: "number", money: "number", date: "date", file: "file", string: "text", user: "text", users: "text" };

function preview({ say, language }, field, id) {
  return drawn(id, () => {
    const label = (language === "en" && read(field, "label.en")) || field.get("label") || field.get("id");
    return h("fieldset", { class: "bio-properties-panel-entry preview", disabled: true }, [
      h("legend", {}, say("Preview")),
      h("div", { class: "preview-label" }, `${label}${limit(field, "required") === "true" ? " *" : ""}`),
      read(field, "help") && h("div", { class: "bio-properties-panel-description" }, (language === "en" && read(field, "help.en")) || read(field, "help")),
      ...shown(field, say, language),
    ]);
  });
}

function shown(field, say, language) {
  const type = field.get("type");
  const words = (each) => (language === "en" && read(field, `option.${each.get("id")}.en`)) || each.get("name") || each.get("id");
  if (type === "textarea") return [h("textarea", { rows: 2 })];
  if (type === "boolean") return [h("label", {}, [h("input", { type: "radio" }), ` ${say("Yes")} `]), h("label", {}, [h("input", { type: "radio" }), ` ${say("No")}`])];
  if (type === "enum" || type === "multiselect") {
    return (field.get("values") ?? []).map((each) => h("label", { class: "preview-choice" }, [h("input", { type: type === "enum" ? "radio" : "checkbox" }), ` ${words(each)}`]));
  }
  if (type === "table") {
    const keys = read(field, "columns").split(",").filter(Boolean);
    return [h("table", {}, h("tr", {}, keys.map((key) => h("th", {}, (language === "en" && read(field, `column.${key}.en`)) || read(field, `column.${key}`)))))];
  }
  if (type === "checklist") {
    return (field.get("properties")?.get("values") ?? [])
      .filter((each) => /^item\.[^.]+$/.test(each.get("id") ?? each.get("name")))
      .map((each) => h("label", { class: "preview-choice" }, [h("input", { type: "checkbox" }), ` ${each.get("value")}`]));
  }
  return [h("input", { type: INPUTS[type] ?? "text" })];
}
