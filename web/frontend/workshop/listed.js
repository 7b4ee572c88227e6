/**
 * Things of which an element has several (roles, criteria, items, options, columns): each opens to be changed, stands
 * before or after another, and goes. What a file says of one beyond what is offered is shown, and kept.
 *
 * A thing: { self, key, fr, en, more }; `self` is the model object by which it is known from one drawing to the next.
 */
import { h } from "@bpmn-io/properties-panel/preact";
import { Checked, control, drawn, setting } from "./entries.js";
import { all, child, properties, read, written } from "./properties.js";

/**
 * `source`: `read()` its things, `write(things)` the changes that say them. `add`: words of the button. `start`: of the
 * keys of new things. `bilingual`: said in both languages, else once, as `value` says. `parts`: what more is said of each.
 */
export function listed(tools, element, { id, label, hint, source, add, start = "", bilingual = true, value, parts = [] }) {
  return drawn(id, () => h(List, { tools, element, id, label, hint, source, add, start, bilingual, value, parts }));
}

// --- where they are kept ---

/** In properties named `<prefix>.<key>`, `<prefix>.<key>.en`, `<prefix>.<key>.<part>`. `also(keys)`: other properties. */
export function inProperties({ moddle }, object, prefix, also = () => ({})) {
  const under = `${prefix}.`;
  return {
    read() {
      const found = new Map();
      for (const each of properties(object())) {
        const name = each.get("name") || each.get("id") || "";
        if (!name.startsWith(under)) continue;
        const [key, ...rest] = name.slice(under.length).split(".");
        if (!found.has(key)) found.set(key, { self: each, key, fr: "", en: "", more: {} });
        say(found.get(key), rest.join("."), each.get("value") ?? "");
      }
      return [...found.values()];
    },
    write(things) {
      const said = things.flatMap(({ key, fr, en, more }) => [
        [under + key, fr],
        ...[["en", en], ...Object.entries(more)].filter(([, value]) => value).map(([name, value]) => [`${under}${key}.${name}`, value]),
      ]);
      const gone = all(object()).map(([name]) => name).filter((name) => name.startsWith(under));
      return written(moddle, object(), also(things.map(({ key }) => key)), { gone, said });
    },
  };
}

function say(thing, name, value) {
  if (name === "") thing.fr = value;
  else if (name === "en") thing.en = value;
  else thing.more[name] = value;
}

/** The options of a field: `camunda:value`, with its English in a property beside. */
export function inValues({ moddle }, field) {
  const values = () => field.get("values") ?? [];
  const english = (key) => `option.${key}.en`;
  return {
    read: () => values().map((each) => ({ self: each, key: each.get("id") ?? "", fr: each.get("name") ?? "", en: read(field, english(each.get("id"))), more: {} })),
    write(things) {
      const said = things.map(({ self, key, fr }) => [self ?? child(moddle, field, "camunda:Value", {}), { id: key, name: fr }]);
      const gone = Object.fromEntries(values().map((each) => [english(each.get("id")), ""]));
      const words = Object.fromEntries(things.map(({ key, en }) => [english(key), en]));
      return [...said, [field, { values: said.map(([each]) => each) }], ...written(moddle, field, { ...gone, ...words })];
    },
  };
}

// --- how they are shown ---

/** Just added, or named anew: opened, and entered, as soon as it is drawn. */
let fresh = null;

function List({ tools, element, id, label, hint, source, add, start, bilingual, value, parts }) {
  const { say: words } = tools;
  const things = source.read();
  const commit = (next) => tools.change(element, source.write(next));
  const put = (thing, said) => {
    if ("key" in said) fresh = `${id} ${said.key}`;
    commit(things.map((each) => (each === thing ? { ...each, ...said } : each)));
  };
  const more = () => {
    const key = next(things, start);
    fresh = `${id} ${key}`;
    commit([...things, { key, fr: "", en: "", more: {} }]);
  };
  return h("fieldset", { class: "bio-properties-panel-entry listed", "data-entry-id": id }, [
    h("legend", { class: "bio-properties-panel-label" }, words(label)),
    hint && h("div", { class: "bio-properties-panel-description" }, words(hint)),
    ...things.map((thing, at) =>
      h(Thing, {
        key: known(thing.self), tools, element, id: `${id}-${thing.key}`, thing, things, at, bilingual, value, parts,
        put: (said) => put(thing, said), opens: fresh === `${id} ${thing.key}`,
        move: (by) => commit(moved(things, at, by)), remove: () => commit(things.filter((each) => each !== thing)),
      }),
    ),
    h("button", { type: "button", class: "listed-add", onClick: more }, words(add)),
  ]);
}

