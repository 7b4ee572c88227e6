"""The diagrams of a release while they are woven: edits that keep it a drawing (what stands where: `warp`).

Every element that is added or changed is noted with its `Origin`; what nobody noted is the method's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.diagram import Diagram, Node
from engine.drawing.mending import Layout
from engine.drawing.picture import tidy
from engine.overlay import edit
from engine.overlay.warp import Warp
from engine.words import Text

Level = Literal["method", "pack", "overlay", "project"]
GATEWAYS = ("exclusiveGateway", "parallelGateway")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who drew an element, or changed it: the method, a theme, an operation of the overlay, a choice of the project."""

    level: Level
    who: str = ""  #: the release, the theme, the service
    number: int = 0  #: of the operation, from 1
    kind: str = ""  #: of the operation
    reason: str = ""


class Loom(Warp):
    def __init__(self, diagrams: Iterable[Diagram], *, drawn: bool = True) -> None:
        """`drawn`: keep the layout up; where only the meaning is asked, it costs time."""
        super().__init__(diagrams)
        self.drawn = drawn
        self.noted: dict[str, tuple[Origin, ...]] = {}
        self.gone: dict[str, Origin] = {}
        self.layouts: dict[str, Layout] = {}
        self.touched: set[str] = set()  #: files

    # --- what is noted ---

    def note(self, element: str, origin: Origin) -> None:
        self.noted[element] = (*self.noted.get(element, ()), origin)

    def touch(self, node: Node) -> None:
        self.touched.add(node.diagram.file)

    def layout(self, process: Node) -> Layout:
        if process.id not in self.layouts:
            self.layouts[process.id] = Layout(process.diagram.root.element, process.element, drawn=self.drawn)
        return self.layouts[process.id]

    def free(self, id: str) -> str:
        """`id`, or with a number behind it, that no element has."""
        known = {node.id for each in self.diagrams for node in each.root.all("*")}
        return next(each for each in (id, *(f"{id}_{number}" for number in range(2, 10_000))) if each not in known)

    # --- steps ---

    def take_out(self, id: str, origin: Origin) -> None:
        """A step with one way in and one out; a gateway that it leaves without purpose goes too."""
        process = self.holder[id]
        layout = self.layout(process)
        gone = [id, *self.unhook(process, id)]
        layout.take_out(gone)
        for each in gone:
            self.gone[each] = origin
        self.touch(process)

    def unhook(self, process: Node, id: str) -> list[str]:
        before, after = self.into(id), self.out(id)
        target = after[0].get("targetRef")
        near = {target, *(flow.get("sourceRef") for flow in before)}
        if len(before) == 1 and self._is_branch(before[0].get("sourceRef"), target):
            before[0].remove()
        else:
            for flow in before:
                flow.set("targetRef", target)
        after[0].remove()
        self.forget(id)
        for each in near:
            edit.link(process, each)
        return [gone for each in sorted(near) for gone in self.purposeless(process, each)]

    def forget(self, id: str) -> None:
        """A node, out of the process and of its lane."""
        for reference in [each for each in self.holder[id].all("flowNodeRef") if each.body == id]:
            reference.remove()
        self.nodes.pop(id).remove()
        self.holder.pop(id)

    def _is_branch(self, source: str, target: str) -> bool:
        """Would what is left be a branch of a parallel block in which nothing is done?"""
        both = all(self.nodes[each].tag == "parallelGateway" for each in (source, target))
        return both and len(self.out(source)) > 1 and len(self.into(target)) > 1

    def purposeless(self, process: Node, id: str) -> list[str]:
        node = self.nodes.get(id)
        if node is None or node.tag not in GATEWAYS or "method.kind" in node.properties:
            return []
        if len(self.into(id)) != 1 or len(self.out(id)) != 1:
            if self.into(id) or self.out(id):
                return []
        if not self.into(id):
            return []
        return [id, *self.unhook(process, id)]

    def put_in(
        self, flow: str, id: str, tag: str, role: str, origin: Origin, *, name: Text | None = None, **attributes: str
    ) -> Node:
        """A new node on a flow, in the lane of `role`, or beside what the flow leads to where that is empty."""
        process = next(each for each in self.processes.values() if any(one.id == flow for one in each.flows))
        way = next(each for each in process.flows if each.id == flow)
        source, target = way.get("sourceRef"), way.get("targetRef")
        layout = self.layout(process)
        lane, new = self._lane(process, role, target)
        made = edit.node(process, tag, id, **attributes)
        if name is not None:
            edit.rename(made, name)
        if lane is not None:
            lane.add("flowNodeRef", id)
        way.set("targetRef", id)
        onward = edit.flow(process, id, target)
        for each in (source, id, target):
            edit.link(process, each)
        self.nodes[id], self.holder[id] = made, process
        if new and lane is not None:
            layout.new_lane(lane.id)
        layout.put_in(id, tag, lane.id if lane is not None else "", target, name.fr if name is not None else "")
        self.touch(process)
        for each in (id, onward.id):
            self.note(each, origin)
        return made

    def put_beside(self, of: str, id: str, tag: str, origin: Origin, name: Text) -> Node:
        """A new node that nothing leads to yet, in the lane of another and next to it."""
        process = self.holder[of]
        made = edit.node(process, tag, id)
        edit.rename(made, name)
        lane = self._lane(process, "", of)[0]
        if lane is not None:
            lane.add("flowNodeRef", id)
        self.nodes[id], self.holder[id] = made, process
        self.layout(process).put_beside(id, tag, of, name.fr)
        self.touch(process)
        self.note(id, origin)
        return made

    def move_to(self, ids: list[str], role: str) -> None:
        """Nodes of one process, into the lane of a role."""
        process = self.holder[ids[0]]
        lane, new = self._lane(process, role, ids[0])
        if lane is None:
            return
        for reference in [each for each in process.all("flowNodeRef") if each.body in ids]:
            reference.remove()
        for id in ids:
            lane.add("flowNodeRef", id)
        layout = self.layout(process)
        if new:
            layout.new_lane(lane.id)
        layout.shift(ids, lane.id)
        self.touch(process)

    def _lane(self, process: Node, role: str, beside: str) -> tuple[Node | None, bool]:
        """The lane of a role, made where there is none; and whether it was made."""
        lanes = list(process.all("lane"))
        if not lanes:
            return None, False
        if not role:
            return next((e for e in lanes if any(r.body == beside for r in e.children("flowNodeRef"))), lanes[0]), False
        found = next((each for each in lanes if each.properties.get("method.role") == role), None)
        if found is not None:
            return found, False
        holder = lanes[-1].parent
        made = holder.add("lane", id=f"Lane_{process.id}_{role}")
        edit.rename(made, self.role_name(role))
        edit.say(made, "method.role", role)
        return made, True

    def wrap(self, id: str, when: str, origin: Origin) -> None:
        """A decision before a step, whose default flow goes round it."""
        process = self.holder[id]
        split, join = f"{id}_if", f"{id}_endif"
        lane = next((each for each in process.all("lane")
                     if any(one.body == id for one in each.children("flowNodeRef"))), None)  # fmt: skip
        role = lane.properties.get("method.role", "") if lane is not None else ""
        self.put_in(self.into(id)[0].id, split, "exclusiveGateway", role, origin)
        self.put_in(self.out(id)[0].id, join, "exclusiveGateway", role, origin)
        yes = next(each for each in process.flows if each.get("sourceRef") == split)
        round_ = edit.flow(process, split, join)
        self.name_flow(yes, Text("Oui", "Yes"), when)
        self.name_flow(round_, Text("Non", "No"))
        self.nodes[split].set("default", round_.id)
        for each in (split, join):
            edit.link(process, each)
        self.note(round_.id, origin)
        self.note(id, origin)

    def name_flow(self, flow: Node, name: Text, when: str = "") -> None:
        """And the condition on which it is taken; none: as it was."""
        edit.rename(flow, name)
        if when:
            for old in list(flow.children("conditionExpression")):
                old.remove()
            said = flow.add("conditionExpression", when)
            said.element.set(f"{{{edit.XSI}}}type", "bpmn:tFormalExpression")
        self.layout(self.holder[flow.get("sourceRef")]).name_flow(flow.id, name.fr)

    def unwrap(self, id: str, origin: Origin) -> None:
        """A conditional step becomes one that every project takes: its two gateways go, and the flow round it."""
        process = self.holder[id]
        layout = self.layout(process)
        split, join = self.into(id)[0].get("sourceRef"), self.out(id)[0].get("targetRef")
        for flow in [each for each in self.out(split) if each.get("targetRef") != id]:
            flow.remove()
        for flow in [*self.into(id), *self.out(id)]:
            for child in list(flow.children("conditionExpression")):
                child.remove()
        gone = []
        for each in (split, join):
            edit.link(process, each)
            gone += self.purposeless(process, each)
        layout.take_out(gone)
        for each in gone:
            self.gone[each] = origin
        self.touch(process)
        self.note(id, origin)

    # --- processes ---

    def drop(self, process: str, origin: Origin) -> None:
        """The file of a process that no project of this service runs."""
        node = self.processes[process]
        self.diagrams = [each for each in self.diagrams if each is not node.diagram]
        for each in node.nodes:
            self.gone[each.id] = origin
        self.gone[process] = origin
        self.touched.add(node.diagram.file)
        self.index()

    # --- the result ---

    def files(self) -> Mapping[str, bytes]:
        """The diagrams as files, those that changed written anew."""
        for layout in self.layouts.values():
            layout.write()
        found: dict[str, bytes] = {}
        for each in self.diagrams:
            if each.file in self.touched:
                tidy(each.root.element)
                found |= each.written()
            else:
                found[each.file] = each.content
        return found
