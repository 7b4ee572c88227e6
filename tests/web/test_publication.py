"""Two owners of methods publish a draft in the page: what changes, whom it touches, the number, the notes, the word."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from engine import (
    SYSTEM,
    DropMethodDraft,
    Engine,
    LoadOrganisation,
    MethodDraftFiles,
    OpenMethodDraft,
    PublishMethod,
    numbered,
)
from engine.overlay import operations as op
from engine.release import read_method as method_of
from tests.engine.test_following import another_id, files
from tests.overlay import versions
from tests.overlay.samples import overlay
from tests.overlay.test_rebase import nine
from tests.web.conftest import Browser, words
from tests.web.test_carrying_over import approved, engine, person

__all__ = ["engine"]  # a fixture
METHOD = "/methodes/projet_transversal"


@pytest.fixture
def owners(engine: Engine) -> Engine:
    """Amina owns methods too; Bruno's department does nine things otherwise."""
    amina = {"login": "amina", "name": "Amina Berger", "roles": [{"role": "RM", "service": "DG"}]}
    engine.execute(LoadOrganisation({"people": [amina]}), SYSTEM)
    approved(engine, nine())
    return engine


def draft(engine: Engine, content: dict[str, bytes]) -> str:
    """Chloé drew it; the address of its publication."""
    return f"/atelier/{engine.execute(OpenMethodDraft(files=content), person(engine, 'chloe')).draft}/publier"


def approve(chloe: Browser, amina: Browser, here: str) -> Any:
    assert chloe.post(f"{here}/relecture", {"decision": "ask"}).status_code == 303
    digest = re.search(r'name="digest" value="(\w+)"', amina.get(here).text)
    assert digest is not None
    return amina.post(f"{here}/relecture", {"decision": "approve", "digest": digest[1], "word": "bien"})


def test_what_changes_is_said_in_words_and_coloured_on_both_diagrams(owners: Engine, chloe: Browser) -> None:
    page = chloe.get(draft(owners, files(versions.second())))
    said = words(page).replace("\u00a0", " ")
    assert "De 1.0.0 à 2.0.0. La différence : peut rompre un aménagement" in said
    assert "« C2 » était facultative et devient verrouillée" in said
    assert "l’échéance de « C3 » passe de 20 jours ouvrés à 18 jours ouvrés" in said
    assert page.text.count("state-removed") == 1
    assert page.text.count("state-changed") >= 8
    assert "Rien : la relecture automatique n’a rien à redire." in said
    assert "peut être publiée" not in said
    titles = re.findall(r"<h4>(.*?)</h4>", page.text)
    assert set(titles) == {"Version publiée 1.0.0", "Ce brouillon"}
    for title in ("version publiée 1.0.0", "ce brouillon"):
        assert re.search(rf'aria-label="Diagramme[^"]+, {title}"', page.text)


def test_what_it_does_to_every_service_and_to_running_projects_is_told_before(owners: Engine, chloe: Browser) -> None:
    page = chloe.get(draft(owners, files(versions.second())))
    said = words(page)
    assert "0 aménagement suit de lui-même, 1 attend son administrateur." in said
    assert "6 à résoudre" in said
    assert re.findall(r"<li><code>([A-Z]+)</code>", page.text) == [
        "ORPHAN", "LOCK", "WEAKER", "CLASH", "CONTRACT", "ROLE", "CHANGED", "REDUNDANT",
    ]  # fmt: skip
    assert "Aucun projet ne suit cette méthode." in said


def test_a_layout_that_moved_is_no_change(owners: Engine, chloe: Browser) -> None:
    moved = files(versions.numbered(versions.loom_of(versions.first()), "1.0.1"))
    name = "p2-conception.bpmn"
    moved[name] = re.sub(rb'<dc:Bounds x="(\d+)', rb'<dc:Bounds x="\g<1>0', moved[name], count=1)
    said = words(chloe.get(draft(owners, moved)))
    assert "Rien de ce que la méthode demande ne change." in said
    assert "1 aménagement suit de lui-même" in said


