/** Files by name in JSON on stdin -> the same as the libraries of Camunda Modeler write them for Camunda 8. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const modules = fileURLToPath(new URL("../../web/frontend/node_modules/", import.meta.url));
const { BpmnModdle } = await import(pathToFileURL(`${modules}bpmn-moddle/dist/index.js`));
const zeebe = createRequire(import.meta.url)(`${modules}zeebe-bpmn-moddle/resources/zeebe.json`);

const written = {};
for (const [name, xml] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const moddle = new BpmnModdle({ zeebe });
  const { rootElement, warnings } = await moddle.fromXML(xml);
  const { xml: saved } = await moddle.toXML(rootElement, { format: true });
  written[name] = { xml: saved, warnings: warnings.map((each) => each.message) };
}
process.stdout.write(JSON.stringify(written));
