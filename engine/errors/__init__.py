"""Everything that Jalon can refuse, as a tree. The message is the text that a person reads.

    JalonError
    ├── NotFound 404            what does not exist, or may not be seen: nobody learns which
    ├── SignInNeeded 401        SessionExpired, WrongPassword
    ├── NotAllowed 403          SeparationOfDuties
    ├── Conflict 409            TaskClosed, TaskTaken, StalePage, ProjectHeld, ProjectEnded, VoteClosed, KeyReused
    ├── Invalid 422             FormRefused, ReasonMissing, RoleWithoutHolder, OutcomeNotAllowed, …
    │   └── DiagramRefused 422  Unreadable, FileMissing, MethodRefused, …
    ├── TooLarge 413
    └── Unavailable 503         DatabaseGone, DiskFull, TooMuchWork

Each class says it in French and in English: what was expected, what was found, what to do. `status` is the HTTP
status; the CLI prints the same sentence and exits 1.
"""

from __future__ import annotations

from engine.errors.diagrams import (
    AnswerUnclear,
    DiagramNotDrawn,
    FileMissing,
    MethodRefused,
    ReviewStopped,
    ScenariosUnreadable,
    Unreadable,
    VersionExists,
    WarningsLeft,
)
from engine.errors.gates import (
    AlreadyVoted,
    CriteriaUnmet,
    CriterionComputed,
    InterestDeclared,
    OutcomeNotAllowed,
    QuorumNotReached,
    ReserveIncomplete,
    ReservesMissing,
    VoteClosed,
    VoteOpen,
)
from engine.errors.machine import (
    ArchiveRefused,
    DatabaseBusy,
    DatabaseGone,
    DiskFull,
    MessageNotSent,
    NotEmpty,
    NotInitialised,
    NotWritten,
    RestoreNotEmpty,
    SettingRefused,
    TooMuchWork,
    WorkerAlive,
)
from engine.errors.people import (
    OrganisationRefused,
    PasswordWeak,
    RolesIncompatible,
    RoleWithoutHolder,
    SeparationOfDuties,
    SessionExpired,
    WrongPassword,
)
from engine.errors.projects import OtherMethodAdvised, ProjectEnded, ProjectHeld, ProjectNotHeld, ReviewDateMissing
from engine.errors.registers import EntryFixed, IdeaUnanswered, ThroughGate, TransitionRefused
from engine.errors.tasks import (
    AnswerFrozen,
    AnswerSteers,
    ChoiceUnknown,
    DateInvalid,
    FileRefused,
    FormRefused,
    KeyReused,
    ReasonMissing,
    StalePage,
    TaskClosed,
    TaskTaken,
    TextRefused,
)
from engine.errors.tree import (
    Conflict,
    DiagramRefused,
    Incident,
    Invalid,
    JalonError,
    NotAllowed,
    NotFound,
    SignInNeeded,
    TooLarge,
    TooManyRequests,
    Unavailable,
)

__all__ = [
    "AlreadyVoted",
    "AnswerFrozen",
    "AnswerSteers",
    "AnswerUnclear",
    "ArchiveRefused",
    "ChoiceUnknown",
    "Conflict",
    "CriteriaUnmet",
    "CriterionComputed",
    "DatabaseBusy",
    "DatabaseGone",
    "DateInvalid",
    "DiagramNotDrawn",
    "DiagramRefused",
    "DiskFull",
    "EntryFixed",
    "FileMissing",
    "FileRefused",
    "FormRefused",
    "IdeaUnanswered",
    "Incident",
    "InterestDeclared",
    "Invalid",
    "JalonError",
    "KeyReused",
    "MessageNotSent",
    "MethodRefused",
    "NotAllowed",
    "NotEmpty",
    "NotFound",
    "NotInitialised",
    "NotWritten",
    "OrganisationRefused",
    "OtherMethodAdvised",
    "OutcomeNotAllowed",
    "PasswordWeak",
    "ProjectEnded",
    "ProjectHeld",
    "ProjectNotHeld",
    "QuorumNotReached",
    "ReasonMissing",
    "ReserveIncomplete",
    "ReservesMissing",
    "RestoreNotEmpty",
    "ReviewDateMissing",
    "ReviewStopped",
    "RoleWithoutHolder",
    "RolesIncompatible",
    "ScenariosUnreadable",
    "SeparationOfDuties",
    "SessionExpired",
    "SettingRefused",
    "SignInNeeded",
    "StalePage",
    "TaskClosed",
    "TaskTaken",
    "TextRefused",
    "ThroughGate",
    "TooLarge",
    "TooManyRequests",
    "TooMuchWork",
    "TransitionRefused",
    "Unavailable",
    "Unreadable",
    "VersionExists",
    "VoteClosed",
    "VoteOpen",
    "WarningsLeft",
    "WorkerAlive",
    "WrongPassword",
]
