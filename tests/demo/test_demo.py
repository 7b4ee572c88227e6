"""`jalon demo` shows an organisation at work: what is there when it opens.

One test fills both databases; the others read one file that is filled once.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from engine import (
    SYSTEM,
    CastVote,
    CloseVote,
    Download,
    Engine,
    GatePage,
    GatePageOf,
    History,
    LoadOrganisation,
    Methods,
    MyTasks,
    NotEmpty,
    People,
    ProjectPage,
    ProjectPageOf,
    Projects,
    QuorumNotReached,
    TaskPage,
    TaskPageOf,
)
from engine.demo import furnish, pdf

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

TILLEULS = "Rénover l’énergie de la résidence Les Tilleuls"
RECLAMATIONS = "Répondre à toute réclamation en dix jours"
CONTRATS = "Remplacer le logiciel des contrats d’entretien"
NUMEROS = "Afficher les numéros utiles dans chaque hall"
CONCIERGERIE = "Ouvrir une conciergerie numérique en pied d’immeuble"

#: title -> (status, phase, what is open)
UNDER_WAY = {
    NUMEROS: ("running", "Cadrer", ["S11"]),
    TILLEULS: ("running", "Conception et préconisations", ["G2"]),
    RECLAMATIONS: (
        "running",
        "Déploiement, animation et suivi",
        ["D2", "D2", "D2", "T1", "T2", "T3", "T4", "T4", "T5", "T6"],
    ),
    CONTRATS: ("running", "Planification", ["L3", "L5", "L6", "L7"]),
    CONCIERGERIE: ("running", "Clôture courte", ["KC2", "KC4"]),
    "Essayer les états des lieux sur tablette au secteur Nord": ("closed", "Réaliser et clore", []),
    "Équiper les gardiens de vélos cargos": ("dismissed", "Émergence", []),
    "Regrouper l’accueil des agences Centre et Rives": ("held", "Analyse des enjeux et des besoins", ["A3"]),
}


@dataclass
class Demo:
    engine: Engine
    people: dict[str, int]  #: login -> actor
    projects: dict[str, int]  #: title -> project

    def under_way(self) -> dict[str, tuple[str, str, list[str]]]:
        return {
            each.title: (each.status, each.phase.fr, sorted(task.code for task in self.page(each.title).open))
            for each in self.engine.read(Projects(), self.people["helene"]).projects
        }

    def page(self, title: str) -> ProjectPage:
        page: ProjectPage = self.engine.read(ProjectPageOf(self.projects[title]), self.people["helene"])
        return page

    def task(self, title: str, code: str, subject: str = "") -> int:
        [found] = [
            each.id for each in self.page(title).open if each.code == code and each.instance.fr.startswith(subject)
        ]
        return found

    def task_page(self, title: str, code: str, subject: str = "", login: str = "helene") -> TaskPage:
        page: TaskPage = self.engine.read(TaskPageOf(self.task(title, code, subject)), self.people[login])
        return page

    def gate(self, login: str) -> GatePage:
        """G2 of Les Tilleuls, as `login` sees it."""
        page: GatePage = self.engine.read(GatePageOf(self.task(TILLEULS, "G2")), self.people[login])
        return page


def opened(url: str, today: datetime = TUESDAY) -> Demo:
    engine = Engine(url, clock=lambda: today)
    furnish(engine)
    people = {each.login: each.actor.id for each in engine.read(People(), SYSTEM).people}
    projects = {each.title: each.id for each in engine.read(Projects(), people["helene"]).projects}
    return Demo(engine, people, projects)


@pytest.fixture(scope="module")
def demo(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """For tests that only read."""
    path = tmp_path_factory.mktemp("demo") / "jalon.db"
    shutil.copyfile(migrated_sqlite_file, path)
    demo = opened(f"sqlite:///{path}")
    yield demo
    demo.engine.close()


def test_on_both_databases_it_opens_once_and_one_more_voice_makes_the_quorum_of_g2(database_url: str) -> None:
    demo = opened(database_url)
    assert demo.under_way() == UNDER_WAY
    furnish(demo.engine)
    assert demo.under_way() == UNDER_WAY
    gate = demo.task(TILLEULS, "G2")
    with pytest.raises(QuorumNotReached):
        demo.engine.execute(CloseVote(gate), demo.people["helene"])
    demo.engine.execute(CastVote(gate, "favourable"), demo.people["nadia"])
    demo.engine.execute(CloseVote(gate), demo.people["helene"])
    assert demo.gate("helene").result == "favourable"
    demo.engine.close()


def test_each_kind_of_project_is_there_with_its_work(demo: Demo) -> None:
    assert demo.under_way() == UNDER_WAY
    assert [each.id for each in demo.engine.read(Methods(), SYSTEM).methods] == [
        "petit_projet",
        "pm2",
        "projet_transversal",
    ]


def test_each_history_is_whole_and_nothing_lies_in_the_future(demo: Demo) -> None:
    for title, project in demo.projects.items():
        page = demo.engine.read(History(project), demo.people["helene"])
        assert page.whole, title
        assert max(each.at for each in page.events) <= TUESDAY
        assert demo.page(title).started_at < TUESDAY - timedelta(hours=12)


def test_the_small_project_waits_for_its_lead(demo: Demo) -> None:
    [mine] = demo.engine.read(MyTasks(), demo.people["antoine"]).tasks
    assert (mine.code, mine.project_title, mine.late) == ("S11", NUMEROS, False)


def test_g2_waits_with_its_vote_open_and_one_ballot_short_of_the_quorum(demo: Demo) -> None:
    gate = demo.gate("nadia")
    assert (gate.eligible, gate.needed, gate.cast, gate.closed_at) == (5, 3, 2, None)
    assert {each.actor.name for each in gate.voters if each.interest} == {"Isabelle Roche"}
    assert [each.state for each in gate.criteria] == ["met", "met", "unmet", "met", "met", "unmet"]
    assert {each.opinion for each in gate.voters} == {""}, "ballots are secret until the vote closes"
    assert len(gate.comments) == 2


def test_the_lead_of_a_project_neither_votes_nor_chairs(demo: Demo) -> None:
    assert demo.gate("claire").can == {"assess", "comment"}


def test_g1_was_reworked_then_passed_with_two_reserves_of_which_one_is_lifted(demo: Demo) -> None:
    page = demo.page(TILLEULS)
    assert [(each.gate, each.outcome) for each in page.decisions] == [
        ("GX1", "go"),
        ("G0", "go"),
        ("G1", "rework"),
        ("G1", "go_reserves"),
    ]
    assert sorted(each.lifted_at is not None for each in page.reserves) == [False, True]


def test_the_roll_out_shows_a_late_task_a_refusal_and_a_request_for_time(demo: Demo) -> None:
    [late] = [each for each in demo.page(RECLAMATIONS).open if each.late]
    assert (late.code, late.assignee.name if late.assignee else "") == ("T4", "Julie Lefèvre")
    refused = demo.task_page(RECLAMATIONS, "D2", "Systèmes")
    assert refused.refused.fr.startswith("Émilie Robin a refusé cette tâche")
    assert refused.task.assignee is not None
    assert refused.task.assignee.name == "Hélène Vasseur", "a refused task goes to the sponsor"
    assert demo.task_page(RECLAMATIONS, "D2", "Proximité").more_time.fr.startswith("Moussa Diallo demande un délai")
    assert demo.task_page(RECLAMATIONS, "D2", "Communication", "julie").task.drafted


def test_every_recurring_activity_has_a_past_and_a_present(demo: Demo) -> None:
    page = demo.page(RECLAMATIONS)
    for code in ("T1", "T2", "T3", "T4", "T5", "T6"):
        assert code in {each.code for each in page.done}
        assert code in {each.code for each in page.open}


@pytest.mark.parametrize(
    ("login", "codes"),
    [
        ("antoine", ["S11"]),
        ("helene", ["D2", "G2"]),
        ("claire", ["G2", "L3", "L5", "L6", "L7"]),
        ("karim", ["KC2", "T1", "T2"]),
        ("moussa", ["D2"]),
        ("sylvie", ["KC4"]),
        ("julie", ["D2", "T3", "T4", "T4"]),
        ("emilie", ["T5", "T6"]),
        ("marc", []),
        ("olivier", ["G2", "T3"]),
    ],
)
def test_each_person_finds_in_their_inbox_what_is_expected_of_them(demo: Demo, login: str, codes: list[str]) -> None:
    tasks = demo.engine.read(MyTasks(), demo.people[login]).tasks
    # what a project on hold asks for is not expected; G2 calls its lead, and those who have not voted
    assert sorted(each.code for each in tasks) == codes


def test_attached_files_open_as_pdf(demo: Demo) -> None:
    note = next(each for each in demo.page(TILLEULS).files if each.name == "Note de préconisations, Les Tilleuls.pdf")
    content = demo.engine.read(Download(note.id), demo.people["helene"]).content
    assert content.startswith(b"%PDF-1.4")
    assert content == pdf("Note de préconisations, Les Tilleuls")


def test_furnishing_twice_changes_nothing(demo: Demo) -> None:
    before = [demo.page(title) for title in sorted(demo.projects)]
    furnish(demo.engine)
    assert [demo.page(title) for title in sorted(demo.projects)] == before
    assert len(demo.engine.read(Projects(), demo.people["helene"]).projects) == len(UNDER_WAY)


def test_the_clock_of_the_engine_is_given_back(demo: Demo) -> None:
    assert demo.engine.clock() == TUESDAY


def test_another_organisation_is_refused_and_left_as_it_is(database_url: str) -> None:
    engine = Engine(database_url, clock=lambda: TUESDAY)
    somebody = {"login": "claire", "name": "Claire d’ailleurs", "service": "A", "roles": []}
    engine.execute(LoadOrganisation({"services": [{"code": "A", "fr": "A"}], "people": [somebody]}), SYSTEM)
    with pytest.raises(NotEmpty):
        furnish(engine)
    assert [each.actor.name for each in engine.read(People(), SYSTEM).people] == ["Claire d’ailleurs"]
    engine.close()


@pytest.mark.parametrize("days", [4, 5, 6], ids=["saturday", "sunday", "monday"])
def test_it_opens_around_a_weekend_as_on_any_day(migrated_sqlite_file: Path, tmp_path: Path, days: int) -> None:
    path = tmp_path / "jalon.db"
    shutil.copyfile(migrated_sqlite_file, path)
    demo = opened(f"sqlite:///{path}", TUESDAY + timedelta(days=days))
    assert demo.under_way() == UNDER_WAY
    assert [each.code for title in UNDER_WAY for each in demo.page(title).open if each.late] == ["T4"]
    demo.engine.close()


def test_a_pdf_says_where_its_objects_lie() -> None:
    content = pdf("Compte rendu (été)")
    start = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    assert content[start:].startswith(b"xref\n0 6\n")
    offsets = [int(each) for each in re.findall(rb"(\d{10}) 00000 n", content)]
    assert [content[each : each + 7] for each in offsets] == [b"%d 0 obj" % number for number in range(1, 6)]
    assert rb"(Compte rendu \(\xe9t\xe9\)) Tj".replace(rb"\xe9", b"\xe9") in content


def test_nobody_has_a_password() -> None:
    organisation = json.loads(files("workflows").joinpath("demo", "organisation.json").read_text("utf-8"))
    assert [each["login"] for each in organisation["people"] if "password" in each] == []
