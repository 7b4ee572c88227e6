"""The registers through their pages: written in two clicks, filtered, exported, closed in place; who sees what."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import Engine, EntryPageOf, MyEntries, OpenEntry, RegisterPageOf
from engine.store.tables import ActRow, ChoiceRow, EntryRow, HoldingRow, NoticeRow
from tests.web.conftest import Browser, words

ACTION = {"registre": "actions", "projet": "1", "f.title": "Appeler le loueur", "f.owner": "1", "f.due": "2020-01-31"}
RESISTANCE = {
    "registre": "resistances",
    "projet": "1",
    "f.title": "Les ateliers",
    "f.synergy": "1",
    "f.antagonism": "4",
}
IDEA = {"registre": "idees", "f.title": "Des vélos", "f.body": "Trop de voitures"}
WATCH = {"registre": "veille", "f.title": "Un décret", "f.on": "2026-11-20", "f.theme": "", "f.relevance": "4"}


def opened(browser: Browser, data: dict[str, str], **more: str) -> int:
    """The number of an entry opened through its form."""
    answer = browser.post("/entrees/nouvelle", {**data, **more})
    assert answer.status_code == 303, words(answer)
    return int(answer.location.rpartition("/")[2])


def links(page: TestResponse) -> list[str]:
    return re.findall(r'href="([^"#]+)"', page.text)


# --- writing down -------------------------------------------------------------------------------------------


def test_two_clicks_from_a_task_open_an_entry_that_keeps_where_it_came_from(
    amina: Browser, engine: Engine, task: int
) -> None:
    (address,) = [each for each in links(amina.get(f"/taches/{task}")) if "registre=risques" in each]
    page = amina.get(address.replace("&amp;", "&"))
    assert f'name="tache" value="{task}"' in page.text
    entry = opened(
        amina,
        {"registre": "risques", "projet": "1", "tache": str(task), "f.title": "Pluie", "f.probability": "4",
         "f.impact": "4", "f.owner": "2"},
    )  # fmt: skip
    assert f'href="/taches/{task}"' in amina.get(f"/entrees/{entry}").text
    assert "16 / 16" in words(amina.get(f"/entrees/{entry}"))


def test_what_a_form_lacks_is_said_beside_its_fields_with_what_was_typed(amina: Browser) -> None:
    answer = amina.post("/entrees/nouvelle", {**ACTION, "f.due": "", "f.title": "Appeler <b>"})
    assert answer.status_code == 422
    assert 'href="#f.due"' in answer.text
    assert "Appeler &lt;b&gt;" in answer.text


def test_an_empty_register_says_what_to_do_and_a_filter_that_keeps_nothing_says_so(amina: Browser) -> None:
    empty = amina.get("/projets/1/registres/actions")
    assert "Rien à traiter dans ce registre." in words(empty)
    assert "/entrees/nouvelle?registre=actions&amp;projet=1" in links(empty)
    assert "Rien ne correspond à ces filtres." in words(amina.get("/projets/1/registres/actions?retard=1"))


@pytest.mark.parametrize("name", ["actions", "risques", "resistances", "decisions", "modifications", "derogations"])
def test_every_register_of_a_project_has_its_page_its_form_and_its_exports(amina: Browser, name: str) -> None:
    assert amina.get(f"/projets/1/registres/{name}").status_code == 200
    assert amina.get(f"/entrees/nouvelle?registre={name}&projet=1").status_code == 200
    for file in ("csv", "xlsx"):
        assert amina.get(f"/projets/1/registres/{name}.{file}").status_code == 200


def test_a_register_is_filtered_and_leaves_as_csv_and_as_xlsx(amina: Browser) -> None:
    opened(amina, ACTION)
    opened(amina, ACTION, **{"f.title": "=SOMME(A1)", "f.due": "2099-01-31"})
    late = amina.get("/projets/1/registres/actions?retard=1")
    assert ("Appeler le loueur" in late.text, "=SOMME" in late.text) == (True, False)
    sheet = amina.get("/projets/1/registres/actions.csv")
    assert [row.split(";")[:3] for row in sheet.text.lstrip("\ufeff").splitlines()] == [
        ["Numéro", "Intitulé", "État"], ["2", "'=SOMME(A1)", "à faire"], ["1", "Appeler le loueur", "à faire"],
    ]  # fmt: skip
    assert "Appeler le loueur" in shared(amina.get("/projets/1/registres/actions.xlsx?retard=1"))
    assert "SOMME" not in shared(amina.get("/projets/1/registres/actions.xlsx?retard=1"))


def shared(workbook: TestResponse) -> str:
    """The texts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook.data)) as file:
        return file.read("xl/sharedStrings.xml").decode()


# --- my actions ---------------------------------------------------------------------------------------------


