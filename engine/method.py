"""What a diagram means: a method, its phases, gates, tasks, forms, checklists and roles.

Frozen and without behaviour but look-ups. Built by `dialect`, judged by `review`, frozen into a `Release`.
Durations are ISO 8601 (`P10D`): days are working days, months calendar months (docs/reference/dialect.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from engine.words import Text

FieldType = Literal[
    "string", "textarea", "number", "money", "date", "boolean", "enum", "multiselect", "user", "users", "file",
    "table", "checklist",
]  # fmt: skip
Lock = Literal["locked", "optional", "conditional"]
Rule = Literal["chair", "majority_chair_casting", "two_thirds", "unanimity"]
#: what opens an exceptional gate where no expression does: what was promised is exceeded by more than is tolerated
TOLERANCE = "tolerance"
#: of the silence of an asked opinion
Effect = Literal["favourable", "deemed_unfavourable_continue", "escalate", "block"]
Outcome = Literal["go", "go_reserves", "rework", "hold", "stop"]
End = Literal["closed", "stopped", "dismissed"]

OUTCOMES: dict[str, Text] = {
    "go": Text("favorable", "favourable"),
    "go_reserves": Text("favorable avec réserves", "favourable with reserves"),
    "rework": Text("à reprendre", "to rework"),
    "hold": Text("suspendu", "on hold"),
    "stop": Text("arrêté", "stopped"),
}

#: what `method.meeting` of a recurring activity may say; `other` is a meeting outside any
MEETINGS: dict[str, Text] = {
    "group": Text("Groupe de projet", "Project group"),
    "follow_up": Text("Suivi des actions, risques et résistances", "Follow-up of actions, risks and resistance"),
    "committee": Text("Comité de pilotage", "Steering committee"),
    "technical": Text("Comité technique", "Technical committee"),
    "other": Text("Réunion", "Meeting"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: for messages."""

    file: str  #: name of the .bpmn file
    line: int  #: line of its opening tag, from 1
    element: str  #: its id
    column: int = 0  #: of the opening tag, from 1; 0 where nobody looked


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    name: Text
    held: Literal["project", "service", "anyone", "guest"] = "project"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: Text
    type: str = "text"  #: text, textarea, number, money, date, select, user, boolean
    required: bool = False
    options: tuple[Option, ...] = ()
    confidential: bool = False  #: as of a field
    feeds: str = ""  #: field of the register that its table feeds


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    key: str
    text: Text
    proof: Literal["person", "record", "admin"] = "person"
    computed: str = ""  #: the computation that answers it (engine.computations); empty: a person, or the administrator
    evidence: bool = False  #: a tick needs evidence
    locked: bool = False  #: "not applicable" needs the approval of another person


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    type: FieldType
    label: Text
    help: Text = Text("")
    required: bool = False
    source: str = ""  #: where the choices come from: services, objectives, …, or `<task>.<field>`
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    items: tuple[Item, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    shortest: int | None = None  #: characters
    longest: int | None = None  #: characters
    fewest_rows: int = 0
    rows: tuple[tuple[Text, ...], ...] = ()  #: of a table: what it proposes, cell by cell in the order of its columns
    register: str = ""  #: of a table: each row is an entry of it, once the task is completed (engine.feeding)
    confidential: bool = False  #: lead, sponsor and who fills it in alone read it (engine.confidential)


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold between the answers of a form."""

    field: str  #: the field beside which a refusal stands
    rule: str  #: FEEL over the answers
    message: Text


@dataclass(frozen=True, slots=True)
class Silence:
    """What follows where an opinion that is asked does not come in time, and the rule that says so."""

    effect: Effect
    source: str = ""
    after: str = ""  #: ISO 8601, or FEEL over the answers as far as they are written; empty: the due date
    answers: tuple[tuple[str, str], ...] = ()  #: (field, option): what is then deemed to have been answered

    @property
    def deems(self) -> bool:
        """Does it stand for an answer, so that the project goes on?"""
        return self.effect in ("favourable", "deemed_unfavourable_continue")


@dataclass(frozen=True, slots=True)
class Task:
    id: str
    name: Text
    role: str
    phase: str  #: id of its phase, or of its recurring activity
    place: Place
    help: Text = Text("")  #: Markdown
    form: tuple[Field, ...] = ()
    lock: Lock = "locked"
    tailor: frozenset[str] = frozenset()
    due: str = ""  #: ISO 8601 duration after opening; empty: no deadline
    each: Literal["", "service", "partner", "batch"] = ""
    collection: str = ""  #: variable with one value for each instance
    never: str = ""  #: role whose holders may not do it
    sets: tuple[tuple[str, str], ...] = ()  #: (variable, FEEL over the answers)
    checks: tuple[Check, ...] = ()
    silence: Silence | None = None  #: of an opinion that is asked
    waits: tuple[str, ...] = ()  #: roles of the steps that come next: whom this task keeps waiting
    template: str = ""  #: the document that it starts from

    def field(self, key: str) -> Field | None:
        return next((each for each in self.form if each.key == key), None)


@dataclass(frozen=True, slots=True)
class Criterion:
    key: str
    text: Text
    computed: str = ""  #: the computation that answers it (engine.computations); empty: a person says so
    evidence: bool = False  #: "met" needs evidence
    locked: bool = True  #: "not applicable" needs the approval of another person


@dataclass(frozen=True, slots=True)
class Gate:
    id: str
    name: Text
    phase: str  #: id of the phase that it ends
    place: Place
    chair: str
    voters: tuple[str, ...]
    quorum: Decimal
    rule: Rule
    outcomes: tuple[Outcome, ...]
    criteria: tuple[Criterion, ...]
    help: Text = Text("")
    rework_max: int = 3
    landing: str = ""  #: the step to which a rework returns
    silence: str = "escalate"
    due: str = ""
    lock: Lock = "locked"
    second: str = ""  #: without its quorum, a second session so long after it is called; empty: none
    second_free: bool = False  #: the second session decides without quorum
    baseline: tuple[tuple[str, str], ...] = ()  #: (end, cost, scope, milestones, tolerances; FEEL): a go promises
    tolerance: tuple[tuple[str, str], ...] = ()  #: (delay: working days; delay_share, cost: per cent; number)
    outgrown: str = ""  #: FEEL over what forms answer: the project is too big for its method
    larger: str = ""  #: id of the method in which it then goes on


@dataclass(frozen=True, slots=True)
class Phase:
    id: str
    name: Text
    process: str  #: id of the called process
    file: str  #: the .bpmn file that draws it
    tasks: tuple[Task, ...]
    place: Place
    help: Text = Text("")
    gate: str = ""  #: id of the gate that ends it; empty for a short closure
    short: bool = False


@dataclass(frozen=True, slots=True)
class Recurring:
    """An activity that recurs during a phase; each occurrence is an execution of its own."""

    id: str
    name: Text
    process: str
    file: str
    task: Task
    during: str  #: id of the phase on entering which the first occurrence opens
    until: str  #: id of the gate whose go or stop ends it
    every: str  #: ISO 8601 duration, or `plan`
    plan: str = ""  #: `<task>.<field>`
    meeting: str = ""  #: kind of meeting that each occurrence is (engine.meetings); empty: none
    lock: Lock = "locked"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A gate beside the main ones, with the tasks that prepare it; each opening is an execution of its own."""

    id: str  #: of its process
    phase: Phase  #: of the same id
    gate: Gate
    when: str  #: FEEL over what forms answer, or `tolerance`
    place: Place
    reads: frozenset[str] = frozenset()  #: what `when` reads

    @property
    def by_tolerance(self) -> bool:
        return self.when == TOLERANCE


@dataclass(frozen=True, slots=True)
class Timer:
    """A drawn timer: between two elements, or on a task or a phase (`on`)."""

    id: str
    name: Text
    process: str
    place: Place
    kind: Literal["timeDuration", "timeDate", "timeCycle"]
    text: str  #: ISO 8601, or FEEL whose value is that (engine.moments)
    working: bool = False  #: its days are working days of the organisation
    on: str = ""
    interrupts: bool = True


@dataclass(frozen=True)
class Method:
    id: str
    version: str
    name: Text
    process: str
    file: str  #: the main .bpmn file
    roles: tuple[Role, ...]
    phases: tuple[Phase, ...]  #: in the order drawn; the short closure last
    gates: tuple[Gate, ...]
    lead: str
    sponsor: str
    help: Text = Text("")
    owner: str = ""
    result: str = ""  #: role that keeps the result once the project is over; empty: the sponsor
    recurring: tuple[Recurring, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    timers: tuple[Timer, ...] = ()
    ends: tuple[tuple[str, End], ...] = ()  #: (id of the end event, what it means)
    reads: frozenset[str] = field(default_factory=frozenset)  #: variables that expressions read
    #: (variable, phases in whose process it is read; "" where another process reads it)
    readers: tuple[tuple[str, frozenset[str]], ...] = ()

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Every task by id, the recurring ones and those of exceptions too."""
        drawn = [task for phase in (*self.phases, *(each.phase for each in self.exceptions)) for task in phase.tasks]
        return {task.id: task for task in [*drawn, *(each.task for each in self.recurring)]}

    @cached_property
    def gate(self) -> dict[str, Gate]:
        """Every gate by id, the exceptional ones too."""
        return {gate.id: gate for gate in (*self.gates, *(each.gate for each in self.exceptions))}

    @cached_property
    def phase(self) -> dict[str, Phase]:
        """Every phase by id, and each exception as one."""
        return {phase.id: phase for phase in (*self.phases, *(each.phase for each in self.exceptions))}

    @cached_property
    def intake(self) -> Phase | None:
        """The phase that advises a method (a field chooses among them): its gate freezes theme, method and choices."""
        advises = (each for each in self.phases if any(f.source == "methods" for task in each.tasks for f in task.form))
        return next(advises, None)

    @cached_property
    def exception(self) -> dict[str, Exceptional]:
        return {each.id: each for each in self.exceptions}

    @cached_property
    def by_tolerance(self) -> Exceptional | None:
        """The exception that a deviation from the baseline opens."""
        return next((each for each in self.exceptions if each.by_tolerance), None)

    @cached_property
    def short_closure(self) -> Phase | None:
        return next((phase for phase in self.phases if phase.short), None)

    @cached_property
    def recurs(self) -> frozenset[str]:
        """The processes of recurring activities."""
        return frozenset(each.process for each in self.recurring)

    @cached_property
    def role(self) -> dict[str, Role]:
        return {role.id: role for role in self.roles}

    @cached_property
    def timer(self) -> dict[str, Timer]:
        return {timer.id: timer for timer in self.timers}

    @cached_property
    def end(self) -> dict[str, End]:
        return dict(self.ends)

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The roles that steer, decide or bar: every act on a task looks at who holds them."""
        gates = {role for gate in self.gate.values() for role in (gate.chair, *gate.voters)}
        barring = {task.never for task in self.tasks.values()}
        return frozenset(self.role) & ({self.lead, self.sponsor} | gates | barring)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The roles without which a project cannot start: the lead, the sponsor, those of gates and of locked tasks.

        Not those found elsewhere: one per service, guests, anyone.
        """
        found = {self.lead, self.sponsor}
        for gate in self.gate.values():
            found |= {gate.chair, *gate.voters}
        for phase in self.phases:
            found |= {task.role for task in phase.tasks if task.lock == "locked" and not task.each}
        return frozenset(each for each in found if each in self.role and self.role[each].held == "project")

    def name_of(self, element: str) -> Text:
        """The name of a task, gate, phase or timer; the id itself where the method has none such, or no name for it."""
        places: tuple[Mapping[str, Task | Gate | Phase | Timer], ...] = (self.tasks, self.gate, self.phase, self.timer)
        found = next((each[element] for each in places if element in each), None)
        return found.name if found and found.name else Text(element)
