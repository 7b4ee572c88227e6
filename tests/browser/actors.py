"""A served Jalon, and people who work in it at their browsers: every act is a click, every value is typed.

    with served(url) as site:                    a waitress of its own, on a free port, over SQLite or PostgreSQL
        crew = Crew(site, person)                who signs in, each in a browser of their own, when first needed
        project = crew.starts("projet_transversal")
        crew.goes_on(project, until="G1")        every open task, by whoever has to do it, up to a gate or a task
        crew.decides(project, "G1", "rework")    criteria, votes, close, decision

What is open and whose turn it is comes from `engine.read`; nothing is done but in the browser. `filled_in` knows a
form by its fields only, so that it fills any method's.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import waitress
from playwright.sync_api import Locator, Page, expect

from engine import (
    SYSTEM,
    Engine,
    GatePageOf,
    LoadOrganisation,
    People,
    ProjectPageOf,
    PublishMethod,
    TaskLine,
    TaskPageOf,
)
from tests.engine.organisation import ORGANISATION, PASSWORD, PEOPLE
from tests.engine.play import PDF, files_of
from web import create_app

#: every person of the organisation can sign in
EVERYONE: list[dict[str, Any]] = [
    {**each, "password": PASSWORD if each["login"] not in ("karim", "igor") else ""} for each in ORGANISATION["people"]
]
NAMES = {login: name for login, (name, _) in PEOPLE.items()}
LOGINS = {name: login for login, name in NAMES.items()}
ATTACHED = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": PDF}
IN_A_MONTH = (date.today() + timedelta(days=30)).isoformat()
OPINIONS = {"favourable": "favorable", "unfavourable": "défavorable", "abstention": "abstention"}


@dataclass(frozen=True)
class Site:
    """Where it is served, and the engine behind it."""

    engine: Engine
    address: str


@contextlib.contextmanager
def served(url: str, *methods: str, demo: bool = False) -> Iterator[Site]:
    """The organisation of the engine's tests and the `methods` of `workflows`, served; nothing is loaded for none."""
    engine = Engine(url)
    if methods:
        engine.execute(LoadOrganisation({**ORGANISATION, "people": EVERYONE}), SYSTEM)
    for each in methods:
        engine.execute(PublishMethod(files_of(each)), SYSTEM)
    server = waitress.create_server(
        create_app(engine, demo=demo, secure=False), host="127.0.0.1", port=0, threads=4, ident=None
    )
    thread = threading.Thread(target=server.run, name="served")
    thread.start()
    try:
        yield Site(engine, f"http://127.0.0.1:{server.effective_port}")
    finally:
        # in the server's own thread: it ends when it has nothing left to listen to
        server.trigger.pull_trigger(lambda: [each.close() for each in list(server._map.values())])
        thread.join()
        server.task_dispatcher.shutdown()
        engine.close()