def test_the_number_that_says_what_changed_is_proposed_and_taken(owners: Engine, chloe: Browser) -> None:
    small = files(versions.numbered(versions.loom_of(versions.second()), "1.1.0"))
    here = draft(owners, small)
    page = chloe.get(here)
    assert "il faut 2.0.0 au moins" in words(page)
    assert 'name="version" type="text" value="2.0.0"' in page.text
    revision = re.search(r'name="revision" value="(\d+)"', page.text)
    assert revision is not None
    assert chloe.post(f"{here}/numero", {"version": "2.0.0", "revision": revision[1]}).status_code == 303
    said = words(chloe.get(here))
    assert "De 1.0.0 à 2.0.0." in said
    assert "il faut 2.0.0 au moins" not in said


def test_it_is_published_with_its_notes_after_a_second_person_s_word(
    owners: Engine, chloe: Browser, amina: Browser, bruno: Browser
) -> None:
    here = draft(owners, files(versions.second()))
    assert (
        chloe.post(f"{here}/notes", {"notes": "C2 est **obligatoire**.", "notes_en": "C2 is needed."}).status_code
        == 303
    )
    assert "Il manque encore : le mot d’une seconde personne." in words(chloe.get(here))
    assert chloe.post(here, {}).status_code == 409
    assert approve(chloe, amina, here).status_code == 303
    done = chloe.post(here, {"value": "31/12/2099"})
    assert done.status_code == 303
    said = words(chloe.get(done.headers["Location"]))
    assert "La version 2.0.0 est publiée" in said
    assert "Aménagements dont l’administrateur est prévenu : DSI." in said
    assert "C2 est obligatoire" in said
    assert "sert jusqu’au 31" in said
    assert "Jusqu’au 31 décembre 2099, les projets du service partent encore sur cette version" in words(
        bruno.get(f"{METHOD}/adapter/DSI")
    )


def test_who_drew_it_does_not_approve_it_and_a_refusal_needs_its_reason(
    owners: Engine, chloe: Browser, amina: Browser
) -> None:
    here = draft(owners, files(versions.second()))
    chloe.post(f"{here}/relecture", {"decision": "ask"})
    page = chloe.get(here)
    assert "Ceux qui ont travaillé au brouillon ne la font pas : Chloé Dumas" in words(page)
    assert chloe.post(f"{here}/relecture", {"decision": "approve"}).status_code == 422
    refused = amina.post(f"{here}/relecture", {"decision": "refuse", "word": ""})
    assert refused.status_code == 422
    assert 'id="word-error"' in refused.text
    assert amina.post(f"{here}/relecture", {"decision": "refuse", "word": "C2 sert à tous"}).status_code == 303
    assert "rendu par Amina Berger" in words(chloe.get(here))
    assert "C2 sert à tous" in words(chloe.get(here))


def test_two_people_who_publish_at_once_are_told_and_nothing_is_lost(
    owners: Engine, chloe: Browser, amina: Browser
) -> None:
    here = draft(owners, files(versions.second()))
    approve(chloe, amina, here)
    assert amina.post(here, {}).status_code == 303
    again = chloe.post(here, {})
    assert again.status_code == 409
    assert "Voir la méthode publiée" in words(again)  # the page of the draft, with why
    assert "Amina Berger l’a publié" in words(again)
    assert chloe.get(here).location == here.removesuffix("/publier")


def test_warnings_are_accepted_one_by_one_or_by_rule(engine: Engine, chloe: Browser, amina: Browser) -> None:
    engine.execute(
        LoadOrganisation({"people": [{"login": "amina", "name": "Amina", "roles": [{"role": "RM", "service": "DG"}]}]}),
        SYSTEM,
    )
    content = files(versions.numbered(versions.loom_of(versions.first()), "1.0.1"))
    name = "p1-enjeux-et-besoins.bpmn"
    content[name] = re.sub(rb'<camunda:property name="name.en" value="[^"]*" ?/>', b"", content[name])
    here = draft(engine, content)
    page = chloe.get(here)
    assert 'name="accept" value="untranslated"' in page.text
    assert "à accepter La relecture automatique" in words(page)
    assert "remarques semblables" in words(page)
    assert page.text.count('name="accept" value="untranslated:') > 1
    approve(chloe, amina, here)
    left = chloe.post(here, {})
    assert left.status_code == 422
    said = words(left).replace("\u00a0", " ")
    assert "Cochez-les ci-dessous, une à une ou « Ces … remarques semblables », puis publiez." in said
    assert "--accept" not in left.text
    assert 'href="#accept"' in left.text
    assert f'action="{here}" novalidate' in left.text
    assert chloe.post(here, {"accept": "untranslated"}).status_code == 303


