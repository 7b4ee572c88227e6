/**
 * The modeler page of a draft (/atelier/<draft>/dessiner).
 *
 *   server -> method (its files) -> sheets -> boards (a modeler for each file) -> panel -> saving, review, feel -> server
 *                                             trail (undo, over all files), way and simulation beside the canvas
 */
import Modeler from "bpmn-js/lib/Modeler";
import { BpmnPropertiesPanelModule } from "bpmn-js-properties-panel";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import { Boards } from "./boards.js";
import { copying, pasteKeys } from "./copying.js";
import { EndingModule } from "./ending.js";
import { FollowingModule } from "./following.js";
import { Feel } from "./feel.js";
import { LetteringModule } from "./lettering.js";
import { Method } from "./method.js";
import { NamingModule } from "./naming.js";
import { MethodPaletteModule } from "./palette.js";
import { PadModule } from "./pad.js";
import { MethodPanelModule } from "./panel.js";
import { Phases } from "./phases.js";
import { ChangeModule } from "./properties.js";
import { RefusalsModule } from "./refusals.js";
import { Review } from "./review.js";
import { Saving } from "./saving.js";
import { server } from "./server.js";
import { Sheets } from "./sheets.js";
import { Shortcuts } from "./shortcuts.js";
import { Side } from "./side.js";
import { Simulation } from "./simulation.js";
import { tools } from "./tools.js";
import { sayer, translating } from "./translate.js";
import { Trail, TrailModule, undoKeys } from "./trail.js";
import { Way } from "./way.js";

const page = document.getElementById("workshop");
const part = (name) => page.querySelector(`[data-part=${name}]`);
const language = document.documentElement.lang;
const say = sayer(language);

begin();

async function begin() {
  const { token, data, save, review, feel } = page.dataset;
  const desk = { say, language, server: server({ token, say, addresses: { data, save, review, feel } }) };
  try {
    desk.method = new Method(await desk.server.load());
  } catch (error) {
    part("status").textContent = error.message;
    return;
  }
  furnish(desk);
  await open(desk);
}

/** Everything that the desk holds, each part knowing the others by it. */
function furnish(desk) {
  desk.side = new Side({ panel: part("panel"), side: part("side") });
  desk.trail = new Trail(desk);
  const workshop = offered(desk);
  desk.boards = new Boards({ make: modelers(desk, workshop), method: desk.method, canvas: part("canvas"), panel: part("panel") });
  desk.way = new Way(desk);
  desk.phases = new Phases(desk);
  desk.sheets = new Sheets(desk, part("sheets"), () => {
    desk.side.close();
    desk.review.draw();
  });
  desk.review = new Review(desk, { list: part("findings"), count: part("count") });
  desk.saving = new Saving(desk, { status: part("status"), button: part("save"), conflict: part("conflict") });
  workshop.feel = desk.feel = new Feel(desk, () => desk.boards.modeler.get("eventBus").fire("propertiesPanel.providersChanged"));
  desk.simulation = new Simulation(desk, { address: page.dataset.simulation, canvas: part("canvas"), button: part("simulate"), edits: [part("add-phase"), ...tools(desk, part)] });
  moves(desk);
}

/** What the panel, the palette and the menus of a modeler ask of the page. */
function offered(desk) {
  return {
    say, language, trail: desk.trail,
    roles: () => desk.method.roles.map(([id, label]) => [id, `${label} (${id})`]),
    processes: () => desk.method.processes.filter((each) => ["phase", "variant"].includes(each.kind)).map((each) => [each.id, `${each.name} (${each.id})`]),
    lead: () => desk.method.lead,
    sponsor: () => desk.method.sponsor,
    ids: () => desk.method.idsBeside(desk.boards.file),
    firstStep: (process) => desk.method.processes.find((each) => each.id === process)?.first ?? "",
    drawPhase: (call) => desk.phases.draw(call),
    tell: (words) => desk.tell(words),
    openPhase: (call) => desk.phases.open(call),
  };
}

function modelers(desk, workshop) {
  const modules = [
    BpmnPropertiesPanelModule, ChangeModule, MethodPanelModule, MethodPaletteModule, FollowingModule, EndingModule, NamingModule, RefusalsModule, LetteringModule, PadModule, TrailModule, copying(), translating(language), { workshop: ["value", workshop] },
  ];
  return (file) => {
    const modeler = new Modeler({ moddleExtensions: { camunda }, additionalModules: modules });
    modeler.on("commandStack.changed", ({ trigger }) => {
      if (trigger === "clear") return; // it was opened
      desk.trail.noted(file, trigger);
      desk.boards.changed.add(file);
      desk.side.close(); // what is shown of the way is of another drawing
      desk.feel.forget();
      desk.saving.changed();
      desk.review.changed();
    });
    modeler.on("method.named", ({ element }) => {
      if (element.type === "bpmn:CallActivity") desk.phases.draw(element.businessObject);
    });
    modeler.on("selection.changed", () => {
      setTimeout(() => part("panel").querySelector(".bio-properties-panel-scroll-container")?.scrollTo(0, 0));
    });
    return modeler;
  };
}

/** From one file to another, and what comes from the server. */
function moves(desk) {
  const { boards, sheets, trail, review } = desk;
  desk.open = (file) => sheets.open(file);
  desk.go = (file, element) => sheets.go(file, element);
  desk.reach = (file, element) => sheets.reach(file, element);
  desk.tell = (words, facts) => told(say(words, facts));
  desk.touched = (file) => boards.changed.has(file);
  desk.collect = async () => {
    await boards.collect();
    sheets.draw();
  };
  const forget = (file) => {
    boards.forget(file);
    trail.forget(file);
  };
  desk.show = async (merged) => {
    for (const file of Object.keys(merged)) forget(file);
    if (sheets.file in merged) await sheets.open(sheets.file, sheets.process);
    sheets.draw();
    review.changed();
  };
  desk.reload = async () => {
    const said = await desk.server.load();
    for (const file of [...boards.made.keys()]) forget(file);
    desk.method.take(said);
    const [first] = desk.method.processes;
    const kept = desk.method.processes.find((each) => each.id === sheets.process) ?? first;
    await sheets.open(kept.file, kept.id);
    review.changed();
  };
}

/** What has just happened, for a while; whether all is saved stands beside it. */
const A_WHILE = 8000;
let telling = 0;

function told(words) {
  part("said").textContent = words;
  clearTimeout(telling);
  telling = setTimeout(() => (part("said").textContent = ""), A_WHILE);
}

async function open(desk) {
  part("panel").addEventListener("input", () => desk.saving.touched());
  part("add-phase").addEventListener("click", () => desk.phases.add());
  undoKeys(desk.trail);
  pasteKeys(desk, part("sheets"));
  new Shortcuts({ say, dialog: part("shortcuts"), button: part("show-shortcuts"), canvas: part("canvas"), side: part("side"), simulation: desk.simulation });
  const [first] = desk.method.processes;
  await desk.sheets.open(first.file, first.id);
  desk.review.now();
  page.dataset.ready = "true";
  // for who looks at the page with the browser's tools
  Object.defineProperty(page, "modeler", { get: () => desk.boards.modeler });
}
