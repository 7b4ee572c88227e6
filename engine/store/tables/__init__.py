"""Every table, one module a topic. Names start with `jalon_` (docs/decisions/0004-tables.md)."""

from __future__ import annotations

from engine.store.tables.base import NAMING, NEVER, Base, Key, Moment
from engine.store.tables.gates import AssessmentRow, BallotRow, CallRow, DecisionRow, RequestRow, ReserveRow, VoteRow
from engine.store.tables.jobs import BatchRow, FailureRow, MessageRow, NoticeRow, WorkerRow
from engine.store.tables.methods import MethodDraftRow, OverlayRow, ReleaseRow
from engine.store.tables.people import (
    ActorRow,
    ChoiceRow,
    HoldingRow,
    InvitationRow,
    MandateRow,
    ServiceRow,
    SessionRow,
)
from engine.store.tables.projects import ExecutionRow, ProjectRow, StageRow, TaskRow, TimerRow
from engine.store.tables.record import ActRow, CommentRow, EventRow, FileRow
from engine.store.tables.registers import (
    BaselineRow,
    EntryRow,
    MeetingRow,
    PackRow,
    SubscriptionRow,
    SupportRow,
    WeatherRow,
)

__all__ = [
    "NAMING",
    "NEVER",
    "ActRow",
    "ActorRow",
    "AssessmentRow",
    "BallotRow",
    "Base",
    "BaselineRow",
    "BatchRow",
    "CallRow",
    "ChoiceRow",
    "CommentRow",
    "DecisionRow",
    "EntryRow",
    "EventRow",
    "ExecutionRow",
    "FailureRow",
    "FileRow",
    "HoldingRow",
    "InvitationRow",
    "Key",
    "MandateRow",
    "MeetingRow",
    "MessageRow",
    "MethodDraftRow",
    "Moment",
    "NoticeRow",
    "OverlayRow",
    "PackRow",
    "ProjectRow",
    "ReleaseRow",
    "RequestRow",
    "ReserveRow",
    "ServiceRow",
    "SessionRow",
    "StageRow",
    "SubscriptionRow",
    "SupportRow",
    "TaskRow",
    "TimerRow",
    "VoteRow",
    "WeatherRow",
    "WorkerRow",
]