def test_is_this_the_same_step_is_asked_and_its_answer_carries_tailorings_over(engine: Engine, chloe: Browser) -> None:
    approved(engine, overlay(op.Hide("K3", reason="court")))
    here = draft(engine, another_id("2.0.0", versions.first()))
    assert 'name="meme" value="K3:ANNONCE"' in chloe.get(here).text
    assert chloe.post(f"{here}/meme", {"meme": "K3:ANNONCE"}).status_code == 303
    assert "1 aménagement suit de lui-même" in words(chloe.get(here))


def test_a_first_version_has_nothing_to_compare_with(engine: Engine, chloe: Browser) -> None:
    content = {
        name: each.replace(b"projet_transversal", b"autre_methode") for name, each in files(versions.first()).items()
    }
    page = chloe.get(draft(engine, content))
    said = words(page)
    assert "C’est la première version : il n’y a rien à comparer." in said
    assert "Ce qui sera publié" in said
    assert "Qui change quelque chose au plan ou au dessin ne peut plus l’approuver." in said
    whole = page.text.partition('id="whole"')[2].partition("</section>")[0]
    listed = re.findall(r"<li>(?:◆ )?([^<]+)</li>", whole)
    drawn = method_of(content)[0]
    assert drawn is not None
    assert len(re.findall("<svg ", whole)) == 1 + len(drawn.phases) + len(drawn.exceptions) + len(drawn.recurring)
    tasks = [task.name.fr for phase in drawn.phase.values() for task in phase.tasks]
    names = [*tasks, *(gate.name.fr for gate in drawn.gate.values())]
    assert sorted(listed) == sorted(html.escape(each, quote=False) for each in names)
    for place in ("essayer", "plan"):
        assert re.search(rf'href="/atelier/\d+/{place}"', whole)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("deux", "« deux » n’est pas un numéro de version : trois nombres entiers étaient attendus"),
        (
            "1.0.1",
            "Le numéro 1.0.1 est trop petit pour ce qui change depuis la version publiée : il faut 2.0.0 au moins.",
        ),
    ],
)
def test_a_number_that_will_not_do_is_refused_where_it_is_typed(
    owners: Engine, chloe: Browser, typed: str, sentence: str
) -> None:
    here = draft(owners, files(versions.second()))
    left = chloe.post(f"{here}/numero", {"version": typed, "revision": "1"})
    assert left.status_code == 422
    assert sentence in words(left).replace("\u00a0", " ")
    assert 'id="version-error"' in left.text
    assert f'value="{typed}"' in left.text
    assert "De 1.0.0 à 2.0.0." in words(chloe.get(here))


def test_a_first_version_that_is_not_three_numbers_is_not_published(
    owners: Engine, chloe: Browser, amina: Browser
) -> None:
    content = {
        name: each.replace(b"projet_transversal", b"autre_methode").replace(b'"1.0.0"', b'"deux"')
        for name, each in files(versions.first()).items()
    }
    here = draft(owners, content)
    said = words(chloe.get(here)).replace("\u00a0", " ")
    assert "« deux » ne peut pas servir : il faut trois nombres entiers, comme 1.0.0." in said
    approve(chloe, amina, here)
    assert "Publier la version" not in chloe.get(here).text
    assert chloe.post(here, {}).status_code == 422


