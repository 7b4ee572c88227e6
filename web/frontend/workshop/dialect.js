/**
 * What Jalon reads of an element (docs/reference/dialect.md), as the panel offers it: one line an attribute.
 *
 * on        where it stands: see `kindsOf`
 * name      of the camunda:property; with `attribute`, an attribute of the element itself
 * as        text, role, roles, choice, several, yes, feel, area, delay, share; default text
 * choices   value -> English words; the French ones stand in words.fr.js
 */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { read } from "./properties.js";

const LOCKS = { locked: "Locked: nobody may remove it", optional: "Optional: a department may hide it", conditional: "Conditional: a decision leads to it" };
const HOOKS = { start: "At the start of the phase", end: "Before its gate" };
const AROUND = { before: "Before this step", after: "After this step" };
export const OUTCOMES = { go: "Go", go_reserves: "Go with reserves", rework: "Rework", hold: "Hold", stop: "Stop" };

export const ATTRIBUTES = [
  { on: ["process"], name: "method.kind", label: "What this process is", as: "choice", choices: { method: "The method: its main process", phase: "A phase", recurring: "A recurring activity", exception: "An exceptional gate", variant: "A variant of a phase", fragment: "Steps to insert" } },
  { on: ["method"], attribute: "camunda:versionTag", label: "Version number", hint: "1.0.0; the difference with the last release says how much it must grow" },
  { on: ["method"], name: "method.lead", label: "Project lead: steers, never votes", as: "role" },
  { on: ["method"], name: "method.sponsor", label: "Sponsor: refusals and escalations go there", as: "role" },
  { on: ["method"], name: "method.owner", label: "Method owner", as: "role" },
  { on: ["method"], name: "method.result", label: "Who keeps the result", as: "role" },
  { on: ["phase"], name: "method.hooks", label: "Where a department may insert steps", as: "several", choices: HOOKS },
  { on: ["recurring"], name: "method.during", label: "During which phase", hint: "P4" },
  { on: ["recurring"], name: "method.until", label: "Until which gate", hint: "G4" },
  { on: ["recurring"], name: "method.every", label: "How often", hint: "P14D, P1M, or plan" },
  { on: ["recurring"], name: "method.plan", label: "Table whose lines are the plan", hint: "L5.actions" },
  { on: ["recurring"], name: "method.meeting", label: "It is a meeting", as: "choice", choices: { group: "Project group", follow_up: "Follow-up", committee: "Committee", technical: "Technical", other: "Other" } },
  { on: ["exception"], name: "method.when", label: "Opens when", as: "feel", aside: true, hint: "FEEL, or tolerance" },
  { on: ["exception"], name: "method.threshold", label: "Threshold", hint: "A number that “threshold” stands for; off: a department switches it on" },
  { on: ["exception"], name: "method.threshold.max", label: "Highest threshold of a department" },

  { on: ["call"], attribute: "calledElement", label: "Process of the phase", as: "process" },
  { on: ["call"], name: "method.short", label: "Short closure, entered by a stop", as: "yes" },
  { on: ["call"], name: "method.variants", label: "Variants that may stand in its place", hint: "Ids of processes, comma separated" },

  { on: ["task", "gate"], attribute: "camunda:dueDate", label: "Due after", as: "delay", hint: "P10D: ten working days after it opens; P1M: a calendar month" },
  { on: ["task", "gate"], name: "method.due.min", label: "A department may shorten it to", as: "delay" },
  { on: ["task", "gate"], name: "method.due.max", label: "A department may lengthen it to", as: "delay" },
  { on: ["task"], attribute: "camunda:candidateGroups", label: "Role that does it", as: "role" },
  { on: ["task"], name: "method.lock", label: "Lock", as: "choice", choices: LOCKS },
  { on: ["task"], name: "method.tailor", label: "Freedom granted to departments", as: "several", choices: { hide: "Leave it out", condition: "Make it conditional" } },
  { on: ["task"], name: "method.hooks", label: "Where a department may insert steps", as: "several", choices: AROUND },
  { on: ["task"], name: "method.form", label: "A department may add fields", as: "yes", yes: "extensible" },
  { on: ["task"], name: "method.each", label: "One instance for each", as: "choice", choices: { service: "Impacted department", partner: "Partner", batch: "Batch" } },
  { on: ["task"], name: "method.never", label: "Never done by", as: "role" },
  { on: ["task"], name: "method.template", label: "Document that it starts from" },
  { on: ["task"], name: "method.template.lock", label: "A department may not take its own document", as: "yes", yes: "locked" },
  { on: ["task"], name: "method.silence", label: "Effect of silence", as: "choice", choices: { favourable: "Favourable", deemed_unfavourable_continue: "Deemed unfavourable, and it goes on", escalate: "Escalates", block: "Blocks" } },
  { on: ["task"], name: "method.silence.source", label: "Rule that says so" },
  { on: ["task"], name: "method.silence.after", label: "Time limit of silence", as: "feel", answers: true, hint: "P31D, or FEEL over the answers" },

  { on: ["gate"], name: "method.gate.chair", label: "Chaired by", as: "role", also: "camunda:candidateGroups" },
  { on: ["gate"], name: "method.gate.voters", label: "Voters", as: "roles" },
  { on: ["gate"], name: "method.gate.quorum", label: "Quorum", as: "share", hint: "Share of the voters: 0.5; 1 where the chair decides alone" },
  { on: ["gate"], name: "method.gate.rule", label: "Rule", as: "choice", choices: { chair: "The chair decides", majority_chair_casting: "Majority, the chair breaks a tie", two_thirds: "Two thirds", unanimity: "Unanimity" } },
  { on: ["gate"], name: "method.gate.outcomes", label: "Outcomes offered", as: "several", choices: OUTCOMES },
  { on: ["gate"], name: "method.gate.rework_max", label: "Reworks at most" },
  { on: ["gate"], name: "method.gate.second_session", label: "Second session after", as: "delay", hint: "P5D; empty: none" },
  { on: ["gate"], name: "method.gate.second_without_quorum", label: "The second session needs no quorum", as: "yes" },
  { on: ["gate"], name: "method.gate.silence", label: "Without a decision", as: "choice", choices: { escalate: "Escalates" } },
  { on: ["gate"], name: "method.lock", label: "Lock", as: "choice", choices: { locked: LOCKS.locked } },
  { on: ["gate"], name: "method.gate.baseline.end", label: "Promises the end date", as: "feel", aside: true, closed: true },
  { on: ["gate"], name: "method.gate.baseline.cost", label: "Promises the cost", as: "feel", aside: true, closed: true },
  { on: ["gate"], name: "method.gate.baseline.scope", label: "Promises the scope", as: "feel", aside: true, closed: true },
  { on: ["gate"], name: "method.gate.baseline.milestones", label: "Promises the milestones", as: "feel", aside: true, closed: true },
  { on: ["gate"], name: "method.gate.baseline.tolerances", label: "Promises the tolerances", as: "feel", aside: true, closed: true },
  { on: ["gate"], name: "method.gate.tolerance.delay", label: "Tolerance: working days late", closed: true },
  { on: ["gate"], name: "method.gate.tolerance.delay_share", label: "Tolerance: per cent late", closed: true },
  { on: ["gate"], name: "method.gate.tolerance.cost", label: "Tolerance: per cent of cost", closed: true },
  { on: ["gate"], name: "method.gate.outgrown", label: "The project is too big when", as: "feel", aside: true, closed: true },
  { on: ["gate"], name: "method.gate.outgrown.method", label: "It then goes on in the method", closed: true },

  { on: ["choice"], name: "method.kind", label: "Decides where a rework lands", as: "yes", yes: "entry" },
  { on: ["flow"], name: "method.outcome", label: "Outcome of the gate", as: "choice", choices: { go: "Go", rework: "Rework", stop: "Stop" } },
  { on: ["flow"], name: "method.landing", label: "A rework returns to the step", hint: "C3" },
  { on: ["flow"], condition: true, label: "Condition", as: "feel" },
  { on: ["end"], name: "method.end", label: "The project is then", as: "choice", choices: { closed: "Closed", stopped: "Stopped", dismissed: "Dismissed" } },
  { on: ["timer"], timer: true, label: "Delay, date or repetition", as: "feel", hint: "P5D, 2027-03-01, R3/P7D, or FEEL" },
  { on: ["timer"], name: "method.clock", label: "Its clock", as: "choice", choices: { calendar: "Calendar time", working: "Working days" } },
  { on: ["lane"], name: "method.role", label: "Role of the lane", as: "role" },

  { on: ["any"], name: "method.wording", label: "Its wording is statutory: name and document stay", as: "yes", yes: "statutory", closed: true },
  { on: ["any"], name: "method.was", label: "Ids that it had in earlier versions", hint: "Comma separated", closed: true },
];

