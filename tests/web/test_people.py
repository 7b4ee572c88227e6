"""The directory, and one's own account."""

from __future__ import annotations

from collections.abc import Callable

from engine import Engine, SignIn
from tests.web.conftest import PASSWORD, Browser, words

NEW = "encore quatre mots sans lien"


def changed(old: str, new: str, again: str = "") -> dict[str, str]:
    return {"old": old, "new": new, "again": again or new}


def test_the_directory_lists_people_by_service_with_their_roles_by_name(amina: Browser) -> None:
    said = words(amina.get("/personnes"))
    assert said.index("Direction générale") < said.index("Chloé Dumas") < said.index("Systèmes d’information")
    assert "Amina Benali amina Chef de projet" in said


def test_a_search_keeps_whom_it_names_and_says_when_nobody_is(amina: Browser) -> None:
    found = words(amina.get("/personnes?recherche=chlo"))
    assert "Chloé Dumas" in found
    assert "Bruno Cordier" not in found
    assert "Personne ne correspond à « zoé »." in words(amina.get("/personnes?recherche=zoé"))


def test_the_directory_is_exported(amina: Browser) -> None:
    assert "Amina Benali;amina;Systèmes d’information;" in amina.get("/personnes.csv").data.decode("utf-8-sig")


def test_a_new_password_replaces_the_old_and_ends_the_other_sessions(
    engine: Engine, browser: Callable[[int | None], Browser]
) -> None:
    here, elsewhere = browser(1), browser(1)
    page = here.post("/compte/mot-de-passe", changed(PASSWORD, NEW), follow_redirects=True)
    assert "Votre mot de passe est changé. Vos autres sessions ont été fermées." in words(page)
    assert engine.execute(SignIn("amina", NEW)).actor == 1
    assert elsewhere.get("/compte").status_code == 303


def test_a_wrong_old_password_is_said_beside_its_field(amina: Browser) -> None:
    page = amina.post("/compte/mot-de-passe", changed("autre chose", NEW))
    assert page.status_code == 422
    assert "Ce n’est pas votre mot de passe actuel." in words(page)
    assert 'id="old-error"' in page.text


def test_two_entries_that_differ_change_nothing(engine: Engine, amina: Browser) -> None:
    page = amina.post("/compte/mot-de-passe", changed(PASSWORD, NEW, "autre saisie tout à fait"))
    assert page.status_code == 422
    assert "diffèrent" in words(page)
    assert engine.execute(SignIn("amina", PASSWORD)).actor == 1


def test_a_weak_password_is_refused_with_its_reason(amina: Browser) -> None:
    page = amina.post("/compte/mot-de-passe", changed(PASSWORD, "motdepasse"))
    assert page.status_code == 422
    assert "Ce mot de passe est trop facile à deviner." in words(page)


def test_a_password_is_never_shown_again(amina: Browser) -> None:
    page = amina.post("/compte/mot-de-passe", changed("secret-typed-once", NEW))
    assert "secret-typed-once" not in page.text
    assert NEW not in page.text


def test_a_stranger_is_sent_to_sign_in(stranger: Browser) -> None:
    for address in ("/personnes", "/compte", "/projets", "/methodes", "/projets/1/historique", "/portes/1"):
        assert stranger.get(address).status_code == 303
