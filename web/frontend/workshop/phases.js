/** Phases: each is called in the main process, and drawn in a file of its own. */
import { is } from "bpmn-js/lib/util/ModelUtil";
import { blankPhase } from "./blank.js";
import { read } from "./properties.js";

export class Phases {
  /** `desk`: method, boards, sheets, saving, review, collect(), tell(words, facts). */
  constructor(desk) {
    Object.assign(this, { desk });
  }

  /** After all the others, in the main process: its name is written there. */
  async add() {
    const { desk } = this;
    await desk.collect();
    const main = desk.method.processes.find((each) => each.kind === "method");
    if (main) await desk.sheets.open(main.file, main.id);
    const { modeler } = desk.boards;
    const drawn = modeler.get("elementRegistry");
    const flow = main && lastOf(drawn);
    const before = drawn.filter((each) => each.type === "bpmn:CallActivity").at(-1);
    const level = before && before.y + before.height / 2;
    if (flow) modeler.get("following").into(flow, modeler.get("methodPalette").phase(), level);
    else desk.tell("No single way leads to the end of the main process: take “Create a phase” in the palette, put it where it belongs, and connect it");
  }

  /** The process of a phase; where no file draws it yet, it is made. */
  async open(call) {
    const { desk } = this;
    await this.draw(call);
    const found = this.processOf(call);
    if (found) await desk.sheets.open(found.file, found.id);
    else desk.tell("Say which process this phase calls: “Process of the phase”");
  }

  /** Makes the file of what a call names and no file draws. */
  async draw(call) {
    const { desk } = this;
    const process = call.get("calledElement");
    await desk.collect();
    if (!process || this.processOf(call)) return;
    const used = desk.method.idsBeside("");
    let id = call.id;
    for (let number = 2; used.has(`${id}_start`); number += 1) id = `${call.id}_${number}`;
    const step = desk.boards.modeler.get("methodPalette").free("T");
    const role = desk.method.roles.find(([id]) => id === desk.method.lead) ?? desk.method.roles[0] ?? ["CP", "CP"];
    const blank = blankPhase({ id, process, name: call.name || call.id, step, role });
    desk.method.put(this.fileFor(id), blank.replace("<bpmn:definitions ", `<bpmn:definitions ${desk.method.head} `));
    desk.sheets.draw();
    desk.saving.changed();
    desk.review.changed();
    desk.tell("Phase “{phase}” has its process: open it, beside the drawing, to draw its steps", { phase: call.name || call.id });
  }

  processOf(call) {
    return this.desk.method.processes.find((each) => each.id === call.get("calledElement"));
  }

  fileFor(id) {
    let name = `${id.toLowerCase()}.bpmn`;
    while (this.desk.method.files.has(name)) name = `nouvelle-${name}`;
    return name;
  }
}

/** The one way into the one end at which a project is closed, as the outline finds it; null where that is not so. */
function lastOf(elementRegistry) {
  const ends = elementRegistry.filter((each) => each.type === "bpmn:EndEvent" && (read(each.businessObject, "method.end") || "closed") === "closed");
  const ways = ends.length === 1 ? flows(ends[0].incoming) : [];
  return ways.length === 1 ? ways[0] : null;
}

/** The way on which what follows `source` is put: after the gate that ends it, where it is a phase; null: none, or several. */
export function onward(source) {
  const ways = is(source, "bpmn:Gateway") ? [] : flows(source.outgoing);
  if (ways.length !== 1) return null;
  const gate = ways[0].target;
  if (!is(source, "bpmn:CallActivity") || read(gate.businessObject, "method.kind") !== "gate") return ways[0];
  const decision = flows(gate.outgoing)[0]?.target;
  const went = decision ? flows(decision.outgoing).filter((each) => read(each.businessObject, "method.outcome") === "go") : [];
  return went.length === 1 ? went[0] : ways[0];
}

export const flows = (connections) => connections.filter((each) => each.type === "bpmn:SequenceFlow");
