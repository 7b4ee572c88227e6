"""Jalon's engine: the river, in order, and its face.

diagram -> method -> (overlay ->) woven release -> project -> command -> step -> rows -> page

    diagram     a .bpmn file, read safely            method      what it means: phases, gates, tasks, roles
    dialect     attributes <-> the method            review      what is drawn wrong, where, how to mend it
    release     frozen under its content's hash      execution   SpiffWorkflow, behind bytes and a Step
    commands    one verb a file                      store       tables; the projection of a Step into rows
    queries     one page a file                      engine      execute(command) and read(query)

The web and the CLI import this module and nothing behind it. A name is loaded when it is first asked for (`lazily`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.lazily import lazily

if TYPE_CHECKING:
    from engine.answers import MOST_ROWS
    from engine.backup import BackedUp, Restored, back_up, restore
    from engine.beside import SCENARIOS, is_form, is_scenarios
    from engine.commands.amend_method_draft import AmendMethodDraft, MethodDraftAmended
    from engine.commands.amend_overlay import AmendOverlay, OverlayAmended
    from engine.commands.answer_idea import AnswerIdea
    from engine.commands.answer_request import AnswerRequest
    from engine.commands.appoint import Appoint
    from engine.commands.approve_not_applicable import ApproveNotApplicable
    from engine.commands.approve_overlay import ApproveOverlay, OverlayDecided
    from engine.commands.ask_more_time import AskMoreTime
    from engine.commands.ask_not_applicable import AskNotApplicable
    from engine.commands.ask_review_of import AskReviewOf
    from engine.commands.assess_criterion import AssessCriterion
    from engine.commands.assign_task import AssignTask
    from engine.commands.attach_file import Attached, AttachFile
    from engine.commands.attest_item import AttestItem
    from engine.commands.call_meeting import Called, CallMeeting
    from engine.commands.call_reviews import CallReviews
    from engine.commands.call_second_session import CallSecondSession
    from engine.commands.carry_out_item import CarryOutItem
    from engine.commands.cast_vote import CastVote
    from engine.commands.change_entry import ChangeEntry
    from engine.commands.change_password import ChangePassword
    from engine.commands.check_tolerances import Checked, CheckTolerances
    from engine.commands.choose_for_project import ChooseForProject, ChosenForProject
    from engine.commands.claim_task import ClaimTask
    from engine.commands.close_entry import CloseEntry
    from engine.commands.close_meeting import CloseMeeting
    from engine.commands.close_vote import CloseVote
    from engine.commands.comment_on import Commented, CommentOn
    from engine.commands.complete_task import Completed, CompleteTask
    from engine.commands.continue_in_method import Continued, ContinueInMethod
    from engine.commands.correct_answer import CorrectAnswer
    from engine.commands.correct_decision import CorrectDecision
    from engine.commands.decide_gate import Decided, DecideGate, Reserve
    from engine.commands.declare_interest import DeclareInterest
    from engine.commands.describe_method_draft import DescribeMethodDraft
    from engine.commands.detach_file import DetachFile
    from engine.commands.draft_overlay import DraftOverlay, OverlayDrafted
    from engine.commands.drop_method_draft import DropMethodDraft
    from engine.commands.end_mandate import EndMandate
    from engine.commands.entrust_all import BatchBegun, EntrustAll
    from engine.commands.escalate_ideas import EscalateIdeas, IdeasEscalated
    from engine.commands.find_dormant import FindDormant
    from engine.commands.fire_timer import Fired, FireTimer
    from engine.commands.follow_up import FollowUp
    from engine.commands.gather_digest import GatherDigest
    from engine.commands.gather_reminders import Gathered, GatherReminders
    from engine.commands.grant_mandate import Granted, GrantMandate
    from engine.commands.grant_time import GrantTime
    from engine.commands.hand_over import HandOver
    from engine.commands.hold_project import HoldProject
    from engine.commands.invite_guest import Invited, InviteGuest
    from engine.commands.keep_scenario import KeepScenario, ScenarioKept
    from engine.commands.lift_reserve import LiftReserve
    from engine.commands.load_organisation import Loaded, LoadOrganisation
    from engine.commands.mark_services import MarkServices
    from engine.commands.migrate_project import Migrated, MigrateProject
    from engine.commands.migrate_projects import MigrateProjects
    from engine.commands.move_entry import MoveEntry
    from engine.commands.name_holders import NameHolders
    from engine.commands.open_entry import EntryOpened, OpenEntry
    from engine.commands.open_link import LinkOpened, OpenLink
    from engine.commands.open_method_draft import MethodDraftOpened, OpenMethodDraft
    from engine.commands.publish_method import Published, PublishMethod
    from engine.commands.publish_method_draft import PublishMethodDraft
    from engine.commands.publish_pack import PackPublished, PublishPack
    from engine.commands.rebase_overlay import OverlayRebased, RebaseOverlay
    from engine.commands.refuse_task import RefuseTask
    from engine.commands.release_task import ReleaseTask
    from engine.commands.remove_guest import RemoveGuest
    from engine.commands.remove_scenario import RemoveScenario
    from engine.commands.rename_scenario import RenameScenario
    from engine.commands.report_evaluation import ReportEvaluation
    from engine.commands.report_weather import ReportWeather
    from engine.commands.request_information import Requested, RequestInformation
    from engine.commands.request_overlay import RequestOverlay
    from engine.commands.restart_job import RestartJob
    from engine.commands.resume_project import ResumeProject
    from engine.commands.retire_release import RetireRelease
    from engine.commands.revert_migration import Reverted, RevertMigration
    from engine.commands.review_method_draft import ReviewMethodDraft
    from engine.commands.revoke_invitation import RevokeInvitation
    from engine.commands.save_draft import SaveDraft
    from engine.commands.save_method_draft import MethodDraftSaved, SaveMethodDraft
    from engine.commands.score_resistance import ScoreResistance
    from engine.commands.send_reminders import Reminded, SendReminders
    from engine.commands.set_language import SetLanguage
    from engine.commands.sign_in import SignedIn, SignIn
    from engine.commands.start_from_idea import StartFromIdea
    from engine.commands.start_project import Started, StartProject
    from engine.commands.subscribe_to import SubscribeTo
    from engine.commands.support_idea import SupportIdea
    from engine.commands.support_release import SupportRelease
    from engine.commands.take_entry import TakeEntry
    from engine.commands.take_minutes import Line, TakeMinutes
    from engine.commands.transfer_action import TransferAction
    from engine.computations import COMPUTATIONS, Computation
    from engine.computed import Pointer
    from engine.doctor import Examined, examine
    from engine.dossier.proof import Flaw, Proof
    from engine.dossier.proof import prove as verify_dossier
    from engine.drawing import Mark, draw, has_layout, lay_out
    from engine.durations import duration
    from engine.engine import SYSTEM, Engine
    from engine.errors import (
        ActionsOpen,
        AlreadyVoted,
        AnswerFrozen,
        AnswerSteers,
        AnswerUnclear,
        ApprovedByRequester,
        ArchiveRefused,
        ArchiveUnreadable,
        BallotCast,
        CatchUpOpen,
        ChoicesFrozen,
        ChoicesUnsigned,
        ChoiceUnknown,
        ClockFixed,
        ClosingRefused,
        Conflict,
        ConflictsLeft,
        CriteriaUnmet,
        CriterionComputed,
        DatabaseBusy,
        DatabaseGone,
        DateInvalid,
        DeviationExpired,
        DiagramNotDrawn,
        DiagramRefused,
        DiskFull,
        DossierUnreadable,
        DraftClosed,
        DraftExists,
        DraftMoved,
        DraftNewer,
        DraftNotReviewed,
        EntryFixed,
        EvidenceMissing,
        EvidenceRefused,
        ExceptionOpen,
        FileFrozen,
        FileMissing,
        FileNamedTwice,
        FileRefused,
        FormRefused,
        GuestImpossible,
        IdeaUnanswered,
        Incident,
        InterestDeclared,
        Invalid,
        ItemInForm,
        JalonError,
        KeyReused,
        LineIncomplete,
        LinkExpired,
        LinkForOther,
        LinkOver,
        LinkRefused,
        LinkRevoked,
        LinkUnknown,
        MandateImpossible,
        MeetingClosed,
        MessageNotSent,
        MethodNameless,
        MethodOutgrown,
        MethodPublished,
        MethodRefused,
        MethodRetired,
        MethodsShareSteps,
        NobodyPresent,
        NobodyToReview,
        NoClock,
        NoDiagram,
        NoMandate,
        NoProcess,
        NoSecondSession,
        NotAllowed,
        NotEmpty,
        NotFound,
        NothingAsked,
        NothingNew,
        NotInitialised,
        NotReversible,
        NotWritten,
        NumberInvalid,
        NumberTooSmall,
        OrganisationRefused,
        OtherMethodAdvised,
        OutcomeNotAllowed,
        OutlineRefused,
        OverlayEdited,
        OverlayFixed,
        OverlayForAnotherVersion,
        OverlayRefused,
        OverlayUnreadable,
        OwnRequest,
        PackExists,
        PackRefused,
        PasswordWeak,
        ProjectEnded,
        ProjectHeld,
        ProjectNotHeld,
        QuorumNotReached,
        QuorumReached,
        ReasonMissing,
        ReleaseSame,
        RequestAnswered,
        ReserveIncomplete,
        ReservesMissing,
        ReserveStands,
        RestoreNotEmpty,
        ReviewDateMissing,
        ReviewedByEditor,
        ReviewNotAsked,
        ReviewStopped,
        ReviewTooEarly,
        RolesIncompatible,
        RoleWithoutHolder,
        SameMethod,
        ScenarioNamed,
        ScenarioNameless,
        ScenarioNotEdited,
        ScenariosUnreadable,
        ScriptInside,
        SecondSessionCalled,
        SeparationOfDuties,
        SessionExpired,
        SettingRefused,
        SignInNeeded,
        StalePage,
        StartIncomplete,
        StepsStuck,
        TailoringBehind,
        TaskClosed,
        TaskTaken,
        TextRefused,
        ThroughGate,
        TooLarge,
        TooManyRequests,
        TooMuchWork,
        TransitionRefused,
        Unavailable,
        Unreadable,
        VersionExists,
        VersionTooSmall,
        VoteClosed,
        VoteOpen,
        WarningsLeft,
        WeaveRefused,
        WorkerAlive,
        WrongPassword,
    )
    from engine.evaluation import HELD as EVALUATIONS
    from engine.jobs.due import run_due
    from engine.jobs.runner import Pace, Runner
    from engine.method import (
        MEETINGS,
        OUTCOMES,
        Column,
        Criterion,
        Exceptional,
        Field,
        Gate,
        Item,
        Method,
        Option,
        Phase,
        Recurring,
        Role,
        Task,
    )
    from engine.normalise import DIALECTS
    from engine.overlay import Certificate, Entry, Grant, Question, Rebased, Woven, certify, check_version, release_of
    from engine.overlay import read as read_overlay
    from engine.overlay import rebase as rebase_overlay
    from engine.overlay import weave as weave_method
    from engine.overlay import write as write_overlay
    from engine.pack_file import read_pack
    from engine.packs import Indicator, LegalReminder, Term
    from engine.process import settle
    from engine.queries.accepted import AcceptedLine
    from engine.queries.around_gate import GateBeside, RiskLine
    from engine.queries.choices_page import ChoicesOf, ChoicesPage, ChosenLine, MayChoose
    from engine.queries.compliance import Compliance, ComplianceLine, CompliancePage, ReasonLine
    from engine.queries.consequences import Consequences, DeadlineLine
    from engine.queries.criteria import CriterionLine
    from engine.queries.deviations import DeviationGroup, DeviationLine, Deviations, DeviationsPage
    from engine.queries.draft_review import DraftExpression, DraftExpressionPage, DraftFindings, DraftFindingsPage
    from engine.queries.draft_ways import DraftWay
    from engine.queries.entrust_page import EntrustPage, EntrustPageOf
    from engine.queries.entry_form import EntryForm, EntryFormOf
    from engine.queries.entry_lines import EntryLine, SaidLine
    from engine.queries.entry_page import EntryPage, EntryPageOf, MoveLine, OriginLine, ScoreLine
    from engine.queries.gate_dossier import GateDossier, GateDossierPage
    from engine.queries.gate_page import DeliverableLine, GatePage, GatePageOf, OutcomeLine, VoterLine
    from engine.queries.gate_registers import GateRegisters, GateRegistersPage
    from engine.queries.guests import Guests, GuestsPage, InvitationLine
    from engine.queries.history import History, HistoryPage
    from engine.queries.holders import HolderLine, HoldersOf, HoldersPage
    from engine.queries.jobs import BatchLine, FailureLine, Jobs, JobsPage, MessageLine, TimerLine, WorkerLine
    from engine.queries.lines import (
        ActorLine,
        BallotLine,
        ChoiceLine,
        CommentLine,
        DecisionLine,
        Drawing,
        DueLine,
        EventLine,
        FileLine,
        FrozenLine,
        ItemLine,
        LackLine,
        MarkLine,
        ProofLine,
        ReserveLine,
        ServiceLine,
        TaskLine,
        WeatherLine,
    )
    from engine.queries.mandates import MandateLine, Mandates, MandatesPage
    from engine.queries.meeting_page import (
        AgendaLine,
        AgendaPart,
        AttendanceLine,
        MeetingLine,
        MeetingPage,
        MeetingPageOf,
        Meetings,
        MeetingsPage,
        SentLine,
    )
    from engine.queries.method_drafts import (
        MethodDraftArchive,
        MethodDraftFiles,
        MethodDraftLine,
        MethodDraftOf,
        MethodDraftPage,
        MethodDrafts,
        MethodDraftsPage,
        MethodToTakeUp,
    )
    from engine.queries.method_in_use import InUsePage, LessonLine, MethodInUse, StepUse
    from engine.queries.method_outline import MethodOutline, MethodOutlineOf
    from engine.queries.method_page import MethodLine, MethodPage, MethodPageOf, Methods, MethodsPage, TailoredLine
    from engine.queries.method_sheet import MethodSheet, MethodSheetPage
    from engine.queries.migration_page import MigrationLine, MigrationsOf, MigrationsPage, MovedLine, TurnLine
    from engine.queries.my_entries import MyEntries, MyEntriesPage
    from engine.queries.my_reviews import MyReviews, MyReviewsPage, ReviewLine
    from engine.queries.my_tailorings import MyTailorings, MyTailoringsPage, TailoringLine
    from engine.queries.my_tasks import MyTasks, MyTasksPage
    from engine.queries.people_page import Download, DownloadPage, Me, MePage, People, PeoplePage, PersonLine
    from engine.queries.project_page import ProjectPage, ProjectPageOf
    from engine.queries.project_people import OccurrenceLine, RoleLine
    from engine.queries.project_phases import ExceptionLine, GateStep, PhaseStep
    from engine.queries.project_promises import BaselineLine, EvaluationLine
    from engine.queries.projects import ProjectLine, Projects, ProjectsPage
    from engine.queries.publication import ChangedLine, PairLine, PublicationOf, PublicationPage, ScenariosNote
    from engine.queries.rebase_of import ConflictLine, RebaseOf, RebaseOfPage
    from engine.queries.rebase_report import RebaseLine, RebasePage, RebaseReport
    from engine.queries.register_page import (
        LateLine,
        RegisterPage,
        RegisterPageOf,
        RegistersOf,
        RegistersPage,
        RegisterTab,
    )
    from engine.queries.scenarios_page import ScenarioLine, ScenariosOf, ScenariosPage
    from engine.queries.service_page import AskedLine, NextLine, ServicePage, ServicePageOf, Services, ServicesPage
    from engine.queries.start_page import MethodChoice, RoleAsked, StartPage, StartPageOf
    from engine.queries.strategy import (
        MatrixLine,
        MatrixPage,
        ObjectiveLine,
        ObjectivePage,
        ObjectivePageOf,
        StrandLine,
        StrandPage,
        StrandPageOf,
        Strategy,
        StrategyMatrix,
        StrategyPage,
    )
    from engine.queries.succession import EntryOfIt, MeetingOfIt, SuccessionPage, SuccessionPageOf
    from engine.queries.tailoring import ChangeLine, OverlayLine, TailoringOf, TailoringPage
    from engine.queries.tailoring_parts import PartLine
    from engine.queries.tailorings import CellLine, TailoringRow, TailoringsOf, TailoringsPage
    from engine.queries.task_form import TaskForm, TaskFormOf, TaskLineOf
    from engine.queries.task_page import ReminderLine, TaskPage, TaskPageOf
    from engine.queries.task_paper import TaskPaper, TaskPaperPage
    from engine.queries.themes import AddedLine, ThemeLine, Themes, ThemesOf, ThemesPage
    from engine.queries.try_page import TriedTask, TriedTimer, TryMethodDraft, TryPage
    from engine.review import Finding, Reviewed, in_words
    from engine.review import plain as finding_as_json
    from engine.review import review as review_method
    from engine.review.reading import review_apart
    from engine.review.repaired import Mended, mended
    from engine.scenarios import Coverage, Missed, Tested, Verdict, marks_after, run_cases, run_scenarios
    from engine.scenarios.kept import Ran
    from engine.scenarios.taken import TakenLine
    from engine.scenarios.trying import NextStep
    from engine.sessions import SessionLine, Sessions
    from engine.weather import WEATHERS
    from engine.words import LANGUAGES, Language, Text
    from engine.workshop import Drawn, export_for_camunda_8, method_of
    from engine.workshop.numbering import numbered
else:
    __getattr__ = lazily(__name__, __file__, globals())

__all__ = [
    "COMPUTATIONS",
    "DIALECTS",
    "EVALUATIONS",
    "LANGUAGES",
    "MEETINGS",
    "MOST_ROWS",
    "OUTCOMES",
    "SCENARIOS",
    "SYSTEM",
    "WEATHERS",
    "AcceptedLine",
    "ActionsOpen",
    "ActorLine",
    "AddedLine",
    "AgendaLine",
    "AgendaPart",
    "AlreadyVoted",
    "AmendMethodDraft",
    "AmendOverlay",
    "AnswerFrozen",
    "AnswerIdea",
    "AnswerRequest",
    "AnswerSteers",
    "AnswerUnclear",
    "Appoint",
    "ApproveNotApplicable",
    "ApproveOverlay",
    "ApprovedByRequester",
    "ArchiveRefused",
    "ArchiveUnreadable",
    "AskMoreTime",
    "AskNotApplicable",
    "AskReviewOf",
    "AskedLine",
    "AssessCriterion",
    "AssignTask",
    "AttachFile",
    "Attached",
    "AttendanceLine",
    "AttestItem",
    "BackedUp",
    "BallotCast",
    "BallotLine",
    "BaselineLine",
    "BatchBegun",
    "BatchLine",
    "CallMeeting",
    "CallReviews",
    "CallSecondSession",
    "Called",
    "CarryOutItem",
    "CastVote",
    "CatchUpOpen",
    "CellLine",
    "Certificate",
    "ChangeEntry",
    "ChangeLine",
    "ChangePassword",
    "ChangedLine",
    "CheckTolerances",
    "Checked",
    "ChoiceLine",
    "ChoiceUnknown",
    "ChoicesFrozen",
    "ChoicesOf",
    "ChoicesPage",
    "ChoicesUnsigned",
    "ChooseForProject",
    "ChosenForProject",
    "ChosenLine",
    "ClaimTask",
    "ClockFixed",
    "CloseEntry",
    "CloseMeeting",
    "CloseVote",
    "ClosingRefused",
    "Column",
    "CommentLine",
    "CommentOn",
    "Commented",
    "CompleteTask",
    "Completed",
    "Compliance",
    "ComplianceLine",
    "CompliancePage",
    "Computation",
    "Conflict",
    "ConflictLine",
    "ConflictsLeft",
    "Consequences",
    "ContinueInMethod",
    "Continued",
    "CorrectAnswer",
    "CorrectDecision",
    "Coverage",
    "CriteriaUnmet",
    "Criterion",
    "CriterionComputed",
    "CriterionLine",
    "DatabaseBusy",
    "DatabaseGone",
    "DateInvalid",
    "DeadlineLine",
    "DecideGate",
    "Decided",
    "DecisionLine",
    "DeclareInterest",
    "DeliverableLine",
    "DescribeMethodDraft",
    "DetachFile",
    "DeviationExpired",
    "DeviationGroup",
    "DeviationLine",
    "Deviations",
    "DeviationsPage",
    "DiagramNotDrawn",
    "DiagramRefused",
    "DiskFull",
    "DossierUnreadable",
    "Download",
    "DownloadPage",
    "DraftClosed",
    "DraftExists",
    "DraftExpression",
    "DraftExpressionPage",
    "DraftFindings",
    "DraftFindingsPage",
    "DraftMoved",
    "DraftNewer",
    "DraftNotReviewed",
    "DraftOverlay",
    "DraftWay",
    "Drawing",
    "Drawn",
    "DropMethodDraft",
    "DueLine",
    "EndMandate",
    "Engine",
    "EntrustAll",
    "EntrustPage",
    "EntrustPageOf",
    "Entry",
    "EntryFixed",
    "EntryForm",
    "EntryFormOf",
    "EntryLine",
    "EntryOfIt",
    "EntryOpened",
    "EntryPage",
    "EntryPageOf",
    "EscalateIdeas",
    "EvaluationLine",
    "EventLine",
    "EvidenceMissing",
    "EvidenceRefused",
    "Examined",
    "ExceptionLine",
    "ExceptionOpen",
    "Exceptional",
    "FailureLine",
    "Field",
    "FileFrozen",
    "FileLine",
    "FileMissing",
    "FileNamedTwice",
    "FileRefused",
    "FindDormant",
    "Finding",
    "FireTimer",
    "Fired",
    "Flaw",
    "FollowUp",
    "FormRefused",
    "FrozenLine",
    "Gate",
    "GateBeside",
    "GateDossier",
    "GateDossierPage",
    "GatePage",
    "GatePageOf",
    "GateRegisters",
    "GateRegistersPage",
    "GateStep",
    "GatherDigest",
    "GatherReminders",
    "Gathered",
    "Grant",
    "GrantMandate",
    "GrantTime",
    "Granted",
    "GuestImpossible",
    "Guests",
    "GuestsPage",
    "HandOver",
    "History",
    "HistoryPage",
    "HoldProject",
    "HolderLine",
    "HoldersOf",
    "HoldersPage",
    "IdeaUnanswered",
    "IdeasEscalated",
    "InUsePage",
    "Incident",
    "Indicator",
    "InterestDeclared",
    "Invalid",
    "InvitationLine",
    "InviteGuest",
    "Invited",
    "Item",
    "ItemInForm",
    "ItemLine",
    "JalonError",
    "Jobs",
    "JobsPage",
    "KeepScenario",
    "KeyReused",
    "LackLine",
    "Language",
    "LateLine",
    "LegalReminder",
    "LessonLine",
    "LiftReserve",
    "Line",
    "LineIncomplete",
    "LinkExpired",
    "LinkForOther",
    "LinkOpened",
    "LinkOver",
    "LinkRefused",
    "LinkRevoked",
    "LinkUnknown",
    "LoadOrganisation",
    "Loaded",
    "MandateImpossible",
    "MandateLine",
    "Mandates",
    "MandatesPage",
    "Mark",
    "MarkLine",
    "MarkServices",
    "MatrixLine",
    "MatrixPage",
    "MayChoose",
    "Me",
    "MePage",
    "MeetingClosed",
    "MeetingLine",
    "MeetingOfIt",
    "MeetingPage",
    "MeetingPageOf",
    "Meetings",
    "MeetingsPage",
    "Mended",
    "MessageLine",
    "MessageNotSent",
    "Method",
    "MethodChoice",
    "MethodDraftAmended",
    "MethodDraftArchive",
    "MethodDraftFiles",
    "MethodDraftLine",
    "MethodDraftOf",
    "MethodDraftOpened",
    "MethodDraftPage",
    "MethodDraftSaved",
    "MethodDrafts",
    "MethodDraftsPage",
    "MethodInUse",
    "MethodLine",
    "MethodNameless",
    "MethodOutgrown",
    "MethodOutline",
    "MethodOutlineOf",
    "MethodPage",
    "MethodPageOf",
    "MethodPublished",
    "MethodRefused",
    "MethodRetired",
    "MethodSheet",
    "MethodSheetPage",
    "MethodToTakeUp",
    "Methods",
    "MethodsPage",
    "MethodsShareSteps",
    "MigrateProject",
    "MigrateProjects",
    "Migrated",
    "MigrationLine",
    "MigrationsOf",
    "MigrationsPage",
    "Missed",
    "MoveEntry",
    "MoveLine",
    "MovedLine",
    "MyEntries",
    "MyEntriesPage",
    "MyReviews",
    "MyReviewsPage",
    "MyTailorings",
    "MyTailoringsPage",
    "MyTasks",
    "MyTasksPage",
    "NameHolders",
    "NextLine",
    "NextStep",
    "NoClock",
    "NoDiagram",
    "NoMandate",
    "NoProcess",
    "NoSecondSession",
    "NobodyPresent",
    "NobodyToReview",
    "NotAllowed",
    "NotEmpty",
    "NotFound",
    "NotInitialised",
    "NotReversible",
    "NotWritten",
    "NothingAsked",
    "NothingNew",
    "NumberInvalid",
    "NumberTooSmall",
    "ObjectiveLine",
    "ObjectivePage",
    "ObjectivePageOf",
    "OccurrenceLine",
    "OpenEntry",
    "OpenLink",
    "OpenMethodDraft",
    "Option",
    "OrganisationRefused",
    "OriginLine",
    "OtherMethodAdvised",
    "OutcomeLine",
    "OutcomeNotAllowed",
    "OutlineRefused",
    "OverlayAmended",
    "OverlayDecided",
    "OverlayDrafted",
    "OverlayEdited",
    "OverlayFixed",
    "OverlayForAnotherVersion",
    "OverlayLine",
    "OverlayRebased",
    "OverlayRefused",
    "OverlayUnreadable",
    "OwnRequest",
    "Pace",
    "PackExists",
    "PackPublished",
    "PackRefused",
    "PairLine",
    "PartLine",
    "PasswordWeak",
    "People",
    "PeoplePage",
    "PersonLine",
    "Phase",
    "PhaseStep",
    "Pointer",
    "ProjectEnded",
    "ProjectHeld",
    "ProjectLine",
    "ProjectNotHeld",
    "ProjectPage",
    "ProjectPageOf",
    "Projects",
    "ProjectsPage",
    "Proof",
    "ProofLine",
    "PublicationOf",
    "PublicationPage",
    "PublishMethod",
    "PublishMethodDraft",
    "PublishPack",
    "Published",
    "Question",
    "QuorumNotReached",
    "QuorumReached",
    "Ran",
    "ReasonLine",
    "ReasonMissing",
    "RebaseLine",
    "RebaseOf",
    "RebaseOfPage",
    "RebaseOverlay",
    "RebasePage",
    "RebaseReport",
    "Rebased",
    "Recurring",
    "RefuseTask",
    "RegisterPage",
    "RegisterPageOf",
    "RegisterTab",
    "RegistersOf",
    "RegistersPage",
    "ReleaseSame",
    "ReleaseTask",
    "Reminded",
    "ReminderLine",
    "RemoveGuest",
    "RemoveScenario",
    "RenameScenario",
    "ReportEvaluation",
    "ReportWeather",
    "RequestAnswered",
    "RequestInformation",
    "RequestOverlay",
    "Requested",
    "Reserve",
    "ReserveIncomplete",
    "ReserveLine",
    "ReserveStands",
    "ReservesMissing",
    "RestartJob",
    "RestoreNotEmpty",
    "Restored",
    "ResumeProject",
    "RetireRelease",
    "RevertMigration",
    "Reverted",
    "ReviewDateMissing",
    "ReviewLine",
    "ReviewMethodDraft",
    "ReviewNotAsked",
    "ReviewStopped",
    "ReviewTooEarly",
    "Reviewed",
    "ReviewedByEditor",
    "RevokeInvitation",
    "RiskLine",
    "Role",
    "RoleAsked",
    "RoleLine",
    "RoleWithoutHolder",
    "RolesIncompatible",
    "Runner",
    "SaidLine",
    "SameMethod",
    "SaveDraft",
    "SaveMethodDraft",
    "ScenarioKept",
    "ScenarioLine",
    "ScenarioNamed",
    "ScenarioNameless",
    "ScenarioNotEdited",
    "ScenariosNote",
    "ScenariosOf",
    "ScenariosPage",
    "ScenariosUnreadable",
    "ScoreLine",
    "ScoreResistance",
    "ScriptInside",
    "SecondSessionCalled",
    "SendReminders",
    "SentLine",
    "SeparationOfDuties",
    "ServiceLine",
    "ServicePage",
    "ServicePageOf",
    "Services",
    "ServicesPage",
    "SessionExpired",
    "SessionLine",
    "Sessions",
    "SetLanguage",
    "SettingRefused",
    "SignIn",
    "SignInNeeded",
    "SignedIn",
    "StalePage",
    "StartFromIdea",
    "StartIncomplete",
    "StartPage",
    "StartPageOf",
    "StartProject",
    "Started",
    "StepUse",
    "StepsStuck",
    "StrandLine",
    "StrandPage",
    "StrandPageOf",
    "Strategy",
    "StrategyMatrix",
    "StrategyPage",
    "SubscribeTo",
    "SuccessionPage",
    "SuccessionPageOf",
    "SupportIdea",
    "SupportRelease",
    "TailoredLine",
    "TailoringBehind",
    "TailoringLine",
    "TailoringOf",
    "TailoringPage",
    "TailoringRow",
    "TailoringsOf",
    "TailoringsPage",
    "TakeEntry",
    "TakeMinutes",
    "TakenLine",
    "Task",
    "TaskClosed",
    "TaskForm",
    "TaskFormOf",
    "TaskLine",
    "TaskLineOf",
    "TaskPage",
    "TaskPageOf",
    "TaskPaper",
    "TaskPaperPage",
    "TaskTaken",
    "Term",
    "Tested",
    "Text",
    "TextRefused",
    "ThemeLine",
    "Themes",
    "ThemesOf",
    "ThemesPage",
    "ThroughGate",
    "TimerLine",
    "TooLarge",
    "TooManyRequests",
    "TooMuchWork",
    "TransferAction",
    "TransitionRefused",
    "TriedTask",
    "TriedTimer",
    "TryMethodDraft",
    "TryPage",
    "TurnLine",
    "Unavailable",
    "Unreadable",
    "Verdict",
    "VersionExists",
    "VersionTooSmall",
    "VoteClosed",
    "VoteOpen",
    "VoterLine",
    "WarningsLeft",
    "WeatherLine",
    "WeaveRefused",
    "WorkerAlive",
    "WorkerLine",
    "Woven",
    "WrongPassword",
    "back_up",
    "certify",
    "check_version",
    "draw",
    "duration",
    "examine",
    "export_for_camunda_8",
    "finding_as_json",
    "has_layout",
    "in_words",
    "is_form",
    "is_scenarios",
    "lay_out",
    "marks_after",
    "mended",
    "method_of",
    "numbered",
    "read_overlay",
    "read_pack",
    "rebase_overlay",
    "release_of",
    "restore",
    "review_apart",
    "review_method",
    "run_cases",
    "run_due",
    "run_scenarios",
    "settle",
    "verify_dossier",
    "weave_method",
    "write_overlay",
]
