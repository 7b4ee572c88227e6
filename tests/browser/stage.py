"""A served Jalon and the people who use it, each in a browser of their own.

    stage = Stage(engine, address, person)
    stage.at("claire")                    Claire's window, signed in with her password
    stage.complete("A1")                  whoever has A1 opens it, fills its form, completes it
    stage.decide("G1", "go", …)           criteria, votes, close, decision

What to fill in is asked of the engine; everything is done through the pages.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import waitress
from playwright.sync_api import Page, expect

from engine import (
    SYSTEM,
    Column,
    Engine,
    Field,
    GatePageOf,
    MyTasks,
    People,
    ProjectPageOf,
    TaskLine,
    TaskPage,
    TaskPageOf,
)  # fmt: skip
from tests.conftest import Templates
from web import create_app

PASSWORD = "quatre mots sans lien"
PDF = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
LATER = (date.today() + timedelta(days=30)).isoformat()


def engine_over(templates: Templates, name: str, fill: Callable[[str], None], folder: Path) -> Iterator[Engine]:
    """The engine of a copy of what `fill` puts into a database, once for all tests that call it `name`."""
    with templates.copy("sqlite", name, fill, folder) as url:
        engine = Engine(url)
        yield engine
        engine.close()


@contextmanager
def served(engine: Engine, *, demo: bool = False) -> Iterator[str]:
    """The address at which the pages of `engine` are served, on this machine, while the block lasts."""
    server = waitress.create_server(create_app(engine, demo=demo, secure=False), host="127.0.0.1", port=0, threads=6)
    closing = threading.Event()

    def serve() -> None:
        try:
            server.run()
        except OSError:  # it was about to wait on a socket that is closed meanwhile
            if not closing.is_set():
                raise

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        closing.set()
        server.close()
        thread.join(timeout=10)


class Stage:
    def __init__(self, engine: Engine, address: str, person: Callable[..., Page], *, javascript: bool = True) -> None:
        self.engine, self.address, self.person, self.javascript = engine, address, person, javascript
        people = engine.read(People(), SYSTEM).people
        self.ids = {each.login: each.actor.id for each in people}
        self.logins = {id: login for login, id in self.ids.items()}
        self.windows: dict[str, Page] = {}
        self.project = 0

    def at(self, login: str) -> Page:
        """The window of `login`, who signs in the first time."""
        if login not in self.windows:
            page = self.person(login, base_url=self.address, javascript=self.javascript)
            page.goto("/connexion")
            page.get_by_label("Identifiant").fill(login)
            page.get_by_label("Mot de passe").fill(PASSWORD)
            page.get_by_role("button", name="Se connecter").click()
            expect(page.get_by_role("heading", name="À faire", exact=True)).to_be_visible()
            self.windows[login] = page
        return self.windows[login]

    def open(self, code: str) -> list[TaskLine]:
        """The open tasks of that code, as the engine has them."""
        return [each for each in self.engine.read(ProjectPageOf(self.project), SYSTEM).open if each.code == code]

    def start(self, login: str, method: str, title: str, people: dict[str, str]) -> None:
        page = self.at(login)
        page.goto(f"/projets/nouveau?methode={method}")
        page.get_by_label("Titre du projet").fill(title)
        page.locator("input[name=objectives]").first.check()
        page.locator("input[name=themes]").first.check()
        page.locator("select[name=service]").select_option("ORG")
        for code in ("DAF", "DRH"):
            page.locator(f"input[name=impacted][value={code}]").check()
        for role, who in people.items():
            page.locator(f"select[name=role-{role}]").first.select_option(str(self.ids[who]))
        page.get_by_role("button", name="Démarrer le projet").click()
        expect(page.get_by_text("Le projet est démarré.")).to_be_visible()
        found = re.search(r"/projets/(\d+)", page.url)
        assert found, page.url
        self.project = int(found[1])

    # --- tasks ---

    def complete(self, code: str, login: str = "", **answers: str) -> None:
        """Everybody who has a task of that code does it; one that nobody has is taken by `login` first."""
        for task in self.open(code):
            page = self.task(task, login)
            self.attest(self.read(task, page))
            self.fill(page, self.read(task, page), answers)
            page.get_by_role("button", name="Terminer la tâche").click()
            expect(page.get_by_text("est terminée").first).to_be_visible()

    def attest(self, asked: TaskPage) -> None:
        """The administrator vouches, in their own window, for what only they can."""
        for line in asked.lines.values():
            if line.admin and not line.holds:
                page = self.at("jeanne")
                page.goto(f"/taches/{asked.task.id}")
                page.locator(f'[id="attest-{line.key}"]').fill("Fait ce jour")
                page.get_by_role("button", name=f"Attester {line.text.fr}").click()
                expect(page.get_by_text("C’est attesté.")).to_be_visible()

    def task(self, task: TaskLine, login: str = "") -> Page:
        """The task in the window of whoever does it, claimed where nobody has it."""
        page = self.at(login or (self.logins[task.assignee.id] if task.assignee else ""))
        page.goto(f"/taches/{task.id}")
        if task.assignee is None:
            page.get_by_role("button", name="Prendre cette tâche").click()
            expect(page.get_by_role("button", name="Terminer la tâche")).to_be_visible()
        return page

    def read(self, task: TaskLine, page: Page) -> TaskPage:
        login = next(login for login, window in self.windows.items() if window is page)
        seen: TaskPage = self.engine.read(TaskPageOf(task.id), self.ids[login])
        return seen

    def fill(self, page: Page, asked: TaskPage, answers: dict[str, str]) -> None:
        for field in asked.form:
            if asked.values.get(field.key) in (None, "", [], {}) or field.type == "checklist" or field.key in answers:
                FILL[field.type](page, f"f.{field.key}", field, asked, answers.get(field.key, ""))

    # --- gates ---

    def assess(self, code: str, login: str) -> Page:
        """Every criterion that a person may tick holds."""
        [task] = self.open(code)
        page = self.at(login)
        page.goto(f"/portes/{task.id}")
        for line in self.engine.read(GatePageOf(task.id), self.ids[login]).criteria:
            if not line.computed:
                page.locator(f'input[name="state-{line.key}"][value=met]').check()
                page.locator(f'textarea[name="evidence-{line.key}"]').fill("Vu au dossier")
        page.get_by_role("button", name="Enregistrer les critères").click()
        return page

    def vote(self, code: str, opinion: str) -> None:
        """Every voter votes, in their own window."""
        [task] = self.open(code)
        for voter in self.engine.read(GatePageOf(task.id), SYSTEM).voters:
            page = self.at(self.logins[voter.actor.id])
            page.goto(f"/portes/{task.id}")
            page.locator(f"input[name=opinion][value={opinion}]").check()
            page.get_by_role("button", name="Voter").click()
            expect(page.get_by_text("Votre bulletin est déposé")).to_be_visible()

    def decide(self, code: str, outcome: str, *, lead: str, chair: str, reason: str = "Tout y est.") -> Page:
        """The lead presents, the voters vote, the chair closes the vote and decides."""
        self.assess(code, lead)
        [task] = self.open(code)
        page = self.at(chair)
        page.goto(f"/portes/{task.id}")
        if page.get_by_role("button", name="Clore le vote").count():
            self.vote(code, "favourable" if outcome.startswith("go") else "unfavourable")
            page.goto(f"/portes/{task.id}")
            page.get_by_role("button", name="Clore le vote").click()
            expect(page.get_by_text("Vote clos le")).to_be_visible()
        page.locator(f"input[name=outcome][value={outcome}]").check()
        page.get_by_label("Motif de la décision").fill(reason)
        if outcome == "go_reserves":
            page.get_by_text("Réserves (si favorable avec réserves)").click()
            page.locator("[name=reserve-0-text]").fill("Chiffrer la variante")
            page.locator("[name=reserve-0-owner]").select_option(str(self.ids[lead]))
            page.locator("[name=reserve-0-due]").fill(LATER)
        if outcome == "hold":
            page.get_by_text("Date de revue (si suspension)").click()
            page.locator("[name=review_at]").fill(LATER)
        page.get_by_role("button", name="Décider").click()
        expect(page.get_by_role("button", name="Décider")).to_have_count(0)
        return page


# --- one kind of field each --------------------------------------------------------------------------------


def named(name: str) -> str:
    return f'[name="{name}"]'


def line(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    page.locator(named(name)).fill(said or "Une réponse du métier")


def number(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    page.locator(named(name)).fill(said or "5")


def day(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    page.locator(named(name)).fill(said or LATER)


def yes_or_no(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    page.locator(f'{named(name)}[value="{said or "true"}"]').check()


def one(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    value = said or asked.choices[field.key][0].value
    if page.locator(f"select{named(name)}").count():
        page.locator(f"select{named(name)}").select_option(value)
    else:
        page.locator(f'{named(name)}[value="{value}"]').check()


def some(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    for each in asked.choices[field.key][:2]:
        page.locator(f'{named(name)}[value="{each.value}"]').check()


def somebody(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    page.locator(named(name)).select_option(str(asked.people[0].id))


def people(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    if page.locator(f"select{named(name)}").count():
        page.locator(named(name)).select_option([str(asked.people[0].id)])
    else:
        page.locator(named(name)).first.check()


def file(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    page.locator(named(name)).set_input_files(PDF)  # type: ignore[arg-type]


def rows(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    for row in range(max(field.fewest_rows, 1)):
        if not page.locator(named(f"{name}.{row}.{field.columns[0].key}")).count():
            page.locator(f'button[name=add_row][value="{field.key}"]').click()
        for column in field.columns:
            cell(page, f"{name}.{row}.{column.key}", column, row, asked)


def cell(page: Page, name: str, column: Column, row: int, asked: TaskPage) -> None:
    at = page.locator(named(name))
    match column.type:
        case "select":
            at.select_option(column.options[-1 - row % len(column.options)].value)
        case "user":
            at.select_option(str(asked.people[0].id))
        case "boolean":
            at.check()
        case "number" | "money":
            at.fill("2")
        case "date":
            at.fill(LATER)
        case _:
            at.fill(f"Ligne {row + 1}")


def ticks(page: Page, name: str, field: Field, asked: TaskPage, said: str) -> None:
    for item in asked.items[field.key]:
        if item.computed or item.proof == "admin":
            continue  # Jalon or the administrator answers
        page.locator(f'input[name="{name}.{item.key}.state"][value=done]').check()
        page.locator(f'input[name="{name}.{item.key}.evidence"]').fill("Au dossier")


FILL: dict[str, Callable[[Page, str, Field, TaskPage, str], None]] = {
    "string": line, "textarea": line, "number": number, "money": number, "date": day, "boolean": yes_or_no,
    "enum": one, "multiselect": some, "user": somebody, "users": people, "file": file, "table": rows,
    "checklist": ticks,
}  # fmt: skip


def inbox(engine: Engine, actor: int) -> list[str]:
    """The codes of what is expected of a person, sorted."""
    return sorted(each.code for each in engine.read(MyTasks(size=100), actor).tasks)