def test_an_action_is_closed_with_its_proof_in_the_inbox(amina: Browser, engine: Engine) -> None:
    entry = opened(amina, ACTION)
    inbox = amina.get("/")
    assert ("Mes actions" in words(inbox), "Appeler le loueur" in words(inbox)) == (True, True)
    refused = amina.post(f"/entrees/{entry}/etat", {"state": "done", "word": " ", "retour": "inbox"})
    assert refused.status_code == 422
    done = amina.post(f"/entrees/{entry}/etat", {"state": "done", "word": "appelé le 3", "retour": "inbox"})
    assert (done.status_code, done.location) == (303, "/#actions")
    assert engine.read(MyEntries(), 1).entries == ()
    assert "appelé le 3" in words(amina.get(f"/entrees/{entry}"))


@pytest.fixture
def member(engine: Engine, chloe: Browser) -> Browser:
    """Chloé takes part in the project."""
    with engine.store.write() as session:
        session.add(HoldingRow(role="GP", scope="project", scope_id=1, actor_id=3))
    return chloe


def test_who_takes_part_proposes_takes_and_the_lead_accepts(amina: Browser, member: Browser, engine: Engine) -> None:
    assert "Vous la proposez" in words(member.get("/entrees/nouvelle?registre=actions&projet=1"))
    entry = opened(member, {"registre": "actions", "projet": "1", "f.title": "Ranger"})
    assert "Je prends" in words(member.get("/projets/1/registres/actions"))
    assert member.post(f"/entrees/{entry}/etat", {"state": "todo"}).status_code == 403
    assert member.post(f"/entrees/{entry}/prendre").status_code == 303
    assert "Accepter" in words(amina.get(f"/entrees/{entry}"))
    assert amina.post(f"/entrees/{entry}/etat", {"state": "todo"}).status_code == 303
    line = engine.read(EntryPageOf(entry), 1).line
    assert (line.state, line.owner.id) == ("todo", 3)


def test_who_takes_part_reports_a_resistance_and_is_sent_back_where_they_were(member: Browser, task: int) -> None:
    form = member.get(f"/entrees/nouvelle?registre=resistances&projet=1&tache={task}")
    assert "Vous ne la reverrez pas une fois envoyée." in words(form)
    sent = member.post("/entrees/nouvelle", {**RESISTANCE, "tache": str(task)})
    assert (sent.status_code, sent.location) == (303, f"/taches/{task}")


# --- confidential -------------------------------------------------------------------------------------------


def test_a_resistance_is_nowhere_for_whoever_neither_leads_nor_sponsors(
    amina: Browser, chloe: Browser, engine: Engine, task: int
) -> None:
    pages = [
        "/", "/projets", "/projets/1", "/projets/1/historique", "/projets/1/historique.csv", "/registres/actions",
        "/registres/idees", "/registres/veille", "/registres/actions.csv", "/projets/1/registres/idees", "/projets.csv",
    ]  # fmt: skip
    before = [said(chloe.get(each)) for each in pages]
    entry = opened(amina, RESISTANCE)
    assert "Les ateliers" in words(amina.get("/projets/1/registres/resistances"))
    assert amina.post(f"/entrees/{entry}/coter", {"synergy": "2", "antagonism": "3"}).status_code == 303
    assert [said(chloe.get(each)) for each in pages] == before
    for address in (
        f"/entrees/{entry}", "/projets/1/registres/resistances", "/projets/1/registres/resistances.csv",
        "/projets/1/registres/resistances.xlsx", "/registres/resistances", "/registres/resistances.csv",
    ):  # fmt: skip
        assert chloe.get(address).status_code == 404, address
    for verb in ("", "/coter", "/etat", "/prendre"):
        assert chloe.post(f"/entrees/{entry}{verb}", {"state": "eased", "word": "x"}).status_code == 404


def said(page: TestResponse) -> str:
    """A page without what is new at each look: tokens, keys, how long ago."""
    return re.sub(r'value="[0-9a-f-]{36}"|value="[\w.-]{60,}"|<time.*?</time>', "", page.text)


def test_a_major_resistance_without_measure_is_said_and_its_scores_are_kept(amina: Browser) -> None:
    entry = opened(amina, RESISTANCE)
    assert "Résistance majeure sans mesure ou sans porteur" in words(amina.get(f"/entrees/{entry}"))
    amina.post(f"/entrees/{entry}", {
        "f.title": "Les ateliers", "f.synergy": "1", "f.antagonism": "4", "f.measure": "Une visite", "f.owner": "1",
    })  # fmt: skip
    page = words(amina.get(f"/entrees/{entry}"))
    assert "Résistance majeure" not in page
    wrong = amina.post(f"/entrees/{entry}/coter", {"synergy": "9", "antagonism": "1"})
    assert (wrong.status_code, "Choisissez dans la liste" in words(wrong)) == (422, True)


# --- decisions, watch, ideas --------------------------------------------------------------------------------


def test_a_decision_is_corrected_by_another_and_offers_no_change(amina: Browser) -> None:
    decision = {
        "registre": "decisions", "projet": "1", "f.title": "Lot 1", "f.body_of": "COPIL", "f.on": "2026-11-23",
        "f.body": "Le budget",
    }  # fmt: skip
    first = opened(amina, decision)
    assert "Modifier" not in words(amina.get(f"/entrees/{first}"))
    corrected = amina.post(f"/entrees/{first}/corriger", {**decision, "f.title": "Lot 2"})
    second = int(corrected.location.rpartition("/")[2])
    assert f'href="/entrees/{second}"' in amina.get(f"/entrees/{first}").text
    assert ["Lot 1" in words(amina.get(f"/entrees/{each}")) for each in (first, second)] == [True, True]


