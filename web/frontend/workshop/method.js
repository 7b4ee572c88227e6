/** The files of the method as the page holds them: what is saved, what is changed, which processes and roles they draw. */
const BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

export class Method {
  /** `said`: what the server says of the draft. */
  constructor(said) {
    this.take(said);
  }

  take({ files, revision, head = "" }) {
    this.head = head;
    this.saved = new Map(Object.entries(files));
    this.files = new Map(this.saved);
    this.revision = revision;
    this.read = new Map([...this.files].map(([name, xml]) => [name, readFile(name, xml)]));
  }

  put(name, xml) {
    if (this.files.get(name) === xml) return;
    this.files.set(name, xml);
    this.read.set(name, readFile(name, xml));
  }

  /** What the server has now; `merged`: files that another changed meanwhile. */
  keep(sent, revision, merged) {
    for (const [name, xml] of Object.entries(sent)) this.saved.set(name, xml);
    this.revision = revision;
    for (const [name, xml] of Object.entries(merged)) {
      this.saved.set(name, xml);
      this.put(name, xml);
    }
  }

  get changed() {
    return Object.fromEntries([...this.files].filter(([name, xml]) => this.saved.get(name) !== xml));
  }

  get all() {
    return Object.fromEntries(this.files);
  }

  /** The main process first, then in the order of the files. Where none says that it is, the one that calls others. */
  get processes() {
    const found = [...this.read.values()].flatMap((each) => each.processes);
    const main = found.some((each) => each.kind === "method") ? (each) => each.kind === "method" : atTheTop(found);
    return [...found.filter(main), ...found.filter((each) => !main(each))];
  }

  get roles() {
    return this.processes.flatMap((each) => each.roles);
  }

  /** The role that does what nothing else says. */
  get lead() {
    return this.processes.map((each) => each.lead).find(Boolean) ?? "";
  }

  /** The role that decides at gates unless their owner says otherwise: never the lead's. */
  get sponsor() {
    return this.processes.map((each) => each.sponsor).find(Boolean) ?? "";
  }

  /** Those of every file but one: what the canvas shows of that one is newer. */
  idsBeside(file) {
    return new Set([...this.read].flatMap(([name, each]) => (name === file ? [] : each.ids)));
  }
}

function atTheTop(found) {
  const called = new Set(found.flatMap((each) => each.calls));
  return (each) => !called.has(each.id) && each.calls.some((id) => found.some((other) => other.id === id));
}

function readFile(name, xml) {
  const document = new DOMParser().parseFromString(xml, "application/xml");
  const processes = [...document.getElementsByTagNameNS(BPMN, "process")].map((process) => readProcess(name, process));
  return { processes, ids: [...document.querySelectorAll("[id]")].map((each) => each.id) };
}

function readProcess(file, process) {
  const said = new Map();
  for (const holder of process.children) {
    if (holder.localName !== "extensionElements") continue;
    for (const each of holder.getElementsByTagNameNS(CAMUNDA, "property")) said.set(each.getAttribute("name"), each.getAttribute("value") ?? "");
  }
  const roles = [...said].filter(([name]) => /^method\.role\.[^.]+$/.test(name ?? "")).map(([name, label]) => [name.slice(12), label]);
  return { file, id: process.id, kind: said.get("method.kind") ?? "", name: process.getAttribute("name") || poolOf(process) || process.id, english: said.get("name.en") ?? "", lead: said.get("method.lead") ?? "", sponsor: said.get("method.sponsor") ?? "", first: firstStep(process), calls: calledBy(process), roles };
}

/** The step with which a process begins; where it begins otherwise, the first that is drawn. */
function firstStep(process) {
  const within = (kind) => [...process.getElementsByTagNameNS(BPMN, kind)];
  const [start] = within("startEvent");
  const next = within("sequenceFlow").find((each) => each.getAttribute("sourceRef") === start?.id)?.getAttribute("targetRef");
  const tasks = within("userTask");
  return (tasks.find((each) => each.id === next) ?? tasks[0])?.id ?? "";
}

function poolOf(process) {
  const pools = [...process.ownerDocument.getElementsByTagNameNS(BPMN, "participant")];
  return pools.find((each) => each.getAttribute("processRef") === process.id)?.getAttribute("name");
}

/** The processes that its phases are. */
function calledBy(process) {
  return [...process.getElementsByTagNameNS(BPMN, "callActivity")].map((each) => each.getAttribute("calledElement")).filter(Boolean);
}
