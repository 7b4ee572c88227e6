/**
 * Things of which an element has several (roles, criteria, items, options, columns), written one a line:
 *
 *     1 = Besoin établi | Need established
 *       computed = reserves_lifted
 *
 * A line that is indented says more of the one above it. Whatever the file says is shown, known or not.
 */

/** Properties under `prefix` -> text. `known`: names after the key that are not a key of their own. */
export function toText(properties, prefix) {
  const found = new Map();
  for (const [name, value] of properties) {
    if (!name.startsWith(`${prefix}.`)) continue;
    const [key, ...more] = name.slice(prefix.length + 1).split(".");
    if (!found.has(key)) found.set(key, { fr: "", en: "", more: [] });
    const each = found.get(key);
    if (!more.length) each.fr = value;
    else if (more.join(".") === "en") each.en = value;
    else each.more.push([more.join("."), value]);
  }
  return [...found]
    .map(([key, { fr, en, more }]) => [said(key, fr, en), ...more.map(([name, value]) => `  ${name} = ${value}`)].join("\n"))
    .join("\n");
}

const said = (key, fr, en) => `${key} = ${fr}${en ? ` | ${en}` : ""}`;

/** Text -> properties under `prefix`, in the order of the lines. A line without a key is given the next number. */
export function fromText(text, prefix) {
  const properties = [];
  let key = "";
  for (const line of text.split("\n").filter((each) => each.trim())) {
    const [, indent, name, value] = /^(\s*)(?:([^=|]*?)\s*=)?\s*(.*?)\s*$/.exec(line);
    if (indent && key && name) {
      properties.push([`${prefix}.${key}.${name}`, value]);
      continue;
    }
    key = name || next(properties, prefix);
    const [fr, en] = halves(value);
    properties.push([`${prefix}.${key}`, fr]);
    if (en) properties.push([`${prefix}.${key}.en`, en]);
  }
  return properties;
}

function next(properties, prefix) {
  const used = properties.map(([name]) => name);
  let number = 1;
  while (used.includes(`${prefix}.${number}`)) number += 1;
  return String(number);
}

export function halves(text) {
  const at = text.lastIndexOf("|");
  return at < 0 ? [text.trim(), ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