def test_a_watch_entry_becomes_an_idea_that_says_where_it_comes_from(chloe: Browser, themed: None) -> None:
    watch = opened(chloe, WATCH, **{"f.theme": "T1"})
    form = chloe.get(f"/entrees/{watch}/suite?registre=idees")
    assert 'value="Un décret"' in form.text
    made = chloe.post(f"/entrees/{watch}/suite", {"registre": "idees", "f.title": "Un décret", "f.body": "À suivre"})
    idea = int(made.location.rpartition("/")[2])
    assert f'href="/entrees/{watch}"' in chloe.get(f"/entrees/{idea}").text
    assert "suivie d’effet" in words(chloe.get(f"/entrees/{watch}"))
    assert "Un décret" in words(chloe.get("/registres/veille?etat=all"))


@pytest.fixture
def themed(engine: Engine) -> None:
    """The organisation has a theme."""
    with engine.store.write() as session:
        session.add(ChoiceRow(kind="theme", code="T1", label_fr="Énergie", label_en="Energy", parent=""))


def test_one_says_of_which_themes_one_hears(chloe: Browser, amina: Browser, themed: None, engine: Engine) -> None:
    sent = chloe.post("/registres/veille/themes", {"themes": "T1"})
    assert (sent.status_code, sent.location) == (303, "/registres/veille")
    assert re.search(r'name="themes" value="T1" checked', chloe.get("/registres/veille").text)
    watch = opened(amina, WATCH, **{"f.theme": "T1"})
    with engine.store.read() as session:
        assert [(row.actor_id, row.entry_id) for row in session.execute(select(NoticeRow)).scalars()] == [(3, watch)]


def test_an_idea_is_supported_answered_and_read_by_all(amina: Browser, chloe: Browser, engine: Engine) -> None:
    idea = opened(chloe, IDEA)
    assert amina.post(f"/entrees/{idea}/soutenir").status_code == 303
    assert "1 soutien" in words(amina.get("/registres"))
    assert chloe.post(f"/entrees/{idea}/soutenir").status_code == 403
    assert amina.post(f"/entrees/{idea}/etat", {"state": "declined", "word": "non"}).status_code == 403


def test_a_nameless_idea_leaves_no_trace_of_its_author(chloe: Browser, engine: Engine) -> None:
    idea = opened(chloe, IDEA, unnamed="1")
    assert "sans nom" in words(chloe.get(f"/entrees/{idea}"))
    with engine.store.read() as session:
        assert session.get_one(EntryRow, idea).author_id is None
        assert session.execute(select(ActRow).where(ActRow.command == "OpenEntry")).first() is None


def test_an_idea_becomes_a_project_with_one_button(amina: Browser, chloe: Browser, engine: Engine) -> None:
    idea = opened(chloe, IDEA)
    with engine.store.write() as session:
        session.get_one(EntryRow, idea).owner_id = 1  # whoever answers ideas in this organisation
    page = amina.get(f"/entrees/{idea}")
    form = page.text.partition(f'action="/entrees/{idea}/projet"')[2].partition("</form>")[0]
    chosen = {
        name: re.findall(r'<option value="([^"]*)"( selected)?', options)
        for name, options in re.findall(r'<select id="\w+" name="(\w+)".*?>(.*?)</select>', form, re.DOTALL)
    }
    asked = {name: next((each for each, on in given if on), given[0][0]) for name, given in chosen.items()}
    started = amina.post(f"/entrees/{idea}/projet", {**asked, "service": "DSI"})
    assert started.status_code == 303, words(started)
    assert "Des vélos" in words(amina.get(started.location))
    assert f'href="{started.location}"' in chloe.get(f"/entrees/{idea}").text


# --- both languages -----------------------------------------------------------------------------------------


def test_the_registers_read_in_english(amina: Browser, engine: Engine) -> None:
    entry = opened(amina, ACTION)
    amina.post("/langue", {"language": "en", "next": "/"})
    page = words(amina.get("/projets/1/registres/actions"))
    assert ("My" in words(amina.get("/")), "Late" in page or "late" in page, "to do" in page) == (True, True, True)
    assert "What may follow" in words(amina.get(f"/entrees/{entry}"))


def test_the_project_page_counts_what_is_open_in_each_register(amina: Browser, engine: Engine) -> None:
    engine.execute(OpenEntry("action", {"title": "A", "owner": 1, "due": "2099-01-01"}, 1), 1)
    page = words(amina.get("/projets/1"))
    assert "Actions 1 ouverte" in page
    assert engine.read(RegisterPageOf("action", 1), 1).total == 1


def test_an_unknown_register_or_entry_is_not_found(amina: Browser) -> None:
    addresses: list[Any] = [
        "/registres/choses",
        "/projets/1/registres/choses",
        "/entrees/99999",
        "/projets/9/registres",
    ]
    assert [amina.get(each, follow_redirects=True).status_code for each in addresses] == [404] * 4
