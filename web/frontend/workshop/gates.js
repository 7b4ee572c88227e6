/** A gate, drawn one way: a task, its decision, a flow for each outcome. */
import { CheckboxEntry } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { drawn } from "./entries.js";
import { read, subject, written } from "./properties.js";

/** What a new gate says until its owner says otherwise. */
export function gateValues(role) {
  return {
    "method.kind": "gate", "method.lock": "locked", "method.gate.chair": role, "method.gate.voters": role, "method.gate.quorum": "1",
    "method.gate.rule": "chair", "method.gate.outcomes": "go,rework", "method.gate.rework_max": "3", "method.gate.silence": "escalate",
  };
}

export function gateSwitch(tools, element) {
  const task = subject(element);
  const set = (on) => {
    const role = task.get("camunda:candidateGroups") ?? "";
    const values = gateValues(role);
    if (!on) for (const name of Object.keys(values)) values[name] = "";
    tools.change(element, written(tools.moddle, task, values));
  };
  const words = { label: tools.say("It is a gate: a decision that ends a phase") };
  return drawn("gate", () => h(CheckboxEntry, { id: "gate", element, ...words, getValue: () => read(task, "method.kind") === "gate", setValue: set }));
}