class Crew:
    """The people of the organisation, at their browsers."""

    def __init__(self, site: Site, person: Callable[..., Page], **browser: Any) -> None:
        self.site, self.person, self.browser = site, person, browser
        self.pages: dict[str, Page] = {}
        actors = site.engine.read(People(), SYSTEM).people
        self.ids = {line.login: line.actor.id for line in actors}

    def __call__(self, login: str) -> Page:
        """Someone's page, signed in with login and password."""
        if login not in self.pages:
            page = self.person(login, base_url=self.site.address, **self.browser)
            page.goto("/connexion")
            signs_in(page, login)
            self.pages[login] = page
        return self.pages[login]

    # --- what is known of a project, to find whose turn it is ---

    def read(self, query: Any, login: str = "claire") -> Any:
        return self.site.engine.read(query, self.ids[login])

    def open(self, project: int) -> list[TaskLine]:
        """The open tasks and gates, in the order of the project's page."""
        return [line for line in self.read(ProjectPageOf(project)).open if line.kind != "occurrence"]

    def task(self, project: int, code: str) -> TaskLine:
        return next(line for line in self.open(project) if line.code == code)

    def doer(self, line: TaskLine) -> str:
        """Its assignee; else someone of its role takes it, or the lead gives it to Émile where nobody holds the role."""
        if line.assignee:
            return LOGINS[line.assignee.name]
        held = [role.people for role in self.read(ProjectPageOf(line.project)).people if role.name == line.role]
        names = [LOGINS[each.name] for people in held for each in people]
        takers = [each for each in names if each != "claire" and self.may_claim(line, each)]
        if takers:
            page = self(takers[0])
            page.goto(f"/taches/{line.id}")
            page.get_by_role("button", name="Prendre cette tâche").click()
            expect(page.get_by_role("status")).to_have_text("La tâche est à vous.")
            return takers[0]
        page = self("claire")
        page.goto(f"/taches/{line.id}")
        opened(page, "Confier à quelqu’un")
        page.locator("#assign-to").select_option(str(self.ids["emile"]))
        page.get_by_role("button", name="Confier", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("La tâche est confiée.")
        return "emile"

    def may_claim(self, line: TaskLine, login: str) -> bool:
        return "claim" in self.read(TaskPageOf(line.id), login).can

    # --- what they do ---

    def starts(self, method: str, title: str = "Un accueil sans attente", **people: str) -> int:
        """Claire starts a project by the form, which she leads; `people`: role -> login."""
        page = self("claire")
        page.goto(f"/projets/nouveau?methode={method}")
        page.get_by_label("Titre du projet").fill(title)
        page.get_by_label("Mieux accueillir").check()
        page.get_by_label("Thème").select_option("energie")
        page.get_by_label("Service qui porte le projet").select_option("DAF")
        impacted = page.get_by_role("group", name="Services impactés")
        impacted.get_by_label("Service DAF").check()
        impacted.get_by_label("Service DRH").check()
        for role, login in people.items():
            page.locator(f"select[name=role-{role}]").select_option(str(self.ids[login]))
        page.get_by_role("button", name="Démarrer le projet").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        found = re.search(r"/projets/(\d+)$", page.url)
        assert found, page.url
        return int(found[1])

    def completes(self, line: TaskLine) -> Page:
        """Whoever has to do a task fills in its form and completes it."""
        page = self(self.doer(line))
        page.goto(f"/taches/{line.id}")
        filled_in(page.locator("form[data-guard]"))
        page.get_by_role("button", name="Terminer la tâche").click()
        expect(page.get_by_role("status")).to_contain_text(f"« {line.name.fr} » est terminée.")
        return page

    def goes_on(self, project: int, until: str = "", decisions: Iterable[str] = ()) -> list[str]:
        """Every open task is completed until `until` is open; gates before it are gone through. The codes, in order."""
        done = []
        while waiting := self.open(project):
            codes = [line.code for line in waiting]
            if until in codes:
                return done
            line = next((each for each in waiting if each.kind != "gate"), waiting[0])
            done.append(line.code)
            if line.kind == "gate":
                self.decides(project, line.code)
            else:
                self.completes(line)
        assert until == "", f"{until} never opens"
        return done

    def examines(self, gate: TaskLine) -> Page:
        """The lead says of each criterion that it holds, and what shows it."""
        page = self("claire")
        page.goto(f"/portes/{gate.id}")
        states = page.locator(".criteria fieldset.choose")
        for number in range(states.count()):
            states.nth(number).get_by_role("radio").first.check()
            states.nth(number).get_by_role("textbox").fill("Vu au dossier")
        if states.count():
            page.get_by_role("button", name="Enregistrer les critères").click()
            expect(page.get_by_role("status")).to_have_text("Les critères sont enregistrés.")
        return page

    def votes(self, gate: TaskLine, opinion: str = "favourable") -> None:
        """Every voter votes; the chair closes the vote."""
        for voter in self.read(GatePageOf(gate.id)).voters:
            page = self(LOGINS[voter.actor.name])
            page.goto(f"/portes/{gate.id}")
            page.locator(f"input[name=opinion][value={opinion}]").check()
            page.get_by_role("button", name="Voter", exact=True).click()
            expect(page.locator(".notice.done[role=status]")).to_contain_text("Votre vote est enregistré.")
        chair = self("denis")
        chair.goto(f"/portes/{gate.id}")
        expect(chair.locator("#quorum .badge")).to_have_text("quorum atteint")
        chair.get_by_role("button", name="Clore le vote").click()
        expect(chair.locator(".notice.done[role=status]")).to_contain_text("Le vote est clos.")

    def meets(self, project: int, code: str, opinion: str = "favourable") -> Page:
        """A gate's session up to its decision: what the chair sees then."""
        gate = self.task(project, code)
        self.examines(gate)
        if self.read(GatePageOf(gate.id)).rule != "chair":
            self.votes(gate, opinion)
        page = self("denis")
        page.goto(f"/portes/{gate.id}")
        return page

    def decides(self, project: int, code: str, outcome: str = "go", reason: str = "Le dossier le montre.") -> Page:
        """A gate's whole session; the record is on the page that comes back."""
        page = self.meets(project, code, "favourable" if outcome.startswith("go") else "unfavourable")
        decided(page, outcome, reason)
        return page


def signs_in(page: Page, login: str) -> None:
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.locator("header .self")).to_contain_text(NAMES[login])


