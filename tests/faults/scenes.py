"""A world in which every command has something to do, and what each is then asked.

A new command needs its scene here: test_kill.py plays one for every handler of the engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine import (
    SYSTEM,
    AmendMethodDraft,
    AmendOverlay,
    AnswerIdea,
    AnswerRequest,
    Appoint,
    ApproveNotApplicable,
    ApproveOverlay,
    AskMoreTime,
    AskNotApplicable,
    AskReviewOf,
    AssessCriterion,
    AssignTask,
    AttachFile,
    AttestItem,
    CallMeeting,
    CallReviews,
    CallSecondSession,
    CarryOutItem,
    CastVote,
    ChangeEntry,
    ChangePassword,
    CheckTolerances,
    ChooseForProject,
    ClaimTask,
    CloseEntry,
    CloseMeeting,
    CloseVote,
    CommentOn,
    CompleteTask,
    ContinueInMethod,
    CorrectAnswer,
    CorrectDecision,
    DecideGate,
    DeclareInterest,
    DescribeMethodDraft,
    DetachFile,
    DraftOverlay,
    DropMethodDraft,
    EndMandate,
    Engine,
    EntrustAll,
    EscalateIdeas,
    FindDormant,
    FireTimer,
    FollowUp,
    GatherDigest,
    GatherReminders,
    GrantMandate,
    GrantTime,
    HandOver,
    HoldProject,
    InviteGuest,
    KeepScenario,
    LiftReserve,
    Line,
    LoadOrganisation,
    MarkServices,
    MigrateProject,
    MigrateProjects,
    MoveEntry,
    NameHolders,
    OpenEntry,
    OpenLink,
    OpenMethodDraft,
    PublishMethod,
    PublishMethodDraft,
    PublishPack,
    RebaseOverlay,
    RefuseTask,
    ReleaseTask,
    RemoveGuest,
    RemoveScenario,
    RenameScenario,
    ReportEvaluation,
    ReportWeather,
    RequestInformation,
    RequestOverlay,
    Reserve,
    RestartJob,
    ResumeProject,
    RetireRelease,
    RevertMigration,
    ReviewMethodDraft,
    RevokeInvitation,
    SaveDraft,
    SaveMethodDraft,
    ScoreResistance,
    SendReminders,
    SetLanguage,
    SignIn,
    StartFromIdea,
    StartProject,
    SubscribeTo,
    SupportIdea,
    SupportRelease,
    TakeEntry,
    TakeMinutes,
    Text,
    TransferAction,
    write_overlay,
)
from engine.overlay.operations import Overlay, RaiseQuorum, Rename
from engine.store.tables import (
    ActorRow,
    BaselineRow,
    BatchRow,
    EntryRow,
    FailureRow,
    FileRow,
    InvitationRow,
    MandateRow,
    MeetingRow,
    MethodDraftRow,
    NoticeRow,
    OverlayRow,
    ProjectRow,
    RequestRow,
    ReserveRow,
    TaskRow,
    TimerRow,
)
from tests.engine.opinions import asking
from tests.engine.organisation import ORGANISATION, PASSWORD
from tests.engine.play import ESSAI, MONDAY, PDF, Clock, Play, files_of

#: the method of the other tests, with a second session at its first gate, and a list of which the administrator
#: vouches for the first line, and the second is locked
WORLD = dict(ESSAI)
for file, before, after in (
    ("essai.bpmn", 'name="method.gate.rework_max" value="1" />',
     'name="method.gate.rework_max" value="1" />\n<camunda:property name="method.gate.second_session" value="P5D" />'),
    ("etude.bpmn", '<camunda:property id="item.1" value="Lu" />',
     '<camunda:property id="item.1" value="Lu" />\n<camunda:property id="item.1.proof" value="admin" />'),
    ("etude.bpmn", '<camunda:property id="item.2" value="Approuvé" />',
     '<camunda:property id="item.2" value="Approuvé" />\n<camunda:property id="item.2.lock" value="locked" />'),
):  # fmt: skip
    assert before.encode() in WORLD[file]
    WORLD[file] = WORLD[file].replace(before.encode(), after.encode(), 1)

ROCHE, SECRET, OTHER = ("Mme Roche", "roche@locataires.fr"), "s" * 43, "t" * 43
SHEET = {"titre": "Un titre", "urgent": False, "services_impactes": ["DAF", "DRH", "DSI"]}
#: when the scenes are played: every timer of the world is due
LATER = MONDAY + timedelta(days=60)


def fill(url: str) -> None:
    clock = Clock()
    engine = Engine(url, clock=clock)
    engine.execute(LoadOrganisation(ORGANISATION), SYSTEM)
    engine.execute(PublishMethod(WORLD), SYSTEM)
    play = Play(engine, clock)
    expertise(play, "à prendre")
    taken = expertise(play, "prise")
    play.do("emile", ClaimTask(taken))
    play.do("emile", AttachFile(taken, "note.pdf", PDF, "note"))
    asked = expertise(play, "délai")
    play.do("emile", ClaimTask(asked))
    play.do("emile", AskMoreTime(asked, clock.at.date() + timedelta(days=90), "congés"))
    at_gate(play, "vote ouvert", ["favourable"], close=False)
    at_gate(play, "vote donné", ["favourable"] * 3, close=False)
    at_gate(play, "vote clos", ["favourable"] * 3, close=True)
    rolled_out = play.start(title="réalisation")
    play.until(rolled_out, "X", {"G1": ["go_reserves"]})
    play.complete(rolled_out, "T1")
    meeting = play.do("claire", CallMeeting(rolled_out, clock.at.date(), "group", "Point")).meeting
    play.do("claire", TakeMinutes(meeting, "", (play.people["emile"],)))
    held = play.start(title="suspendu")
    play.until(held, "X")
    play.complete(held, "T1")
    play.do("claire", HoldProject(held, "budget gelé", clock.at.date() + timedelta(days=90)))
    at_gate(play, "sans quorum", [], close=False)
    play.until(play.start(title="relecture"), "C")
    set_aside = play.until(play.start(title="mise à part"), "C")
    play.do("alice", AskNotApplicable(set_aside, "points.2", "rien à approuver"))
    registers(play, rolled_out)
    play.do("karim", GrantMandate(play.people["hana"], clock.at.date() + timedelta(days=90), reason="congés"))
    play.do("jeanne", EntrustAll(play.people["emile"], play.people["fatou"]))
    play.do("jeanne", LoadOrganisation({"strands": [{"code": "V1", "fr": "Volet", "owner": "karim"}]}))
    opinions(play)
    guests(play)
    tailorings(play)
    workshop(play)
    late = other_methods(play)
    with engine.store.write() as session:
        promised = json.dumps({"end": clock.at.date().isoformat(), "cost": "100"})
        session.add(BaselineRow(project_id=late, at=clock.at, promised=promised))
        session.add(NoticeRow(actor_id=play.people["claire"], kind="own", task_id=taken, at=clock.at))
        session.add(
            EntryRow(
                project_id=rolled_out, register="action", number=1, title="Évaluer", body="", state="todo",
                owner_id=play.people["denis"], due_at=clock.at, level=0, theme="", facts="{}", origin="cold",
                origin_id=rolled_out, at=clock.at, proof="", reminded=0,
            )
        )  # fmt: skip
        session.add(
            FailureRow(
                key="mort", name="fire", arguments="[1]", runs=8, tries=8, why="{}", at=clock.at, dead_at=clock.at
            )
        )
    engine.close()


def registers(play: Play, project: int) -> None:
    """An entry of each register that a command moves, its title being the register."""
    owned = {"owner": play.people["gael"], "due": "2026-11-25"}
    play.do("claire", OpenEntry("action", {"title": "action", **owned}, project))
    play.do("gael", OpenEntry("action", {"title": "proposée"}, project))
    play.do("claire", OpenEntry("resistance", {"title": "resistance", "synergy": "1", "antagonism": "3"}, project))
    play.do("claire", OpenEntry("decision", DECISION, project))
    play.do("karim", OpenEntry("watch", {"title": "watch", "on": "2026-11-20", "theme": "energie", "relevance": "4"}))
    play.do("karim", OpenEntry("idea", {"title": "idea", "body": "trop de voitures"}))


def tailorings(play: Play) -> None:
    """Hana administers her department: one tailoring is drafted, another asked for, one in force before it."""
    roles = [{"role": role, "service": "DRH"} for role in ("RS", "ADM")]
    hana = {"login": "hana", "name": "Hana", "service": "DRH", "roles": roles}
    play.do("jeanne", LoadOrganisation({"people": [hana]}))
    before, asked = (play.do("hana", DraftOverlay(TAILORING)).overlay for _ in range(2))
    play.do("hana", RequestOverlay(before))
    play.do("jeanne", ApproveOverlay(before))
    play.do("hana", RequestOverlay(asked))
    play.do("hana", DraftOverlay(TAILORING))
    play.do("hana", DraftOverlay(TAILORING.replace("2.0.0", "1.0.0").rpartition("fingerprint")[0]))


def workshop(play: Play) -> None:
    """A draft of each state: one that is drawn, one that awaits its review, one that was approved."""
    first = play.do("jalon", OpenMethodDraft("essai")).draft
    play.do("jalon", KeepScenario(first, "À l’arrêt", STILL))
    play.do("jalon", AskReviewOf(play.do("jalon", OpenMethodDraft(files=files_of("pm2"))).draft))
    approved = play.do("jalon", OpenMethodDraft(name="Approuvée")).draft
    play.do("jalon", AskReviewOf(approved))
    play.do("jeanne", ReviewMethodDraft(approved, "bien"))


def guests(play: Play) -> None:
    """Somebody from outside is asked for one task by a link; another task may still be asked of them."""
    expertise(play, "à demander dehors")
    play.do("claire", InviteGuest(expertise(play, "invitation"), *ROCHE, clock_day(play, 90), SECRET))


def clock_day(play: Play, days: int) -> date:
    return play.clock.at.date() + timedelta(days=days)


def opinions(play: Play) -> None:
    """Opinions asked within a time limit: one whose clock runs, one that awaits information."""
    play.do("jalon", PublishMethod(asking()))
    expertise(play, "avis")
    play.do("claire", RequestInformation(expertise(play, "avis suspendu"), "Quel budget ?"))


def other_methods(play: Play) -> int:
    """A project that outgrows its method, one that has moved to its next version, and one in another that will be late,
    which is answered.
    """
    for folder in ("petit-projet", "projet-transversal"):
        play.do("jalon", PublishMethod(files_of(folder)))
    play.start("petit_projet", title="à l’étroit")
    moved = play.start("petit_projet", title="déplacé")
    files = files_of("petit-projet")
    play.do("jalon", PublishMethod({name: numbered(content, "1.0.1") for name, content in files.items()}))
    play.do("jeanne", MigrateProject(moved, "plus claire"))
    return play.start("projet_transversal", title="en retard")


def expertise(play: Play, title: str) -> int:
    project = play.start(title=title)
    play.do("claire", CompleteTask(play.task(project, "A"), SHEET))
    return play.task(project, "B")


def at_gate(play: Play, title: str, opinions: list[Any], *, close: bool) -> None:
    project = play.start(title=title)
    gate = play.until(project, "G1")
    play.examine(gate)
    logins = {id: login for login, id in play.people.items()}
    for voter, opinion in zip(play.gate(gate).voters, opinions, strict=False):
        play.do(logins[voter.actor.id], CastVote(gate, opinion))
    if close:
        play.do("denis", CloseVote(gate))


# --- what each command is asked ----------------------------------------------------------------------------


class World:
    """Finds its way in what `fill` made."""

    def __init__(self, play: Play) -> None:
        self.play = play

    def project(self, title: str) -> int:
        return int(self.play.rows(ProjectRow, ProjectRow.title == title)[0].id)

    def task(self, title: str, code: str, state: str = "open") -> int:
        where = (TaskRow.project_id == self.project(title), TaskRow.element == code, TaskRow.state == state)
        return int(self.play.rows(TaskRow, *where)[0].id)

    def entry(self, title: str) -> int:
        return self.first(EntryRow, EntryRow.title == title)

    def person(self, login: str) -> int:
        return self.play.people[login]

    def first(self, table: Any, *where: Any) -> int:
        return int(self.play.rows(table, *where)[0].id)

    def draft(self) -> dict[str, Any]:
        """Which tailoring a person has before them."""
        row = self.play.rows(OverlayRow, OverlayRow.state == "draft", OverlayRow.version == "2.0.0")[0]
        return {"overlay": row.id, "digest": row.digest}

    def outdated(self) -> dict[str, Any]:
        row = self.play.rows(OverlayRow, OverlayRow.version == "1.0.0")[0]
        return {"overlay": row.id, "digest": row.digest}

    def method_draft(self, method: str) -> int:
        return self.first(MethodDraftRow, MethodDraftRow.method == method)

    def day(self, days: int) -> Any:
        return (LATER + timedelta(days=days)).date()


#: who does it, and what; "jalon" is Jalon itself, "" nobody
Scene = Callable[[World], tuple[str, Any]]

STILL = "scenarios: [{scenario: Still, end: waiting}]"
DECISION = {"title": "decision", "body_of": "COPIL", "on": "2026-11-23", "body": "le budget le permet"}
RISK = {"title": "un retard", "probability": "3", "impact": "4"}
TAILORING = write_overlay(
    Overlay("essai", "2.0.0", "DRH", (RaiseQuorum("G1", Decimal("0.75")), Rename("B", Text("Étudier", "Study"))))
)
TWO_THIRDS = {"op": "rule", "element": "G1", "rule": "two_thirds", "reason": "le budget est engagé"}
PACK = {"theme": "eau", "version": "1.0.0", "name": {"fr": "Eau", "en": "Water"},
        "label": {"fr": "Projet eau", "en": "Water project"}}  # fmt: skip

#: it follows an opinion that 2.0.0 asks; the tailoring in force follows it


def numbered(content: bytes, version: str) -> bytes:
    return content.replace(b'versionTag="1.0.0"', f'versionTag="{version}"'.encode())


NEXT = {name: numbered(content, "3.0.0") for name, content in ESSAI.items()}
COLLEAGUE = {
    "services": [{"code": "DIR6", "fr": "Une direction", "en": "A division", "parent": "ORG"}],
    "people": [{"login": "noah", "name": "Noah", "service": "DIR6", "roles": [{"role": "RS", "service": "DIR6"}]}],
}
SCENES: dict[type, Scene] = {
    AmendOverlay: lambda w: ("hana", AmendOverlay("essai", "DRH", TWO_THIRDS, **w.draft())),
    AnswerIdea: lambda w: ("jeanne", AnswerIdea(w.entry("idea"), "pool", "l’an prochain")),
    AnswerRequest: lambda w: ("claire", AnswerRequest(w.first(RequestRow), "80 000 €")),
    NameHolders: lambda w: ("jeanne", NameHolders("ORG", "EXP", (w.person("karim"),))),
    Appoint: lambda w: ("claire", Appoint(w.project("à prendre"), "EXP", (w.person("karim"),))),
    ApproveNotApplicable: lambda w: ("denis", ApproveNotApplicable(w.task("mise à part", "C"), "points.2")),
    AskMoreTime: lambda w: ("emile", AskMoreTime(w.task("prise", "B"), w.day(90), "congés")),
    AskNotApplicable: lambda w: ("alice", AskNotApplicable(w.task("relecture", "C"), "points.2", "rien à approuver")),
    AssessCriterion: lambda w: ("claire", AssessCriterion(w.task("vote ouvert", "G1"), "1", "unmet", "pas encore")),
    AssignTask: lambda w: ("claire", AssignTask(w.task("à prendre", "B"), w.person("fatou"))),
    AttachFile: lambda w: ("emile", AttachFile(w.task("prise", "B"), "autre.pdf", PDF, "")),
    AttestItem: lambda w: ("jeanne", AttestItem(w.task("relecture", "C"), "points.1", "lu ce jour")),
    CallMeeting: lambda w: ("claire", CallMeeting(w.project("réalisation"), w.day(0), "group", "Un point")),
    CallReviews: lambda w: ("jalon", CallReviews("2027-1")),
    CallSecondSession: lambda w: ("denis", CallSecondSession(w.task("sans quorum", "G1"))),
    CarryOutItem: lambda w: ("jalon", CarryOutItem(w.first(BatchRow), 0)),
    CastVote: lambda w: ("bruno", CastVote(w.task("vote ouvert", "G1"), "unfavourable", "trop tôt")),
    ChangeEntry: lambda w: (
        "claire",
        ChangeEntry(w.entry("action"), {"title": "autrement", "owner": w.person("gael"), "due": "2027-03-01"}),
    ),
    ChangePassword: lambda w: ("claire", ChangePassword(PASSWORD, "cinq mots sans aucun lien")),
    CheckTolerances: lambda w: ("jalon", CheckTolerances(w.day(0))),
    ChooseForProject: lambda w: (
        "claire",
        ChooseForProject(w.project("en retard"), {"op": "hide", "element": "C2", "reason": "les idées sont là"}),
    ),
    ClaimTask: lambda w: ("emile", ClaimTask(w.task("à prendre", "B"))),
    CloseEntry: lambda w: ("gael", CloseEntry(w.entry("action"), "done", "fait et vu")),
    CloseMeeting: lambda w: ("claire", CloseMeeting(w.first(MeetingRow))),
    CloseVote: lambda w: ("denis", CloseVote(w.task("vote donné", "G1"))),
    CommentOn: lambda w: ("claire", CommentOn(w.task("à prendre", "B"), "Où en est-on ?")),
    CompleteTask: lambda w: ("emile", CompleteTask(w.task("prise", "B"), {"avis": "oui"})),
    ContinueInMethod: lambda w: (
        "denis",
        ContinueInMethod(w.project("à l’étroit"), "projet_transversal", "plus grand que prévu"),
    ),
    CorrectAnswer: lambda w: (
        "claire",
        CorrectAnswer(w.task("à prendre", "A", "done"), SHEET | {"titre": "Un autre titre"}, "coquille"),
    ),
    CorrectDecision: lambda w: ("claire", CorrectDecision(w.entry("decision"), DECISION | {"title": "une autre"})),
    DecideGate: lambda w: (
        "denis",
        DecideGate(
            w.task("vote clos", "G1"),
            "go_reserves",
            "le dossier le montre",
            (Reserve("Compléter", w.person("claire"), w.day(30)),),
        ),
    ),
    DeclareInterest: lambda w: ("chloe", DeclareInterest(w.task("vote ouvert", "G1"), "ma sœur y travaille")),
    DetachFile: lambda w: ("emile", DetachFile(w.first(FileRow, FileRow.task_id == w.task("prise", "B")))),
    EndMandate: lambda w: ("karim", EndMandate(w.first(MandateRow))),
    EntrustAll: lambda w: ("jeanne", EntrustAll(w.person("gael"), w.person("hana"))),
    EscalateIdeas: lambda w: ("jalon", EscalateIdeas()),
    FindDormant: lambda w: ("jalon", FindDormant(w.day(0))),
    FireTimer: lambda w: ("jalon", FireTimer(w.first(TimerRow, TimerRow.project_id == w.project("réalisation")))),
    FollowUp: lambda w: (
        "claire",
        FollowUp(w.entry("watch"), "risk", RISK | {"owner": w.person("claire")}, w.project("réalisation")),
    ),
    GatherDigest: lambda w: ("jalon", GatherDigest(w.day(0))),
    GatherReminders: lambda w: ("jalon", GatherReminders(w.day(0), "tasks")),
    GrantMandate: lambda w: ("bruno", GrantMandate(w.person("karim"), w.day(30), reason="congés")),
    GrantTime: lambda w: ("claire", GrantTime(w.task("délai", "B"), w.day(90), "d’accord")),
    HandOver: lambda w: ("emile", HandOver(w.task("prise", "B"), w.person("fatou"), "à toi")),
    HoldProject: lambda w: ("denis", HoldProject(w.project("réalisation"), "budget gelé", w.day(20))),
    InviteGuest: lambda w: (
        "claire",
        InviteGuest(w.task("à demander dehors", "B"), "M. Petit", "petit@ville.fr", w.day(30), OTHER),
    ),
    LiftReserve: lambda w: ("claire", LiftReserve(w.first(ReserveRow), "budget complété")),
    LoadOrganisation: lambda w: ("jalon", LoadOrganisation(COLLEAGUE)),
    MarkServices: lambda w: ("claire", MarkServices(w.project("réalisation"), {"DIR1": "informed"})),
    MigrateProject: lambda w: ("jeanne", MigrateProject(w.project("à l’étroit"), "plus claire")),
    MigrateProjects: lambda w: ("jeanne", MigrateProjects("petit_projet", "plus claire")),
    MoveEntry: lambda w: ("claire", MoveEntry(w.entry("proposée"), "todo")),
    OpenEntry: lambda w: (
        "claire",
        OpenEntry("risk", RISK | {"owner": w.person("claire")}, w.project("réalisation")),
    ),
    OpenLink: lambda w: ("", OpenLink(SECRET)),
    AmendMethodDraft: lambda w: (
        "jeanne",
        AmendMethodDraft(w.method_draft("approuvee"), {"do": "rename", "element": "P1", "fr": "Cadrer", "en": "Frame"}),
    ),
    KeepScenario: lambda w: ("jeanne", KeepScenario(w.method_draft("essai"), "À l’arrêt encore", STILL)),
    RenameScenario: lambda w: (
        "jeanne",
        RenameScenario(w.method_draft("essai"), "a-l-arret.scenarios.yaml", "À l’arrêt", "Au départ"),
    ),
    RemoveScenario: lambda w: (
        "jeanne",
        RemoveScenario(w.method_draft("essai"), "a-l-arret.scenarios.yaml", "À l’arrêt"),
    ),
    OpenMethodDraft: lambda w: ("jeanne", OpenMethodDraft(name="Une autre")),
    SaveMethodDraft: lambda w: ("jeanne", SaveMethodDraft(w.method_draft("essai"), NEXT, 1)),
    DescribeMethodDraft: lambda w: (
        "jeanne",
        DescribeMethodDraft(w.method_draft("essai"), "Du neuf", "News", {"A": "A2"}),
    ),
    AskReviewOf: lambda w: ("jeanne", AskReviewOf(w.method_draft("essai"))),
    ReviewMethodDraft: lambda w: ("jeanne", ReviewMethodDraft(w.method_draft("pm2"), "pas encore", refused=True)),
    PublishMethodDraft: lambda w: ("jeanne", PublishMethodDraft(w.method_draft("approuvee"))),
    DropMethodDraft: lambda w: ("jeanne", DropMethodDraft(w.method_draft("essai"))),
    PublishMethod: lambda w: ("jeanne", PublishMethod(NEXT)),
    DraftOverlay: lambda w: ("hana", DraftOverlay(TAILORING)),
    RebaseOverlay: lambda w: ("hana", RebaseOverlay(version="2.0.0", **w.outdated())),
    SupportRelease: lambda w: ("jeanne", SupportRelease("essai", "1.0.0", w.day(30))),
    RetireRelease: lambda w: ("jeanne", RetireRelease("essai", "1.0.0", "une erreur")),
    RequestOverlay: lambda w: ("hana", RequestOverlay(w.draft()["overlay"])),
    ApproveOverlay: lambda w: (
        "jeanne",
        ApproveOverlay(w.first(OverlayRow, OverlayRow.state == "requested"), "d’accord"),
    ),
    PublishPack: lambda w: ("jeanne", PublishPack(PACK)),
    RefuseTask: lambda w: ("emile", RefuseTask(w.task("prise", "B"), "hors de ma compétence")),
    ReleaseTask: lambda w: ("emile", ReleaseTask(w.task("prise", "B"))),
    RemoveGuest: lambda w: (
        "denis",
        RemoveGuest(w.project("invitation"), w.first(ActorRow, ActorRow.name == "Mme Roche")),
    ),
    RestartJob: lambda w: ("jeanne", RestartJob("mort")),
    RequestInformation: lambda w: ("claire", RequestInformation(w.task("avis", "B"), "Avec quels moyens ?")),
    ResumeProject: lambda w: ("denis", ResumeProject(w.project("suspendu"), "budget rendu")),
    RevertMigration: lambda w: ("denis", RevertMigration(w.project("déplacé"), "trop tôt")),
    RevokeInvitation: lambda w: ("claire", RevokeInvitation(w.first(InvitationRow))),
    SaveDraft: lambda w: ("emile", SaveDraft(w.task("prise", "B"), {"avis": "non"})),
    ReportEvaluation: lambda w: (
        "denis",
        ReportEvaluation(w.first(EntryRow, EntryRow.origin == "cold"), "yes", "Tout tient."),
    ),
    ReportWeather: lambda w: ("claire", ReportWeather(w.project("réalisation"), "cloudy", "le lot 2 tarde")),
    ScoreResistance: lambda w: ("claire", ScoreResistance(w.entry("resistance"), 2, 4)),
    SendReminders: lambda w: ("jalon", SendReminders(w.day(0))),
    SetLanguage: lambda w: ("claire", SetLanguage("en")),
    SignIn: lambda w: ("", SignIn("claire", PASSWORD)),
    StartFromIdea: lambda w: (
        "jeanne",
        StartFromIdea(w.entry("idea"), "essai", "DAF", ("O1",), lead=w.person("claire")),
    ),
    StartProject: lambda w: (
        "claire",
        StartProject("Un autre", "essai", "DAF", ("O1",), "energie", ("DRH",), {"CP": (w.person("claire"),)}),
    ),
    SubscribeTo: lambda w: ("karim", SubscribeTo(("energie",))),
    SupportIdea: lambda w: ("alice", SupportIdea(w.entry("idea"))),
    TakeEntry: lambda w: ("fatou", TakeEntry(w.entry("proposée"))),
    TransferAction: lambda w: (
        "claire",
        TransferAction(w.entry("action"), w.person("denis"), w.day(60).isoformat(), "le projet se termine"),
    ),
    TakeMinutes: lambda w: (
        "claire",
        TakeMinutes(w.first(MeetingRow), "Vu.", (w.person("emile"),), (Line("decision", "Retenir", "il est prêt"),)),
    ),
}