def test_who_may_review_finds_it_among_what_is_to_be_done(owners: Engine, chloe: Browser, amina: Browser) -> None:
    here = draft(owners, files(versions.second()))
    assert "Peuvent la faire : Amina Berger" in words(chloe.get(here)).replace("\u00a0", " ")
    chloe.post(f"{here}/relecture", {"decision": "ask"})
    assert "de ceux qui peuvent la faire : Amina Berger" in words(chloe.get(here)).replace("\u00a0", " ")
    inbox = amina.get("/")
    assert re.search(rf'href="{here}"><strong>Relire la méthode Projet transversal 2.0.0<', inbox.text)
    assert "demandé par Chloé Dumas" in words(inbox)
    assert "Méthodes à relire" not in words(chloe.get("/"))
    approve(chloe, amina, here)
    assert "Méthodes à relire" not in words(amina.get("/"))
    for place in ("/atelier", here.removesuffix("/publier")):
        assert "approuvé par Amina Berger" in words(chloe.get(place))
        assert "en relecture" not in words(chloe.get(place))


def test_where_nobody_may_review_the_page_says_who_can_help(engine: Engine, chloe: Browser) -> None:
    here = draft(engine, files(versions.second()))
    page = chloe.get(here)
    assert "Personne ne peut faire cette relecture" in words(page)
    assert 'href="/personnes">Personnes<' in page.text
    assert "Demander la relecture" not in page.text
    assert chloe.post(f"{here}/relecture", {"decision": "ask"}).status_code == 409


def test_with_errors_nothing_is_compared_and_no_review_is_asked_for(owners: Engine, chloe: Browser) -> None:
    half = files(versions.second())
    del half["p2-conception.bpmn"]
    here = draft(owners, half)
    page = chloe.get(here)
    assert "La comparaison se fait une fois les erreurs corrigées" in words(page)
    assert "Elle se demande une fois les erreurs corrigées." in words(page)
    assert "Demander la relecture" not in page.text
    assert re.search(r'badge waiting">en attente</span> <a href="#number"', page.text)
    left = chloe.post(f"{here}/relecture", {"decision": "ask"})
    assert left.status_code == 409
    assert "attend que la méthode soit sans erreur" in words(left)


def test_where_nothing_changed_there_is_nothing_to_publish(owners: Engine, chloe: Browser, amina: Browser) -> None:
    first = owners.execute(OpenMethodDraft("projet_transversal"), person(owners, "chloe")).draft
    laid_out = owners.read(MethodDraftFiles(first), person(owners, "chloe")).files
    owners.execute(PublishMethod(numbered(laid_out, "1.0.1")), SYSTEM)
    owners.execute(DropMethodDraft(first), SYSTEM)
    id = owners.execute(OpenMethodDraft("projet_transversal"), person(owners, "chloe")).draft
    here = f"/atelier/{id}/publier"
    page = chloe.get(here)
    assert words(page).count("Rien n’a changé depuis la version 1.0.1 : il n’y a rien à publier.") == 2
    assert "Publier la version" not in page.text
    approve(chloe, amina, here)
    left = chloe.post(here, {})
    assert left.status_code == 409
    assert "Rien n’est à publier" in words(left)


def test_a_version_is_retired_and_the_method_is_no_longer_offered(owners: Engine, chloe: Browser) -> None:
    owners.execute(PublishMethod(files(versions.second())), person(owners, "chloe"))
    assert chloe.post(f"{METHOD}/1.0.0/soutenir", {"value": "31/12/2099"}).status_code == 303
    assert "sert jusqu’au 31" in words(chloe.get(METHOD))
    chloe.post(f"{METHOD}/1.0.0/soutenir", {"value": "01/01/2001"})
    assert "n’est pas une date" in words(chloe.get(METHOD)) or "2001" in words(chloe.get(METHOD))
    chloe.post(f"{METHOD}/2.0.0/retirer", {"reason": "une erreur"})
    said = words(chloe.get(METHOD))
    assert "La version 2.0.0 est retirée : aucun projet n’en part plus." in said
    assert "Démarrer un projet avec cette méthode" not in said
    assert "projet_transversal" not in chloe.get("/projets/nouveau").text


@pytest.mark.usefixtures("owners")
def test_only_owners_of_methods_publish(owners: Engine, bruno: Browser, chloe: Browser) -> None:
    here = draft(owners, files(versions.second()))
    assert bruno.get(here).status_code == 404
    assert chloe.get("/atelier/999/publier").status_code == 404
    chloe.post("/langue", {"language": "en", "next": "/compte"})
    said = words(chloe.get(here))
    assert "may break a tailoring" in said
    assert "aménagement" not in said
