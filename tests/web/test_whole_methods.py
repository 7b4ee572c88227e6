"""The three methods from start to end through the pages alone, with each outcome of each of their gates.

Who acts, and on what, is played as in tests/engine; but every act is a form that somebody's browser sends.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import (
    AssessCriterion,
    AssignTask,
    AttachFile,
    AttestItem,
    CastVote,
    CloseVote,
    CompleteTask,
    DecideGate,
    Field,
    LiftReserve,
    ResumeProject,
    StartProject,
    TaskPageOf,
)  # fmt: skip
from engine.store.tables import ReserveRow
from tests.conftest import Templates
from tests.engine.conftest import RELEASES, essai, furnish, playing, sqlite_url
from tests.engine.play import SHIPPED, Play
from tests.engine.test_every_outcome import decided, left, method, offering
from tests.web.conftest import Browser, words
from web import create_app

__all__ = ["essai", "sqlite_url"]

Sent = dict[str, Any]


class Pages(Play):
    """Every act is what a page sends; what it answers is a redirection, or the test fails with the page's words."""

    browsers: dict[str, Browser]

    def do(self, login: str, command: Any, key: str | None = None) -> Any:
        address, form = FORMS[type(command)](self, login, command)
        browser = self.browser(login)
        browser.get(address.rpartition("/")[0] if address.count("/") > 2 else address)
        answer = browser.post(address, form, content_type="multipart/form-data")
        assert answer.status_code == 303, f"{login}, {command}: {answer.status_code} {words(answer)[:3000]}"
        return answer.location

    def browser(self, login: str) -> Browser:
        if login not in self.browsers:
            client = self.app.test_client()
            client.set_cookie("jalon", self.engine.sessions.open(self.people[login]))
            self.browsers[login] = Browser(client)
        return self.browsers[login]

    @property
    def app(self) -> Any:
        if not hasattr(self, "_app"):
            self._app = create_app(self.engine, secure=False)
        return self._app

    def start(self, method: str = "essai", **said: Any) -> int:
        address = self.do("claire", StartProject("Un projet", method, "DAF", ("O1",), "energie", ("DAF", "DRH")))
        return int(address.rpartition("/")[2])


def _start(play: Pages, login: str, said: StartProject) -> tuple[str, Sent]:
    lead = play.people["claire"]
    form: Sent = {
        "methode": said.method, "title": said.title, "service": said.service, "objectives": list(said.objectives),
        "themes": [said.theme], "impacted": list(said.impacted), "role-CP": lead, "role-PM": lead,
    }  # fmt: skip
    return "/projets/nouveau", form


def _attach(play: Pages, login: str, said: AttachFile) -> tuple[str, Sent]:
    return f"/taches/{said.task}", {f"f.{said.field}": (io.BytesIO(said.content), said.name), "do": "draft"}


def _complete(play: Pages, login: str, said: CompleteTask) -> tuple[str, Sent]:
    page = play.engine.read(TaskPageOf(said.task), play.people[login])
    form: Sent = {"do": "complete", "revision": page.revision}
    for field in page.form:
        if field.type != "file":
            form |= typed(field, f"f.{field.key}", said.values.get(field.key))
    return f"/taches/{said.task}", form


def typed(field: Field, name: str, value: Any) -> Sent:
    """What a browser sends for an answer."""
    if field.type == "table":
        return {
            f"{name}.{number}.{key}": said(cell)
            for number, row in enumerate(value or [])
            for key, cell in row.items()
            if cell is not False
        }
    if field.type == "checklist":
        return {
            f"{name}.{item}.{part}": said(word) for item, line in (value or {}).items() for part, word in line.items()
        }
    if field.type in ("multiselect", "users"):
        return {name: [said(each) for each in value or []]}
    if field.type == "boolean" and not value and not field.required:
        return {}
    return {name: said(value)}


def said(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _decide(play: Pages, login: str, decision: DecideGate) -> tuple[str, Sent]:
    form: Sent = {"outcome": decision.outcome, "reason": decision.reason}
    for number, each in enumerate(decision.reserves):
        form |= {f"reserve-{number}-text": each.text, f"reserve-{number}-owner": each.owner}
        form |= {f"reserve-{number}-due": each.due.isoformat()}
    if decision.review_at is not None:
        form["review_at"] = decision.review_at.isoformat()
    return f"/portes/{decision.task}/decision", form


def _lift(play: Pages, login: str, lifted: LiftReserve) -> tuple[str, Sent]:
    [row] = play.rows(ReserveRow, ReserveRow.id == lifted.reserve)
    return f"/projets/{row.project_id}/reserves/{lifted.reserve}", {"proof": lifted.proof}


FORMS: dict[type[Any], Any] = {
    StartProject: _start,
    AttachFile: _attach,
    AttestItem: lambda play, login, act: (f"/taches/{act.task}/attester", {"item": act.item, "evidence": act.evidence}),
    AssignTask: lambda play, login, act: (f"/taches/{act.task}/confier", {"to": act.to}),
    CompleteTask: _complete,
    AssessCriterion: lambda play, login, act: (
        f"/portes/{act.task}/criteres",
        {f"state-{act.criterion}": act.state, f"evidence-{act.criterion}": act.evidence},
    ),
    CastVote: lambda play, login, act: (f"/portes/{act.task}/vote", {"opinion": act.opinion}),
    CloseVote: lambda play, login, act: (f"/portes/{act.task}/clore", {}),
    DecideGate: _decide,
    LiftReserve: _lift,
    ResumeProject: lambda play, login, act: (f"/projets/{act.project}/reprendre", {}),
}


@pytest.fixture
def pages(templates: Templates, tmp_path: Path) -> Iterator[Pages]:
    with templates.copy("sqlite", "essai", furnish, tmp_path) as url, playing(url, RELEASES) as play:
        pages = Pages(play.engine, play.clock)
        pages.browsers = {}
        yield pages


@pytest.mark.parametrize("name", SHIPPED)
def test_a_method_is_played_to_its_closure_with_each_outcome_that_its_gates_offer(pages: Pages, name: str) -> None:
    """At each gate in turn: suspended, taken up again, favourable with reserves, whichever of them it offers."""
    gates = method(name).gates
    wanted = {gate.id: [each for each in ("hold", "rework", "go_reserves") if each in gate.outcomes] for gate in gates}
    for asked in wanted.values():
        asked += [] if "go_reserves" in asked else ["go"]
    project = pages.start(method(name).id)
    assert pages.until(project, "", {gate: ["lift", *asked] for gate, asked in wanted.items()}) == 0
    assert decided(pages, project) == [(gate, each) for gate, asked in wanted.items() for each in asked]
    assert pages.project(project).status == "closed"
    assert "Ce projet est terminé" in words(pages.browser("claire").get(f"/projets/{project}"))


@pytest.mark.parametrize(("name", "gate"), offering("stop"))
def test_a_stop_at_each_gate_is_played_to_its_end(essai: Play, name: str, gate: str) -> None:
    """Up to the gate as the engine's tests go there; from the decision on, through the pages."""
    project = essai.start(method(name).id)
    essai.until(project, gate)
    pages = Pages(essai.engine, essai.clock)
    pages.browsers = {}
    pages.decide(project, gate, "stop")
    pages.until(project, "")
    status = "dismissed" if (name, gate) == ("projet-transversal", "G0") else "stopped"
    assert pages.project(project).status == status
    said_so = {"dismissed": "classé sans suite", "stopped": "arrêté"}[status]
    assert said_so in words(pages.browser("claire").get(f"/projets/{project}"))
    assert left(pages, project) == []