/** How a role is held; what more a criterion or an item of a checklist says. */
export const HELD = { project: "Somebody named in each project", service: "Somebody named in the department", anyone: "Anybody", guest: "A guest from outside" };
const APPROVED = { locked: "Only with another person’s approval", optional: "A reason is enough" };
export const ANSWERED = [
  { name: "computed", label: "Answered by a computation", hint: "For example answered(I2.budget) or reserves_lifted; empty: a person answers" },
  { name: "evidence", label: "Needs evidence", as: "yes", yes: "required" },
  { name: "lock", label: "May be not applicable", as: "choice", choices: APPROVED },
];

/** The kinds of an element, as `on` names them. */
export function kindsOf(object) {
  const kind = read(object, "method.kind");
  if (is(object, "bpmn:Process")) return ["process", kind || "method", "any"];
  if (is(object, "bpmn:CallActivity")) return ["call", "any"];
  if (is(object, "bpmn:UserTask")) return [kind === "gate" ? "gate" : "task", "any"];
  if (is(object, "bpmn:ExclusiveGateway")) return ["choice", "any"];
  if (is(object, "bpmn:SequenceFlow")) return ["flow", "any"];
  if (is(object, "bpmn:EndEvent")) return ["end", "any"];
  if (is(object, "bpmn:Lane")) return ["lane", "any"];
  if (is(object, "bpmn:Event") && timerOf(object)) return ["timer", "any"];
  return ["any"];
}

export function timerOf(object) {
  return (object.get("eventDefinitions") ?? []).find((each) => each.$type === "bpmn:TimerEventDefinition");
}
