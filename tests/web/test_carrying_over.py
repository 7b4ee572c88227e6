"""An administrator carries the tailoring of a department over to a new release, conflict by conflict, in the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from engine import (
    SYSTEM,
    ApproveOverlay,
    DraftOverlay,
    Engine,
    LoadOrganisation,
    PublishMethod,
    RequestOverlay,
    write_overlay,
)
from engine.overlay import Overlay, edit
from engine.overlay import operations as op
from engine.store.tables import ActorRow, OverlayRow
from tests.engine.test_following import another_id, files
from tests.overlay import versions
from tests.overlay.samples import overlay, step
from tests.overlay.test_rebase import nine
from tests.web.conftest import Browser, words

HERE = "/methodes/projet_transversal/adapter/DSI/transposer"
ANSWERS = {
    "n1": "drop", "n2": "drop", "n3": "other", "value3": "80 %", "n4": "key", "n5": "drop", "n6": "drop", "n7": "keep",
    "n8": "keep",
}  # fmt: skip


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """Bruno administers his department, Chloé owns the methods; 1.0.0 is published."""
    engine.execute(PublishMethod(files(versions.first())), SYSTEM)
    engine.execute(LoadOrganisation({"people": [
        {"login": "bruno", "name": "Bruno Cordier", "service": "DSI", "roles": [
            {"role": "RESP", "service": "DSI"}, {"role": "ADM", "service": "DSI"}]},
        {"login": "chloe", "name": "Chloé Dumas", "service": "DG", "roles": [{"role": "RM", "service": "DG"}]},
    ]}), SYSTEM)  # fmt: skip
    return engine


def person(engine: Engine, login: str) -> int:
    with engine.store.read() as session:
        return session.execute(select(ActorRow.id).where(ActorRow.login == login)).scalar_one()


def approved(engine: Engine, said: Overlay) -> None:
    bruno, chloe = (person(engine, each) for each in ("bruno", "chloe"))
    id = engine.execute(DraftOverlay(write_overlay(replace(said, service="DSI", approver=""))), bruno).overlay
    engine.execute(RequestOverlay(id), bruno)
    engine.execute(ApproveOverlay(id, "d’accord"), chloe)


@pytest.fixture
def touched(engine: Engine) -> Engine:
    """The nine operations stay on 1.0.0: 2.0.0 is published."""
    approved(engine, nine())
    engine.execute(PublishMethod(files(versions.second())), person(engine, "chloe"))
    return engine


def send(person: Browser, **given: Any) -> Any:
    page = person.get(HERE).text
    mark = {key: re.search(f'name="{key}" value="([^"]+)"', page)[1] for key in ("overlay", "digest", "version")}  # type: ignore[index]
    return person.post(HERE, {**mark, **given})


@pytest.mark.usefixtures("touched")
def test_the_eight_conflicts_are_shown_with_both_versions_side_by_side(bruno: Browser) -> None:
    page = bruno.get(HERE)
    said = words(page)
    assert "6 conflits à résoudre · 2 à reconnaître · 1 opération suit telle quelle" in said
    assert re.findall(r"<code>([A-Z]+)</code>", page.text) == [
        "ORPHAN", "LOCK", "WEAKER", "CLASH", "CONTRACT", "ROLE", "CHANGED", "REDUNDANT",
    ]  # fmt: skip
    assert said.count("La méthode 1.0.0") == said.count("La méthode 2.0.0") - 1 == 8
    assert "quorum : 50 %" in said.replace("\u00a0", " ")
    assert (page.text.count("state-changed"), page.text.count("state-removed")) == (14, 1)
    assert "Permis : de 75 à 100 %." in said


@pytest.mark.usefixtures("touched")
def test_each_conflict_is_answered_in_the_page_and_a_draft_comes_of_it(bruno: Browser) -> None:
    assert f'href="{HERE}"' in bruno.get(HERE.removesuffix("/transposer")).text
    assert send(bruno, **ANSWERS).status_code == 303
    said = words(bruno.get(HERE.removesuffix("/transposer")))
    assert "C’est transposé, en brouillon" in said
    assert "quorum porté à 80 %" in said.replace("\u00a0", " ")
    assert "critère ajouté : Un garant est nommé" in said
    assert "Présenter à l’approbation" in said


@pytest.mark.usefixtures("touched")
def test_what_is_left_without_answer_is_told_beside_it_and_what_was_answered_is_kept(bruno: Browser) -> None:
    page = send(bruno, **{**ANSWERS, "n2": ""})
    assert page.status_code == 422
    assert re.findall(r'id="(n\d)-error"', page.text) == ["n2"]
    assert 'href="#n2"' in page.text
    assert 'name="value3" type="text" value="80 %"' in page.text
    assert page.text.count(" checked") == 7
    assert f'method="post" action="{HERE}"' in page.text


@pytest.mark.usefixtures("touched")
def test_a_value_outside_the_new_bounds_is_refused_beside_its_conflict(bruno: Browser) -> None:
    page = send(bruno, **{**ANSWERS, "value3": "70"})
    assert page.status_code == 422
    assert "le quorum devait être d’au moins 75 %" in words(page).replace("\u00a0", " ")
    assert 'id="n3-error"' in page.text
    assert "devait être un nombre" in words(send(bruno, **{**ANSWERS, "value3": "beaucoup"}))


def without_hooks() -> dict[str, bytes]:
    """The next version, in which C3 grants neither steps beside it nor questions."""
    loom = versions.loom_of(versions.first())
    for name in ("method.hooks", "method.form"):
        edit.say(loom.nodes["C3"], name, "")
    return files(versions.numbered(loom, "2.0.0"))


def test_what_stands_nowhere_any_more_is_put_elsewhere(engine: Engine, bruno: Browser) -> None:
    approved(engine, overlay(op.Insert("C3.after", step("L1"), reason="bilan")))
    engine.execute(PublishMethod(without_hooks()), person(engine, "chloe"))
    page = words(bruno.get(HERE))
    assert ("La mettre ailleurs :" in page, "à la fin de « Conception et préconisations », avant sa porte" in page) == (
        True, True,
    )  # fmt: skip
    unsaid = send(bruno, n1="place")
    assert (unsaid.status_code, "Choisissez où la mettre." in words(unsaid)) == (422, True)
    done = send(bruno, n1="place", place1="P2.end")
    assert (done.status_code, done.location) == (303, "/methodes/projet_transversal/adapter/DSI")
    with engine.store.read() as session:
        made = session.execute(select(OverlayRow.content).order_by(OverlayRow.id.desc()).limit(1)).scalar_one()
    assert ('hook: "P2.end"' in made, "C3.after" in made) == (True, False)


@pytest.mark.usefixtures("touched")
def test_others_do_not_find_it_and_the_owner_only_looks(amina: Browser, chloe: Browser) -> None:
    assert amina.get(HERE).status_code == 404
    page = chloe.get(HERE)
    assert page.status_code == 200
    assert "Transposer en brouillon" not in words(page)


def test_is_this_the_same_step(engine: Engine, bruno: Browser) -> None:
    approved(engine, overlay(op.Hide("K3", reason="court")))
    engine.execute(PublishMethod(another_id("2.0.0", versions.first())), person(engine, "chloe"))
    said = words(bruno.get(HERE))
    assert "« Diffuser la communication de clôture » : K3 s’appelle désormais ANNONCE" in said
    assert "0 conflit à résoudre" in words(bruno.get(f"{HERE}?meme=K3:ANNONCE"))
    assert send(bruno, meme="K3:ANNONCE").status_code == 303
    with engine.store.read() as session:
        row = session.query(OverlayRow).order_by(OverlayRow.id.desc()).first()
        assert row is not None
        assert 'element: "ANNONCE"' in row.content


@pytest.mark.usefixtures("touched")
def test_the_page_is_read_in_english_too(bruno: Browser) -> None:
    bruno.post("/langue", {"language": "en", "next": "/compte"})
    said = words(bruno.get(HERE))
    assert "below the method" in said
    assert "conflit" not in said
