/** What the canvas, the panel and the page say: keys are English; French has a dictionary of its own (words.fr.js). */
import { FRENCH } from "./words.fr.js";

/** A module that replaces diagram-js's `translate`. */
export function translating(language) {
  return { translate: ["value", sayer(language)] };
}

/** `say("Gate {id}", { id: "G1" })`; what stands in braces is filled in. */
export function sayer(language) {
  return (words, facts = {}) => {
    const said = language === "fr" ? (FRENCH[words] ?? words) : words;
    return said.replace(/{([^}]+)}/g, (_, name) => facts[name] ?? `{${name}}`);
  };
}
