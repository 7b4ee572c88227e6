/**
 * The modeler page of a draft (/atelier/<draft>/dessiner).
 *
 *   server -> method (its files) -> sheets (one process on the canvas) -> panel -> saving, review, feel -> server
 */
import Modeler from "bpmn-js/lib/Modeler";
import { BpmnPropertiesPanelModule } from "bpmn-js-properties-panel";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import { blankPhase } from "./blank.js";
import { FollowingModule } from "./following.js";
import { Feel } from "./feel.js";
import { Method } from "./method.js";
import { MethodPaletteModule } from "./palette.js";
import { MethodPanelModule } from "./panel.js";
import { ChangeModule } from "./properties.js";
import { Review } from "./review.js";
import { Saving } from "./saving.js";
import { server } from "./server.js";
import { Sheets } from "./sheets.js";
import { sayer, translating } from "./translate.js";

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
  await open(desk);
}

async function open(desk) {
  const state = { dirty: false };
  const workshop = {
    say, language,
    roles: () => desk.method.roles.map(([id, label]) => [id, `${label} (${id})`]),
    processes: () => desk.method.processes.filter((each) => ["phase", "variant"].includes(each.kind)).map((each) => [each.id, `${each.name} (${each.id})`]),
    lead: () => desk.method.lead,
    sponsor: () => desk.method.sponsor,
    ids: () => desk.method.idsBeside(sheets.file),
    openProcess: (id) => {
      const found = desk.method.processes.find((each) => each.id === id);
      if (found) sheets.open(found.file, found.id);
    },
  };
  const modeler = new Modeler({
    container: part("canvas"),
    propertiesPanel: { parent: part("panel") },
    moddleExtensions: { camunda },
    additionalModules: [BpmnPropertiesPanelModule, ChangeModule, FollowingModule, MethodPanelModule, MethodPaletteModule, translating(language), { workshop: ["value", workshop] }],
  });
  const again = () => modeler.get("eventBus").fire("propertiesPanel.providersChanged");
  desk.collect = async () => {
    if (!state.dirty) return;
    state.dirty = false;
    const { xml } = await modeler.saveXML({ format: true });
    desk.method.put(sheets.file, xml);
    sheets.shown = xml;
    sheets.draw();
  };
  desk.file = () => sheets.file;
  desk.go = (file, element) => sheets.go(file, element);
  workshop.feel = new Feel(desk, again);
  const review = new Review(desk, modeler, { list: part("findings"), count: part("count") });
  const sheets = new Sheets(desk, modeler, part("sheets"), () => review.draw());
  desk.show = async (merged) => {
    if (sheets.file in merged) await sheets.open(sheets.file, sheets.process);
    sheets.draw();
    review.changed();
  };
  desk.reload = async () => {
    state.dirty = false;
    desk.method.take(await desk.server.load());
    const [first] = desk.method.processes;
    const kept = desk.method.processes.find((each) => each.id === sheets.process) ?? first;
    await sheets.open(kept.file, kept.id);
    review.changed();
  };
  const saving = new Saving(desk, { status: part("status"), button: part("save"), conflict: part("conflict") });
  modeler.on("commandStack.changed", ({ trigger }) => {
    if (trigger === "clear") return; // another file was opened
    state.dirty = true;
    workshop.feel.forget();
    saving.changed();
    review.changed();
  });
  part("panel").addEventListener("input", () => (saving.unsaved = true));
  part("add-phase").addEventListener("click", () => addPhase(desk, workshop, sheets, saving));
  const [first] = desk.method.processes;
  await sheets.open(first.file, first.id);
  review.now();
  page.dataset.ready = "true";
  page.modeler = modeler; // for who looks at the page with the browser's tools
}

async function addPhase(desk, workshop, sheets, saving) {
  await desk.collect();
  const used = desk.method.idsBeside("");
  const free = (letter) => {
    let number = 1;
    while (used.has(`${letter}${number}`) || used.has(`Process_${letter}${number}`)) number += 1;
    return `${letter}${number}`;
  };
  const id = free("P");
  let name = `${id.toLowerCase()}.bpmn`;
  while (desk.method.files.has(name)) name = `nouvelle-${name}`;
  const blank = blankPhase(id, free("T"), desk.method.roles[0] ?? ["CP", "CP"]);
  desk.method.put(name, blank.replace("<bpmn:definitions ", `<bpmn:definitions ${desk.method.head} `));
  saving.changed();
  sheets.open(name, `Process_${id}`);
}
