"""What several pages show of the same thing: a task in a list, a person, an event.

Every page is made of frozen dataclasses: plain values, `Text` where words are bilingual, datetimes in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.computed import Pointer
from engine.drawing import Mark
from engine.words import Text


@dataclass(frozen=True, slots=True)
class ActorLine:
    id: int
    name: str
    service: str = ""  #: code of their service


@dataclass(frozen=True, slots=True)
class ServiceLine:
    code: str
    name: Text
    parent: str = ""  #: code; empty at the root


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class TaskLine:
    id: int
    code: str  #: id of the element: C3, G2
    name: Text
    kind: Literal["task", "gate", "occurrence"]
    state: Literal["open", "done", "refused", "cancelled", "missed"]
    project: int
    project_title: str
    phase: Text
    role: Text
    instance: Text  #: the service, partner or batch that this one is for; empty
    assignee: ActorLine | None
    opened_at: datetime
    due_at: datetime | None
    late: bool
    closed_at: datetime | None = None
    drafted: bool = False
    held: bool = False  #: the project is on hold: nothing is expected
    waits: tuple[Text, ...] = ()  #: roles that wait for it
    asked: Literal["", "vote", "present"] = ""  #: of this actor, at a gate that another chairs


@dataclass(frozen=True, slots=True)
class EventLine:
    number: int  #: place in the project's history, from 1
    at: datetime
    actor: str  #: name; "Jalon" for what the engine did by itself
    kind: str  #: past tense: task_completed
    text: Text  #: the sentence a person reads
    task: int | None = None  #: id of the task it is about
    digest: str = ""  #: SHA-256 that chains it to the one before


@dataclass(frozen=True, slots=True)
class CommentLine:
    id: int
    at: datetime
    author: ActorLine
    body: str  #: Markdown


@dataclass(frozen=True, slots=True)
class FileLine:
    id: int
    name: str
    size: int  #: bytes
    sha256: str
    at: datetime
    author: ActorLine
    field: str = ""  #: key of the form field it answers; empty: attached to the task
    task: int = 0
    task_name: Text = Text("")
    frozen: str = ""  #: number of the decision that froze it with its phase


@dataclass(frozen=True, slots=True)
class DueLine:
    """What will happen by itself in a project."""

    kind: Literal["drawn", "occurrence", "review", "session", "silence"]
    #: id of the timer, of the recurring activity, of the task whose opinion is awaited; empty for a review
    element: str
    name: Text
    due_at: datetime
    stopped_at: datetime | None  #: since when a hold stops it; it will move by the time of the hold
    on: str = ""  #: id of the task or phase that a drawn timer stands on; empty between two elements
    on_name: Text = Text("")
    interrupts: bool = False  #: when it fires, what it stands on is withdrawn
    process: str = ""  #: id of the process in which it is drawn


@dataclass(frozen=True, slots=True)
class WeatherLine:
    """How the lead said that the project goes."""

    weather: str  #: sunny, cloudy, rainy, stormy
    text: Text
    note: str
    at: datetime
    by: ActorLine


@dataclass(frozen=True, slots=True)
class ClockLine:
    """The clock of an asked opinion. `elapsed` = `running` + `suspended` + `held`."""

    means: Text  #: what silence means
    source: str  #: the rule that says so
    term: str  #: ISO 8601
    began_at: datetime
    ends_at: datetime | None  #: None while it stands still
    stopped: Literal["", "request", "hold"]  #: by what it stands still
    stopped_at: datetime | None
    elapsed: timedelta
    running: timedelta
    suspended: timedelta  #: by requests for information
    held: timedelta  #: by holds of the project
    deemed: bool = False  #: the answer is that of silence


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request for information before an opinion, and its answer."""

    id: int
    body: str
    by: ActorLine
    at: datetime
    answer: str
    answered_by: ActorLine | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page needs to draw a diagram: `engine.drawing.draw(diagram, process=…, marks=…)`."""

    diagram: bytes
    process: str
    title: Text
    marks: dict[str, Mark]
    near: str = ""  #: an element around which it is shown; empty: the whole


@dataclass(frozen=True, slots=True)
class ReserveLine:
    id: int
    gate: str
    gate_name: Text
    text: str
    owner: ActorLine
    due: datetime
    lifted_at: datetime | None
    proof: str
    late: bool
    may_lift: bool = False
    action: int | None = None  #: the entry by which it is followed; those set before reserves were actions have none


@dataclass(frozen=True, slots=True)
class BallotLine:
    """A ballot of a session that is closed."""

    voter: str
    opinion: str  #: favourable, unfavourable, abstention; interest: stood back
    comment: str
    by: str = ""  #: the deputy who cast it


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """A file as a decision found it."""

    file: int
    name: str
    sha256: str
    task_name: Text
    field: Text  #: label of the form field that it answers; empty: attached to the task


@dataclass(frozen=True, slots=True)
class DecisionLine:
    id: int
    number: str  #: 12-G2-1: project, gate, session
    gate: str
    gate_name: Text
    outcome: str  #: go, go_reserves, rework, hold, stop
    reason: str
    at: datetime
    by: ActorLine
    favourable: int
    unfavourable: int
    abstention: int
    eligible: int
    rule: str
    criteria: tuple[tuple[Text, str, Text], ...] = ()  #: (criterion, state, evidence)
    task: int = 0
    session: int = 1
    needed: int = 0  #: ballots that make the quorum
    without_quorum: bool = False  #: a second session decided without it
    escalated: bool = False  #: the sponsor decided, the phase having been reworked too often
    in_name_of: str = ""  #: for whom `by` decided, by mandate
    ballots: tuple[BallotLine, ...] = ()
    files: tuple[FrozenLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofLine:
    """What can be cited as evidence."""

    value: str  #: `file:12`, `task:5`, `entry:7`
    label: Text


@dataclass(frozen=True, slots=True)
class ItemLine:
    """How one line of a checklist stands beside its form: computed, vouched for, or asked to be not applicable."""

    key: str  #: `field.item`
    text: Text
    state: Literal["", "done", "not_applicable"]
    holds: bool
    remark: Text  #: what a computation found, what is awaited, or the reason
    computed: bool  #: Jalon answers it
    admin: bool  #: the administrator vouches for it
    locked: bool  #: "not applicable" needs another person's approval
    binds: bool  #: nobody may declare it not applicable
    asked: bool  #: "not applicable" awaits approval
    by: str  #: who vouched for it, or asked
    at: datetime | None
    reason: str  #: why it would not apply
    evidence: str
    refers: str  #: `file:12`, `task:5`, `entry:7`; empty for words and links
    label: Text  #: of what it refers to
    pointers: tuple[Pointer, ...]  #: what stands in the way, and where it is mended
    can: frozenset[str]  #: attest, approve


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A department's place in a project."""

    code: str
    name: Text
    mark: Literal["", "impacted", "informed", "unconcerned"]  #: empty: nothing is said of it
    above: bool = False  #: it is said of a department above it


@dataclass(frozen=True, slots=True)
class LackLine:
    """A criterion of the next gate that does not hold."""

    text: Text
    remark: Text  #: why, in words
    pointers: tuple[Pointer, ...]  #: where it is mended, and who can
    asked: bool = False  #: declared not applicable, and not approved yet
