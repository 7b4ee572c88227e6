/** What is new says this, until its owner writes otherwise: their names, and the file of a phase. */

/** In French first; English is written beside it, and is the French until then. */
export const STEP = "Nouvelle étape";
export const GATE = "Nouvelle porte";
export const PHASE = "Nouvelle phase";
export const GO = "Favorable";

const escaped = (text) => text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);

/** The file of a phase: a start, one step, an end, in the lane of a role. `role`: [id, label]. */
export function blankPhase({ id, process, name, step, role: [role, label] }) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="Definitions_${id}" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:collaboration id="Collaboration_${id}">
    <bpmn:participant id="Participant_${id}" name="${escaped(name)}" processRef="${process}" />
  </bpmn:collaboration>
  <bpmn:process id="${process}" name="${escaped(name)}" isExecutable="true">
    <bpmn:extensionElements>
      <camunda:properties>
        <camunda:property name="method.kind" value="phase" />
      </camunda:properties>
    </bpmn:extensionElements>
    <bpmn:laneSet id="LaneSet_${id}">
      <bpmn:lane id="Lane_${id}_${role}" name="${escaped(label)}">
        <bpmn:extensionElements>
          <camunda:properties>
            <camunda:property name="method.role" value="${role}" />
          </camunda:properties>
        </bpmn:extensionElements>
        <bpmn:flowNodeRef>${id}_start</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>${step}</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>${id}_end</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="${id}_start">
      <bpmn:outgoing>${id}_start_to_${step}</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="${step}" name="${STEP}" camunda:candidateGroups="${role}" camunda:dueDate="P10D">
      <bpmn:extensionElements>
        <camunda:properties>
          <camunda:property name="method.lock" value="locked" />
        </camunda:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>${id}_start_to_${step}</bpmn:incoming>
      <bpmn:outgoing>${step}_to_${id}_end</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="${id}_end">
      <bpmn:incoming>${step}_to_${id}_end</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="${id}_start_to_${step}" sourceRef="${id}_start" targetRef="${step}" />
    <bpmn:sequenceFlow id="${step}_to_${id}_end" sourceRef="${step}" targetRef="${id}_end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_${id}">
    <bpmndi:BPMNPlane id="Plane_${id}" bpmnElement="Collaboration_${id}">
      ${shape(`Participant_${id}`, 160, 80, 482, 130, ' isHorizontal="true"')}
      ${shape(`Lane_${id}_${role}`, 190, 80, 452, 130, ' isHorizontal="true"')}
      ${shape(`${id}_start`, 260, 127, 36, 36)}
      ${shape(step, 346, 105, 170, 80)}
      ${shape(`${id}_end`, 566, 127, 36, 36)}
      ${edge(`${id}_start_to_${step}`, 296, 346)}
      ${edge(`${step}_to_${id}_end`, 516, 566)}
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

const shape = (id, x, y, width, height, more = "") =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${more}><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`;
const edge = (id, from, to) =>
  `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="${from}" y="145" /><di:waypoint x="${to}" y="145" /></bpmndi:BPMNEdge>`;
