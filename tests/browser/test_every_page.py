"""Every page of the demonstration, as it is seen: by all, in both languages, on a phone, with a keyboard, in print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from engine import SYSTEM, Engine, Language, People, ProjectPageOf, Projects, RegisterPageOf, SetLanguage, TaskPageOf
from engine.demo import furnish
from tests.browser.drawing_board import furnished
from tests.browser.stage import served
from tests.conftest import Templates
from tests.web.jobs_seen import DEAD, failure, seen

CATALOG = Path(__file__).parents[2] / "web/translations/en/LC_MESSAGES/web.po"
#: every text that a person sees on the page, but not what people and methods wrote in French
TEXTS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode())
    if (!walk.currentNode.parentElement.closest("[lang=fr], option, code")) found.push(walk.currentNode.data);
  return found;
}"""
ENERGY, SERVICE, CLOSED, SMALL, HELD = "Tilleuls", "réclamation", "tablette", "numéros utiles", "Regrouper"


class Demo:
    """The demonstration, served; `find` gives the addresses of its projects and tasks."""

    def __init__(self, engine: Engine, address: str, workshop: Mapping[str, str]) -> None:
        self.engine, self.address, self.workshop = engine, address, workshop
        self.projects = {each.title: each.id for each in engine.read(Projects(size=50), SYSTEM).projects}
        self.people = logins(engine)

    def project(self, word: str) -> int:
        return next(id for title, id in self.projects.items() if word in title)

    def task(self, word: str, code: str) -> int:
        page = self.engine.read(ProjectPageOf(self.project(word)), SYSTEM)
        return next(each.id for each in (*page.open, *page.done) if each.code == code)

    def entry(self, register: str, project: int | None = None) -> int:
        """The first entry of a register."""
        return int(self.engine.read(RegisterPageOf(register, project), SYSTEM).entries[-1].id)

    def sign_in(self, page: Page, login: str, language: Language = "fr") -> Page:
        """Signed in without the form, which has tests of its own."""
        page.context.add_cookies(
            [{"name": "jalon", "value": self.engine.sessions.open(self.people[login]), "url": self.address}]
        )
        self.engine.execute(SetLanguage(language), self.people[login])
        return page

    def administered(self) -> dict[str, str]:
        """The pages that only an administrator finds, and those that say more to one."""
        return {
            "jobs": "/jobs",
            "jobs-failed": "/jobs?liste=echecs&tri=name",
            "jobs-nothing": "/jobs?recherche=licorne",
            "people-administered": "/personnes",
            "entrust": f"/personnes/{self.people['claire']}/confier",
            "entrust-nothing": f"/personnes/{self.people['sophie']}/confier",
            "tailoring": "/methodes/projet_transversal/adapter/DSI",
            "tailorings": "/methodes/projet_transversal/amenagements",
            "migrations": "/methodes/projet_transversal/migrer",
            "workshop": "/atelier",
            "holders": "/services/DSI/personnes",
            **self.workshop,
        }

    def addresses(self) -> dict[str, str]:
        """Every page worth a look, by name."""
        energy, service = self.project(ENERGY), self.project(SERVICE)
        return {
            "inbox": "/",
            "inbox-mine": "/?voir=mine",
            "inbox-roles": "/?voir=roles",
            "inbox-nothing": "/?voir=unassigned&retard=1",
            "task-open": f"/taches/{self.task(SERVICE, 'T1')}",
            "task-done": f"/taches/{self.task(ENERGY, 'A6')}",
            "task-of-another": f"/taches/{self.task(SERVICE, 'D2')}",
            "gate-open": f"/portes/{self.task(ENERGY, 'G2')}",
            "gate-decided": f"/portes/{self.task(ENERGY, 'G1')}",
            "projects": "/projets",
            "projects-none": "/projets?recherche=licorne",
            "project": f"/projets/{energy}",
            "project-deploying": f"/projets/{service}",
            "project-held": f"/projets/{self.project(HELD)}",
            "project-closed": f"/projets/{self.project(CLOSED)}",
            "history": f"/projets/{energy}/historique",
            "actions": f"/projets/{energy}/registres/actions",
            "risks-by-criticality": f"/projets/{energy}/registres/risques?tri=level",
            "register-empty": f"/projets/{energy}/registres/modifications",
            "ideas": "/registres",
            "watch": "/registres/veille",
            "entry": f"/entrees/{self.entry('action', energy)}",
            "entry-new": f"/entrees/nouvelle?registre=risques&projet={energy}",
            "idea": f"/entrees/{self.entry('idea')}",
            "watch-followed": f"/entrees/{self.entry('watch')}/suite",
            "start": "/projets/nouveau",
            "start-form": "/projets/nouveau?methode=pm2",
            "succession": f"/projets/{energy}/passation",
            "meetings": f"/projets/{energy}/reunions",
            "guests": f"/projets/{energy}/invites",
            "registers": f"/projets/{energy}/registres",
            "compliance": f"/projets/{energy}/conformite",
            "choices": f"/projets/{energy}/choix",
            "deviations": "/derogations",
            "deviations-by-reason": "/derogations?vue=motif&etat=all",
            "services": "/services",
            "strategy": "/strategie",
            "strategy-matrix": "/strategie/matrice",
            "themes": "/thematiques",
            "methods": "/methodes",
            "method": "/methodes/petit_projet",
            "method-in-use": "/methodes/projet_transversal/usage",
            "method-of-a-service": "/methodes/projet_transversal/services/DSI",
            "people": "/personnes",
            "account": "/compte",
            "not-found": "/projets/999999",
        }