def opened(page: Page, summary: str) -> None:
    page.locator("summary", has_text=summary).click()


def decided(page: Page, outcome: str, reason: str) -> None:
    """The chair's form, in a gate whose vote is closed."""
    page.locator(f"input[name=outcome][value={outcome}]").check()
    page.get_by_label("Motif de la décision").fill(reason)
    if outcome == "go_reserves":
        opened(page, "Réserves (si favorable avec réserves)")
        page.get_by_label("Ce qui reste à faire").fill("Compléter le budget")
        page.get_by_label("Porteur").select_option(label=NAMES["claire"])
        page.locator("input[name=reserve-0-due]").fill(IN_A_MONTH)
    if outcome == "hold":
        opened(page, "Date de revue (si suspension)")
        page.get_by_label("Date de revue").fill(IN_A_MONTH)
    page.get_by_role("button", name="Décider").click()
    expect(page.get_by_role("status")).to_contain_text("La porte est décidée.")
    expect(page.get_by_role("heading", name="Procès-verbal")).to_be_visible()


# --- any form ----------------------------------------------------------------------------------------------


def filled_in(form: Locator) -> None:
    """A valid answer in every field that has none yet, whatever the method asks."""
    fields = form.locator("[name^='f.']")
    found = fields.evaluate_all(
        """all => all.map(each => ({
             tag: each.tagName, type: each.type, name: each.name, value: each.value, checked: each.checked,
             many: each.multiple, numeric: each.inputMode === 'decimal', options: [...(each.options || [])]
               .map(option => ({value: option.value, selected: option.selected}))}))"""
    )
    chosen = {each["name"] for each in found if each["checked"] and each["value"]}
    for number, each in enumerate(found):
        answered(fields.nth(number), each, chosen)


def answered(field: Locator, each: dict[str, Any], chosen: set[str]) -> None:
    name = each["name"]
    if each["type"] == "radio":
        wanted = each["value"] == "done" if name.endswith(".state") else each["value"]
        if wanted and name not in chosen:
            field.check()
            chosen.add(name)
    elif each["type"] == "checkbox":
        field.check()
    elif each["type"] == "file":
        field.set_input_files(ATTACHED)
    elif each["tag"] == "SELECT":
        if not any(option["selected"] and option["value"] for option in each["options"]):
            field.select_option([option["value"] for option in each["options"] if option["value"]][0])
    elif not each["value"] and not name.endswith(".reason"):
        field.fill(typed(each))


def typed(each: dict[str, Any]) -> str:
    if each["type"] == "date":
        return IN_A_MONTH
    return "1 500,50" if each["numeric"] else "Un texte"
