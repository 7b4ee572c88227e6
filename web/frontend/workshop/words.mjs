/**
 * The words that the workshop may show (built into words.json, which a test compares with the French dictionary); those
 * that have no French: `node workshop/words.mjs` lists them, and fails where there are some. Libraries translate literal strings (`translate("Undo")`) and the labels of their menus; we, `say("…")`
 * and what stands in the tables of the dialect.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FRENCH } from "./words.fr.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "../node_modules");
const STRING = `(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)')`;
const TRANSLATED = new RegExp(`\\b_?translate\\(\\s*${STRING}`, "g");
/** What is translated under a name: `translate(REFUSED)`, where `var REFUSED = "…"` stands above. */
const NAMED = /\b_?translate\(\s*([A-Z][A-Z_]+)\s*\)/g;
const LABEL = new RegExp(`\\blabel:\\s*${STRING}`, "g");

function sources(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

function said(pattern, text) {
  return [...text.matchAll(pattern)].map((found) => (found[1] ?? found[2]).replace(/\\(.)/g, "$1"));
}

function saidByName(text) {
  return [...text.matchAll(NAMED)].flatMap(([, name]) => said(new RegExp(`\\b(?:var|let|const) ${name} = ${STRING}`, "g"), text));
}

/** The panel's library holds providers of other engines too, which are not used: only what comes before them is. */
function ofPanel() {
  const text = readFileSync(join(MODULES, "bpmn-js-properties-panel/dist/index.esm.js"), "utf8");
  return said(TRANSLATED, text.slice(0, text.indexOf("class BpmnPropertiesPanelRenderer")));
}

function ofLibraries() {
  const code = [...sources(join(MODULES, "bpmn-js/lib")), ...sources(join(MODULES, "diagram-js/lib"))];
  const panel = readFileSync(join(MODULES, "@bpmn-io/properties-panel/dist/index.esm.js"), "utf8");
  const menus = ["popup-menu/PopupEntries.js", "replace/ReplaceOptions.js"]
    .map((name) => readFileSync(join(MODULES, "bpmn-js/lib/features", name), "utf8"))
    .join("\n");
  return [...code.flatMap((text) => [...said(TRANSLATED, text), ...saidByName(text)]), ...said(TRANSLATED, panel), ...said(LABEL, menus), ...ofPanel()];
}

/** English sentences begin with a capital, or have small words between others; ids, keys and code do not. */
const SENTENCE = /^(?:[A-Z{1].*[ a-z].*|.* = .*|.*\w,? (?:or|and|the|of|is|are|to|by|in) \w.*)$/;

function ofOurs() {
  const literal = new RegExp(STRING, "g");
  const code = readdirSync(HERE).filter((name) => name.endsWith(".js") && !/^(words|blank)/.test(name));
  return code.flatMap((name) => said(literal, readFileSync(join(HERE, name), "utf8").replace(/\/\*[^]*?\*\/|^\s*\/\/.*$|^import .*$/gm, "")))
    .filter((each) => SENTENCE.test(each) && !/^[A-Z][a-z]+[A-Z]|^(Content-Type|X-CSRFToken|CamundaProperties)$|^http|\${/.test(each));
}

/** The simulation's library names the buttons on the diagram, which playing.js names anew: all of them, or it says so. */
function padsOfSimulation() {
  const code = sources(join(MODULES, "bpmn-js-token-simulation/lib/features/context-pads")).join("\n");
  const titles = [...code.matchAll(/title="([^"$]+)"/g)].map((found) => found[1]);
  return new Set([...titles, "Add pause point", "Remove pause point"]);
}
const PADS = padsOfSimulation();
const named = readFileSync(join(HERE, "playing.js"), "utf8");
const UNNAMED = [...PADS].filter((each) => !named.includes(`"${each}":`));

/** What the libraries put together from halves; and what they never show. */
const MADE = [
  ...["left", "center", "right", "top", "middle", "bottom"].map((each) => `Align elements ${each}`),
  "Empty pool/participant (removes content)", "List contains {numOfItems} item", "List contains {numOfItems} items",
];
const NEVER = ["Align elements ", " + shift + ", "HELLO {you}", "JSON contains errors"];

export const words = [...new Set([...ofLibraries(), ...MADE, ...ofOurs().filter((each) => !PADS.has(each)), ...UNNAMED])]
  .filter((each) => each.trim() && !NEVER.includes(each))
  .sort();

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = words.filter((each) => !FRENCH[each]);
  for (const each of missing) console.log(JSON.stringify(each));
  process.exit(missing.length ? 1 : 0);
}