def logins(engine: Engine) -> dict[str, int]:
    return {each.login: each.actor.id for each in engine.read(People(), SYSTEM).people}


@pytest.fixture(scope="module")
def demo(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    def fill(url: str) -> None:
        engine = Engine(url)
        furnish(engine)
        engine.close()

    with templates.copy("sqlite", "the demonstration", fill, tmp_path_factory.mktemp("pages")) as url:
        engine = Engine(url)
        with served(engine) as address:
            demo = Demo(engine, address, furnished(engine, logins(engine)))
            seen(engine, demo.project(SERVICE), demo.people["sophie"], engine.clock())
            yield demo
        engine.close()


@pytest.fixture
def visitor(demo: Demo, person: Callable[..., Page]) -> Callable[..., Page]:
    """`visitor("karim", language="en", width=390)`: someone signed in."""

    def comes(login: str, *, language: str = "fr", width: int = 1280) -> Page:
        return demo.sign_in(person(login, width=width, base_url=demo.address), login, language)

    return comes


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(("login", "language"), [("helene", "fr"), ("marc", "en")])
def test_all_may_read_every_page_in_light_and_in_dark(
    demo: Demo, visitor: Callable[..., Page], axe: Callable[..., list[str]], login: str, language: str
) -> None:
    """The sponsor sees every page, and may decide."""
    page = visitor(login, language=language)
    faults = {}
    for name, address in demo.addresses().items():
        page.goto(address)
        if found := axe(page):
            faults[name] = found
    assert faults == {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_administrator_may_read_the_pages_of_administration(
    demo: Demo, visitor: Callable[..., Page], axe: Callable[..., list[str]], language: str
) -> None:
    page = visitor("sophie", language=language)
    faults = {}
    for name, address in demo.administered().items():
        page.goto(address)
        if found := axe(page):
            faults[name] = found
    assert faults == {}


def test_the_sign_in_page_is_open_to_all(
    demo: Demo, person: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    page = person(base_url=demo.address)
    page.goto("/projets")
    expect(page).to_have_url(f"{demo.address}/connexion?next=/projets")
    assert axe(page) == []


def test_nothing_is_wider_than_a_phone(
    demo: Demo, visitor: Callable[..., Page], screenshot: Callable[..., Path]
) -> None:
    wide = {}
    for login, addresses in (("helene", demo.addresses()), ("sophie", demo.administered())):
        page = visitor(login, width=390)
        for name, address in addresses.items():
            page.goto(address)
            screenshot(page, f"phone-{name}")
            if sideways(page) > 0:
                wide[name] = sideways(page)
    assert wide == {}


def test_the_english_pages_hold_no_word_of_the_french_interface(demo: Demo, visitor: Callable[..., Page]) -> None:
    with CATALOG.open("rb") as file:
        catalog = [each for each in read_po(file) if isinstance(each.id, str)]
    # “Voter” is a word of both
    french = {plain(str(each.id)) for each in catalog} - {plain(str(each.string)) for each in catalog}
    left = {}
    for login, addresses in (("marc", demo.addresses()), ("sophie", demo.administered())):
        page = visitor(login, language="en")
        for name, address in addresses.items():
            page.goto(address)
            assert page.locator("html").get_attribute("lang") == "en"
            said = {plain(text) for text in page.evaluate(TEXTS)}
            if found := said & french - {""}:
                left[name] = found
    assert left == {}


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_a_keyboard_reaches_the_main_action(demo: Demo, visitor: Callable[..., Page]) -> None:
    page = visitor("antoine")
    page.goto(f"/taches/{demo.task(SMALL, 'S11')}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name + ' ' + document.activeElement.value"))
    assert "do complete" in reached


def test_a_refused_form_says_what_is_wrong_and_keeps_what_was_typed(
    demo: Demo, visitor: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    page = visitor("antoine")
    page.goto(f"/taches/{demo.task(SMALL, 'S11')}")
    page.get_by_label("Livrable").fill("Une affiche par hall")
    page.get_by_role("button", name="Terminer la tâche").click()
    expect(page.get_by_role("alert")).to_contain_text("À revoir avant de continuer")
    expect(page.get_by_label("Livrable")).to_have_value("Une affiche par hall")
    assert axe(page) == []
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator('[name="f.objectif"]')).to_be_focused()


def test_a_page_prints(demo: Demo, visitor: Callable[..., Page]) -> None:
    page = visitor("claire")
    page.goto(f"/projets/{demo.project(ENERGY)}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("header nav").first).to_be_hidden()


def test_two_windows_on_one_task_make_one_act(demo: Demo, visitor: Callable[..., Page]) -> None:
    task = demo.task(SMALL, "S11")
    first, second = visitor("antoine"), visitor("antoine")
    for page, aim in ((first, "Trouver le bon numéro"), (second, "Le mien, tapé en second")):
        page.goto(f"/taches/{task}")
        page.get_by_label("Objectif").fill(aim)
        page.get_by_label("Livrable").fill("Une affiche")
        page.get_by_label("Date de fin").fill("2030-06-03")
        page.get_by_label("Charge (jours)").fill("8")
    first.get_by_role("button", name="Terminer la tâche").click()
    expect(first.get_by_text("est terminée").first).to_be_visible()
    second.get_by_role("button", name="Terminer la tâche").click()
    expect(second.get_by_text("n’est plus à faire").first).to_be_visible()
    expect(second.get_by_text("Le mien, tapé en second")).to_be_visible()
    assert demo.engine.read(ProjectPageOf(demo.project(SMALL)), SYSTEM).done[0].code == "S11"


def test_the_last_act_is_refused_in_words_where_nobody_is_signed_in_any_more(
    demo: Demo, visitor: Callable[..., Page]
) -> None:
    page = visitor("emilie")
    page.goto("/")
    demo.engine.sessions.close_all_of(demo.people["emilie"])
    page.get_by_role("link", name="Projets").first.click()
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()


def test_a_page_that_a_colleague_outdated_keeps_what_was_typed_and_may_be_sent_again(
    demo: Demo, visitor: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    task = demo.task(SERVICE, "T1")
    login = next(
        login for login, id in demo.people.items()
        if (who := demo.engine.read(TaskPageOf(task), SYSTEM).task.assignee) and who.id == id
    )  # fmt: skip
    first, second = visitor(login), visitor(login)
    for page, words in ((first, "Écrit en premier"), (second, "Écrit en second")):
        page.goto(f"/taches/{task}")
        page.locator("form[data-guard] textarea").first.fill(words)
    first.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(first.get_by_text("Brouillon enregistré").first).to_be_visible()
    second.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(second.get_by_role("alert")).to_contain_text("Cette page n’est plus à jour")
    expect(second.locator("form[data-guard] textarea").first).to_have_value("Écrit en second")
    assert axe(second) == []
    second.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(second.get_by_text("Brouillon enregistré").first).to_be_visible()


# --- the page of jobs ------------------------------------------------------------------------------------------


def test_the_page_of_jobs_refreshes_itself_and_disturbs_nobody(demo: Demo, visitor: Callable[..., Page]) -> None:
    page = visitor("sophie")
    page.clock.install()
    page.goto("/jobs")
    search = page.get_by_label("Projet ou personne")
    search.fill("en train de taper")
    with demo.engine.store.write() as session:
        session.add(failure("send-77", None, 8, demo.engine.clock(), dead=True))
    page.clock.run_for(25_000)
    expect(page.get_by_role("button", name="Relancer send-77")).to_be_visible()
    expect(page.locator("#verdict")).to_contain_text("2 travaux sont abandonnés")
    expect(search).to_be_focused()
    expect(search).to_have_value("en train de taper")
    button = page.get_by_role("button", name=f"Relancer {DEAD}")
    button.focus()
    with page.expect_response("**/jobs"):
        page.clock.run_for(25_000)
    expect(button).to_be_focused()


def test_a_job_is_restarted_and_tasks_are_entrusted_without_scripts(demo: Demo, person: Callable[..., Page]) -> None:
    page = demo.sign_in(person(javascript=False, base_url=demo.address), "sophie")
    page.goto("/jobs")
    page.get_by_role("button", name=f"Relancer {DEAD}").click()
    expect(page.get_by_text("Le travail est relancé.")).to_be_visible()
    page.goto("/personnes")
    page.get_by_role("link", name="Confier ses tâches (Claire Fontaine)").click()
    page.get_by_label("À qui").select_option(str(demo.people["karim"]))
    page.get_by_label("Parce que").fill("Départ à la retraite")
    page.get_by_role("button", name="Confier les").click()
    expect(page.get_by_role("heading", name="les tâches de Claire Fontaine")).to_be_visible()
    expect(page.get_by_text("Motif : Départ à la retraite", exact=True)).to_be_visible()