function Thing({ tools, element, id, thing, things, at, bilingual, value, parts, put, opens, move, remove }) {
  const { say: words, language } = tools;
  const name = (bilingual && language === "en" && thing.en) || thing.fr || words("Not written yet");
  const open = (node) => {
    if (!node || !opens) return;
    fresh = null;
    node.open = true;
    node.querySelector("input, textarea")?.focus();
  };
  const button = (label, act, off) => h("button", { type: "button", disabled: off, title: `${label} : ${name}`, onClick: act }, label);
  return h("details", { ref: open, "data-thing": thing.key }, [
    h("summary", {}, [h("span", { class: "listed-key" }, thing.key), ` ${name}`]),
    h("div", { class: "listed-parts" }, [
      ...fields(tools, element, { id, thing, things, bilingual, value, parts, put }).map((each) => h(each.component, { ...each, key: each.id })),
      h("div", { class: "listed-buttons" }, [
        button(words("Move up"), () => move(-1), at === 0),
        button(words("Move down"), () => move(1), at === things.length - 1),
        button(words("Remove"), remove, false),
      ]),
    ]),
  ]);
}

function fields(tools, element, { id, thing, things, bilingual, value, parts, put }) {
  const part = (spec, get, set) => {
    const own = `${id}-${spec.id}`;
    const shown = { id: own, element, label: tools.say(spec.label), description: spec.hint && tools.say(spec.hint) };
    return drawn(own, () => control(tools, spec, shown, get, set));
  };
  const of = (name) => (said) => put({ more: { ...thing.more, [name]: said } });
  const offered = parts.map((spec) => part({ id: spec.name, ...spec }, () => thing.more[spec.name] ?? "", of(spec.name)));
  const others = Object.keys(thing.more).filter((name) => thing.more[name] && !parts.some((each) => each.name === name));
  return [
    part({ id: "fr", ...(bilingual ? { label: "In French" } : value) }, () => thing.fr, (said) => put({ fr: said })),
    ...(bilingual ? [part({ id: "en", label: "In English" }, () => thing.en, (said) => put({ en: said }))] : []),
    ...offered,
    ...others.map((name) => part({ id: name, label: name }, () => thing.more[name], of(name))),
    key(tools, element, { id: `${id}-key`, thing, things, put }),
  ];
}

function key({ say: words, debounce }, element, { id, thing, things, put }) {
  const wrong = (said) => {
    if (!/^\w+$/.test(said ?? "")) return words("A key is made of letters, digits and _");
    return things.some((each) => each !== thing && each.key === said) ? words("This key is used already") : null;
  };
  const get = () => thing.key;
  const set = setting(get, (said) => wrong(said) || put({ key: said }));
  return drawn(id, () => h(Checked, { id, element, debounce, label: words("Key"), getValue: get, setValue: set, validate: wrong }));
}

function moved(things, at, by) {
  const next = [...things];
  next.splice(at + by, 0, ...next.splice(at, 1));
  return next;
}

/** A key that none has yet: a number, after `start`. */
function next(things, start) {
  let number = 1;
  while (things.some((each) => each.key === `${start}${number}`)) number += 1;
  return `${start}${number}`;
}

const numbers = new WeakMap();

/** One number an object, the same each time it is drawn: so that what was opened stays open. */
function known(object) {
  if (!numbers.has(object)) numbers.set(object, Math.random());
  return numbers.get(object);
}
