"""The token game of BPMN 2.0 (chapter 13), played on the XML of a file, with nothing of the engine.

What comes from outside (work that is done, delays, messages) comes when the player says so; which way decisions go is
drawn by lot, and kept in `taken`, so that another can be told to go the same way. What the game does not know raises
`Beyond`.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

WAITS = ("userTask", "serviceTask", "sendTask", "businessRuleTask", "scriptTask", "receiveTask")
PASSES = ("task", "manualTask", "startEvent", "intermediateThrowEvent")
ACTIVITIES = (*WAITS, "task", "manualTask", "subProcess", "transaction", "callActivity")
NODES = (
    *ACTIVITIES, "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway",
    "adHocSubProcess",
)  # fmt: skip
WRITTEN_OUT = re.compile(r"P\w+|\d{4}-\d\d.*")
MOST_TOKENS, MOST_STEPS, MOST_INSIDE = 40, 400, 12


class Beyond(Exception):
    """Something is drawn that this game does not know."""


def tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def children(element: Element, *tags: str) -> list[Element]:
    return [each for each in element if isinstance(each.tag, str) and tag(each) in tags]


def events(element: Element) -> list[Element]:
    return [each for each in element if isinstance(each.tag, str) and tag(each).endswith("EventDefinition")]


def kind(element: Element) -> str:
    """What an event is about; empty where it is about nothing."""
    found = events(element)
    if len(found) > 1:
        raise Beyond("several events")
    return tag(found[0]).removesuffix("EventDefinition") if found else ""


def waits_beside(element: Element) -> bool:
    """An event sub-process; the attribute is of no other element (BPMN 2.0, table 10.20)."""
    return tag(element) in ("subProcess", "transaction") and element.get("triggeredByEvent") == "true"


@dataclass(eq=False)
class Token:
    """A token that waits on a node, perhaps for what goes on inside."""

    node: Element
    scope: Scope
    inside: Scope | None = None
    alarms: list[Element] = field(default_factory=list)  #: on its border, that still wait
    begins: Element | None = None  #: the event sub-process of which it is the start


class Scope:
    """One execution of a process or sub-process."""

    def __init__(self, drawn: Element, game: Game, around: Token | None = None) -> None:
        self.drawn = drawn
        self.game = game
        self.around = around
        nodes = children(drawn, *NODES)
        self.nodes = {each.get("id", ""): each for each in nodes if not waits_beside(each)}
        self.listening = [self.listener(each) for each in nodes if waits_beside(each)]
        flows = [each for each in children(drawn, "sequenceFlow") if each.get("sourceRef") in self.nodes]
        self.flows = [each for each in flows if each.get("targetRef") in self.nodes]
        self.depth: int = around.scope.depth + 1 if around is not None else 0
        self.tokens: list[Token] = []
        self.arrived: Counter[str] = Counter()  #: tokens at gateways that join, by flow

    # --- the drawing ---

    def out(self, node: Element) -> list[Element]:
        return [each for each in self.flows if each.get("sourceRef") == node.get("id")]

    def ins(self, node: Element) -> list[Element]:
        return [each for each in self.flows if each.get("targetRef") == node.get("id")]

    def border(self, node: Element) -> list[Element]:
        found = [each for each in self.nodes.values() if tag(each) == "boundaryEvent"]
        return [each for each in found if each.get("attachedToRef") == node.get("id")]

    def listener(self, drawn: Element) -> Token:
        """The start of an event sub-process (BPMN 2.0, 13.3.4): it waits as long as its scope is open."""
        starts = children(drawn, "startEvent")
        if len(starts) != 1 or kind(starts[0]) not in ("timer", "message", "signal", "error", "escalation"):
            raise Beyond("what begins an event sub-process")
        return Token(starts[0], self, begins=drawn)

    # --- moves ---

    def begin(self) -> None:
        starts = [each for each in self.nodes.values() if tag(each) == "startEvent"]
        plain = [each for each in starts if not kind(each)]
        if len(starts) > 1:
            starts = plain if self.around is None else starts
            if len(starts) != 1:
                raise Beyond("several starts")
        reached = {each.get("targetRef") for each in self.flows}
        sources = [
            each for id, each in self.nodes.items() if id not in reached and tag(each) != "boundaryEvent"
        ]  # fmt: skip
        for each in starts or sources:
            self.arrive(each)

    def arrive(self, node: Element, flow: Element | None = None) -> None:
        self.game.step()
        what = tag(node)
        if children(node, "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"):
            raise Beyond("several times")
        if node.get("isForCompensation") == "true" or what in ("complexGateway", "adHocSubProcess"):
            raise Beyond(what)
        if what == "parallelGateway" or (what == "inclusiveGateway" and len(self.ins(node)) > 1):
            if flow is None:
                self.leave(node)
                return
            self.arrived[self.game.name(flow)] += 1
            if what == "parallelGateway":
                self.join(node)
        elif what == "endEvent":
            self.end(node)
        elif what == "intermediateThrowEvent":
            self.throw(node)
        elif what in PASSES or what in ("exclusiveGateway", "inclusiveGateway"):
            self.leave(node)
        else:
            self.wait(node)

    def join(self, node: Element) -> None:
        names = [self.game.name(each) for each in self.ins(node)]
        if all(self.arrived[name] for name in names):
            self.arrived.subtract(names)
            self.leave(node)

    def wait(self, node: Element) -> None:
        if tag(node) == "intermediateCatchEvent" and kind(node) == "link":
            raise Beyond("a link that is waited for")
        if tag(node) == "eventBasedGateway" and not self.out(node):
            return
        token = Token(node, self)
        for alarm in self.border(node):
            if kind(alarm) in ("timer", "message", "signal", ""):
                token.alarms.append(alarm)
            elif kind(alarm) not in ("error", "escalation"):
                raise Beyond(f"{kind(alarm)} on a border")
        self.tokens.append(token)
        if len(self.tokens) > MOST_TOKENS:
            raise Beyond("many tokens")
        drawn = node if tag(node) in ("subProcess", "transaction") else self.game.called(node)
        if drawn is not None:
            if self.depth > MOST_INSIDE:
                raise Beyond("calls in calls")
            token.inside = Scope(drawn, self.game, token)
            token.inside.begin()

    def throw(self, node: Element) -> None:
        if kind(node) == "link":
            name = events(node)[0].get("name")
            catches = [each for each in self.nodes.values() if tag(each) == "intermediateCatchEvent"]
            catches = [each for each in catches if kind(each) == "link" and events(each)[0].get("name") == name]
            if len(catches) != 1 or not name:
                raise Beyond("links")
            self.leave(catches[0])
            return
        if kind(node) == "escalation" and self.game.escalate(self, self.game.code(events(node)[0])):
            return
        self.game.said(kind(node))
        self.leave(node)

    def end(self, node: Element) -> None:
        what = kind(node)
        if what == "terminate":
            self.game.clear(self)
        elif what == "error":
            self.game.fail(self, self.game.code(events(node)[0]))
        elif what == "escalation":
            self.game.escalate(self, self.game.code(events(node)[0]))
        else:
            self.game.said(what)

    def leave(self, node: Element) -> None:
        self.game.step()
        for flow in self.chosen(node):
            target = self.nodes[flow.get("targetRef", "")]
            self.game.ready.append((self, target, flow))

    def chosen(self, node: Element) -> list[Element]:
        out = self.out(node)
        what = tag(node)
        if what in ("exclusiveGateway", "inclusiveGateway") and out:
            return self.game.decide(node, out, most=1 if what == "exclusiveGateway" else len(out))
        asked = [
            each for each in out if children(each, "conditionExpression") and each.get("id") != node.get("default")
        ]
        if asked and not what.endswith("Gateway"):
            return self.game.decide_off_gateway(node, out, asked)
        return out

    # --- what stands still ---

    def inclusive_may_pass(self) -> bool:
        """Let one inclusive gateway pass for which nothing more can come.

        Where one that may pass leads to another that may, BPMN 2.0 (13.4.3) does not say which goes first, and what
        the first sends may be what the second must then wait for: both courses are right.
        """
        may = [(node, here) for node in self.nodes.values() if (here := self.may_pass(node))]
        for node, _ in may:
            if any(self.ways(node, other) for other, _ in may if other is not node):
                raise Beyond("inclusive gateways, one after the other")
        for node, here in may[:1]:
            self.arrived.subtract(here)
            self.leave(node)
        return bool(may)

    def may_pass(self, node: Element) -> set[str]:
        """The flows by which tokens came to an inclusive gateway that may pass; none for any other."""
        ins = [self.game.name(each) for each in self.ins(node)]
        if tag(node) != "inclusiveGateway" or len(ins) < 2:
            return set()
        here = {name for name in ins if self.arrived[name]}
        return set() if self.still_comes(node, here, set(ins) - here) else here

    def still_comes(self, join: Element, here: set[str], lacking: set[str]) -> bool:
        """BPMN 2.0, 13.4.3."""
        places = [token.node for token in self.tokens]
        for flow in self.flows:
            if self.arrived[self.game.name(flow)] and flow.get("targetRef") != join.get("id"):
                places.append(self.nodes[flow.get("targetRef", "")])
        return any(
            (ways := self.ways(place, join)) & lacking and not ways & here for place in places
        )  # fmt: skip

    def ways(self, start: Element, join: Element) -> set[str]:
        """The flows by which a token on `start` may come to `join`."""
        found: set[str] = set()
        waiting, seen = [start], {start.get("id")}
        while waiting:
            node = waiting.pop()
            following = [*self.out(node), *(flow for alarm in self.border(node) for flow in self.out(alarm))]
            for flow in following:
                target = flow.get("targetRef", "")
                if target == join.get("id"):
                    found.add(self.game.name(flow))
                elif target not in seen:
                    seen.add(target)
                    waiting.append(self.nodes[target])
        return found

    def all(self) -> Iterator[Scope]:
        """This one and all that go on inside, the innermost first."""
        for token in list(self.tokens):
            if token.inside is not None:
                yield from token.inside.all()
        yield self


class Game:
    """One execution of `process` in `file`. `over` once nothing is left in it; `stuck` when nothing can happen."""

    def __init__(self, file: bytes, process: str, lot: random.Random) -> None:
        self.root = ElementTree.fromstring(file)
        self.bring_definitions()
        self.lot = lot
        self.taken: list[str] = []  #: flows, since the last act
        self.answers: dict[str, list[Element]] = {}  #: of decisions, since the last act
        self.steps = 0
        self.ready: list[tuple[Scope, Element, Element]] = []
        self.failed = False
        self.processes = {each.get("id", ""): each for each in children(self.root, "process")}
        self.catches = {
            kind(each) for each in self.root.iter() if tag(each) in ("boundaryEvent", "intermediateCatchEvent")
        }
        beside = [each for each in self.root.iter() if waits_beside(each)]
        self.catches |= {kind(start) for each in beside for start in children(each, "startEvent")}
        for each in self.root.iter():
            if tag(each) in ("timeDuration", "timeDate") and not WRITTEN_OUT.fullmatch((each.text or "").strip()):
                raise Beyond("a moment to be computed")
            if tag(each) in ("timeCycle", "conditionalEventDefinition"):
                raise Beyond(tag(each))
        self.main = Scope(self.processes[process], self)
        self.main.begin()
        self.go_on()

    def bring_definitions(self) -> None:
        """BPMN 2.0, 10.5.1: an event has its own definitions, and those of the file that `eventDefinitionRef` names."""
        known = {each.get("id"): each for each in events(self.root)}
        for event in list(self.root.iter()):
            for reference in children(event, "eventDefinitionRef"):
                definition = known.get((reference.text or "").strip().rpartition(":")[2])
                if definition is not None:
                    event.append(definition)

    # --- what scopes ask ---

    def step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Beyond("many steps")

    def name(self, flow: Element) -> str:
        return flow.get("id") or str(id(flow))

    def called(self, node: Element) -> Element | None:
        if tag(node) != "callActivity":
            return None
        said = node.get("calledElement", "")
        if not said.replace("_", "").replace("-", "").isalnum() and said:
            raise Beyond("a call that is computed")
        return self.processes.get(said)

    def code(self, definition: Element) -> str:
        """Of an error or escalation; empty for none: that catches each (BPMN 2.0, 10.5.1), also the one without id."""
        what = tag(definition).removesuffix("EventDefinition")
        known = {each.get("id"): each for each in children(self.root, what) if each.get("id")}
        named = known.get(definition.get(f"{what}Ref"))
        return (named.get(f"{what}Code") or named.get("name") or named.get("id") or "") if named is not None else ""

    def said(self, what: str) -> None:
        if what in ("signal", "compensate", "cancel") and (what in self.catches or what[0] == "c"):
            raise Beyond(f"{what} is said and caught")

    def decide(self, node: Element, out: list[Element], most: int) -> list[Element]:
        """The same way each time within an act: who follows is told which flows, not when."""
        id = node.get("id", "")
        if id not in self.answers:
            picked = self.lot.sample(range(len(out)), self.lot.randint(1, most))
            self.answers[id] = [out[number] for number in sorted(picked)]
        self.taken += [each.get("id", "") for each in self.answers[id]]
        return self.answers[id]

    def decide_off_gateway(self, node: Element, out: list[Element], asked: list[Element]) -> list[Element]:
        """BPMN 2.0, 13.3.1 and 8.3.13: those whose conditions hold and those without; the default where none holds."""
        id = node.get("id", "")
        if id not in self.answers:
            bare = [each for each in out if each not in asked and each.get("id") != node.get("default")]
            default = [each for each in out if each not in asked and each not in bare]
            hold = self.lot.sample(asked, self.lot.randint(0 if default or bare else 1, len(asked)))
            self.answers[id] = [each for each in out if each in hold or each in bare] or default
        self.taken += [each.get("id", "") for each in self.answers[id]]
        return self.answers[id]

    def fail(self, scope: Scope, code: str) -> None:
        """An error ends all on its way out, up to an event on a border that catches it."""
        listener = self.heard_in(scope, "error", code)
        if listener is not None:
            self.begin_beside(listener)
            return
        self.clear(scope)
        token = scope.around
        if token is None:
            self.failed = True
            self.ready.clear()
            return
        alarm = self.catches_in(token, "error", code)
        if alarm is None:
            self.fail(token.scope, code)
        else:
            self.withdraw(token)
            token.scope.leave(alarm)

    def escalate(self, scope: Scope, code: str) -> bool:
        """BPMN 2.0, 10.5.1: the nearest border that catches it. True where that ends the scope in which it is said."""
        while True:
            listener = self.heard_in(scope, "escalation", code)
            if listener is not None:
                return self.begin_beside(listener)
            token = scope.around
            if token is None:
                return False
            alarm = self.catches_in(token, "escalation", code)
            if alarm is not None:
                interrupts = alarm.get("cancelActivity") != "false"
                if interrupts:
                    self.withdraw(token)
                token.scope.leave(alarm)
                return interrupts
            scope = token.scope

    def catches_in(self, token: Token, what: str, code: str) -> Element | None:
        """The event on the border of `token` that names it, else one that catches all."""
        return self.named(token.scope.border(token.node), what, code)

    def heard_in(self, scope: Scope, what: str, code: str) -> Token | None:
        heard = self.named([each.node for each in scope.listening], what, code)
        return next((each for each in scope.listening if each.node is heard), None)

    def named(self, nodes: list[Element], what: str, code: str) -> Element | None:
        codes = [(self.code(events(each)[0]), each) for each in nodes if kind(each) == what]
        return next((each for said in (code, "") for named, each in codes if named == said), None)

    def begin_beside(self, listener: Token) -> bool:
        """An event sub-process begins. True where that ends all else in its scope: an error always does (10.5.6)."""
        scope, drawn = listener.scope, listener.begins
        assert drawn is not None
        interrupts = listener.node.get("isInterrupting") != "false" or kind(listener.node) == "error"
        if interrupts:
            self.clear(scope)
        elif kind(listener.node) == "timer":
            scope.listening.remove(listener)
        token = Token(drawn, scope)
        scope.tokens.append(token)
        token.inside = Scope(drawn, self, token)
        token.inside.begin()
        return interrupts

    def clear(self, scope: Scope) -> None:
        """Nothing goes on in it any more.

        What stood ready there would have gone on had it been its turn: which is first, BPMN leaves open.
        """
        inside = set(scope.all())
        if any(each[0] in inside for each in self.ready):
            raise Beyond("what ends all else, and what goes on, at once")
        scope.tokens.clear()
        scope.listening.clear()
        scope.arrived.clear()

    def withdraw(self, token: Token) -> None:
        if token in token.scope.tokens:
            token.scope.tokens.remove(token)
        if token.inside is not None:
            self.clear(token.inside)

    # --- the player ---

    def go_on(self) -> None:
        while True:
            while self.ready:
                scope, node, flow = self.ready.pop(0)
                scope.arrive(node, flow)
            if self.failed or not any(each.inclusive_may_pass() or self.finish(each) for each in self.main.all()):
                return

    def finish(self, scope: Scope) -> bool:
        """The activity around a scope that is empty is over."""
        token = scope.around
        if token is None or scope.tokens or +scope.arrived or token not in token.scope.tokens:
            return False
        token.scope.tokens.remove(token)
        token.scope.leave(token.node)
        return True

    @property
    def over(self) -> bool:
        return self.failed or not (self.main.tokens or +self.main.arrived)

    def acts(self) -> list[tuple[str, str, Token]]:
        """What may come from outside: what, the id of the element, the token."""
        found: list[tuple[str, str, Token]] = []
        for scope in self.main.all() if not self.over else ():
            for token in scope.tokens:
                if tag(token.node) == "eventBasedGateway":
                    followers = [scope.nodes[each.get("targetRef", "")] for each in scope.out(token.node)]
                    found += [(self.how(each), each.get("id", ""), token) for each in followers]
                elif token.inside is None:
                    found.append((self.how(token.node), token.node.get("id", ""), token))
                found += [(self.how(each), each.get("id", ""), token) for each in token.alarms]
            heard = [each for each in scope.listening if kind(each.node) not in ("error", "escalation")]
            found += [(self.how(each.node), each.node.get("id", ""), each) for each in heard]
        return found

    def how(self, node: Element) -> str:
        if tag(node) in ("intermediateCatchEvent", "boundaryEvent", "startEvent"):
            return {"timer": "fire", "message": "message", "signal": "signal"}.get(kind(node), "message")
        return "complete"

    def act(self, element: str, token: Token) -> None:
        self.taken, self.answers, self.steps = [], {}, 0
        scope = token.scope
        if token.begins is not None:
            self.begin_beside(token)
            self.go_on()
            return
        node = scope.nodes[element]
        if tag(node) == "boundaryEvent":
            if node.get("cancelActivity") == "false":
                if kind(node) == "timer":
                    token.alarms.remove(node)
            else:
                self.withdraw(token)
        else:
            self.withdraw(token)
        scope.leave(node)
        self.go_on()
