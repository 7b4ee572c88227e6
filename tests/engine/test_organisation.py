"""The organisation, its people and its methods: loaded, signed in, published."""

from __future__ import annotations

import pytest

from engine import (
    ChangePassword,
    ChoiceUnknown,
    LoadOrganisation,
    Me,
    NotAllowed,
    PasswordWeak,
    PublishMethod,
    SetLanguage,
    SignIn,
    VersionExists,
    VersionTooSmall,
    WrongPassword,
)
from engine.store.tables import ActorRow, HoldingRow, ReleaseRow, ServiceRow
from tests.engine.organisation import ORGANISATION, PASSWORD, PEOPLE, SERVICES
from tests.engine.play import ESSAI, Play


def test_an_organisation_is_loaded_into_an_empty_database(empty: Play) -> None:
    loaded = empty.do("jalon", LoadOrganisation(ORGANISATION))
    assert (loaded.actors, loaded.services) == (len(PEOPLE), len(SERVICES) + 1)
    root, *others = empty.rows(ServiceRow)
    assert root.path == f"/{root.id}/"
    assert [row.path for row in others] == [f"/{root.id}/{row.id}/" for row in others]


def test_loading_again_changes_nothing_and_adds_nobody(play: Play) -> None:
    before = play.counts()
    people = [{key: value for key, value in each.items() if key != "password"} for each in ORGANISATION["people"]]
    play.do("jeanne", LoadOrganisation(ORGANISATION | {"people": people}))
    assert play.counts() == before | {"jalon_events": before["jalon_events"] + 1}
    assert play.engine.execute(SignIn("claire", PASSWORD)).actor == play.people["claire"]


def test_a_file_that_no_longer_names_a_role_takes_it_away(play: Play) -> None:
    said = {"login": "emile", "name": "Émile", "service": "DAF", "roles": [{"role": "EXP", "service": "DAF"}]}
    play.do("jeanne", LoadOrganisation({"people": [said]}))
    rows = play.rows(HoldingRow, HoldingRow.actor_id == play.people["emile"])
    assert [row.role for row in rows] == ["EXP"]


def test_what_may_not_be_loaded(play: Play) -> None:
    refusal = play.refused("claire", LoadOrganisation(ORGANISATION))
    assert (type(refusal), refusal.text("fr")) == (
        NotAllowed,
        "Vous ne pouvez pas modifier l’organisation. Qui le peut : l’administrateur. Adressez-vous à cette personne.",
    )
    orphan = {"services": [{"code": "X", "fr": "X", "parent": "LUNE"}]}
    refusal = play.refused("jeanne", LoadOrganisation(orphan))
    assert (type(refusal), refusal.text("fr")) == (
        ChoiceUnknown,
        "« LUNE » ne fait pas partie des choix de « Service ». Choisissez dans la liste.",
    )
    nowhere = {"login": "max", "name": "Max", "roles": [{"role": "EXP", "service": "LUNE"}]}
    assert type(play.refused("jeanne", LoadOrganisation({"people": [nowhere]}))) is ChoiceUnknown
    assert play.rows(ActorRow, ActorRow.login == "max") == []


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("claire", "autre"), ("claire", ""), ("personne", PASSWORD), ("", ""), ("CLAIRE", PASSWORD),
        ("lea", PASSWORD),  # who has left
        ("denis", ""), ("denis", PASSWORD),  # who has no password
    ],
)  # fmt: skip
def test_a_wrong_login_and_a_wrong_password_read_the_same(essai: Play, login: str, password: str) -> None:
    with pytest.raises(WrongPassword) as refused:
        essai.engine.execute(SignIn(login, password))
    assert refused.value.text("fr") == (
        "Cet identifiant et ce mot de passe ne vont pas ensemble. Vérifiez les deux, "
        "ou demandez un nouveau mot de passe à l’administrateur."
    )


def test_a_new_password_replaces_the_old_one_and_ends_every_session(play: Play) -> None:
    token = play.engine.sessions.open(play.people["claire"])
    new = "cheval agrafe pile correcte"
    assert type(play.refused("claire", ChangePassword("autre", new))) is WrongPassword
    assert play.engine.sessions.find(token) is not None
    play.do("claire", ChangePassword(PASSWORD, new))
    assert play.engine.sessions.find(token) is None
    assert play.engine.execute(SignIn(" claire ", new)).actor == play.people["claire"]
    with pytest.raises(WrongPassword):
        play.engine.execute(SignIn("claire", PASSWORD))


@pytest.mark.parametrize(
    "weak", ["", "court", "aaaaaaaaaaaaaaaa", "claire-claire-1", "MotDePasse-2026", "azertyuiop12"]
)
def test_a_password_that_is_easy_to_guess_is_refused(essai: Play, weak: str) -> None:
    refusal = essai.refused("claire", ChangePassword(PASSWORD, weak))
    assert (type(refusal), refusal.text("fr")) == (
        PasswordWeak,
        "Ce mot de passe est trop facile à deviner. Choisissez au moins 12 caractères, "
        "par exemple quatre mots sans lien entre eux.",
    )


def test_a_person_chooses_the_language_of_their_pages(play: Play) -> None:
    play.do("claire", SetLanguage("en"))
    assert play.see("claire", Me()).language == "en"
    assert type(play.refused("claire", SetLanguage("de"))) is ChoiceUnknown  # type: ignore[arg-type]


# --- methods ---------------------------------------------------------------------------------------------------


def test_the_same_content_is_published_once(play: Play) -> None:
    before = play.counts()
    again = play.do("jeanne", PublishMethod(ESSAI))
    assert (again.known, again.version, again.release) == (True, "1.0.0", 1)
    assert play.counts() == before


def test_other_content_needs_another_version(play: Play) -> None:
    other = ESSAI | {"essai.bpmn": ESSAI["essai.bpmn"].replace(b"Trial", b"Test")}
    refusal = play.refused("jeanne", PublishMethod(other))
    assert (type(refusal), refusal.text("fr")) == (
        VersionExists,
        "La version 1.0.0 de « Essai » est déjà publiée avec un autre contenu. "
        "Changez le numéro de version (camunda:versionTag, zeebe:versionTag), puis publiez.",
    )
    other["essai.bpmn"] = other["essai.bpmn"].replace(b'"1.0.0"', b'"1.1.0"')
    published = play.do("jeanne", PublishMethod(other))
    assert (published.known, published.method, published.version) == (False, "essai", "1.1.0")
    assert play.project(play.start()).version == "1.1.0"
    assert len(play.rows(ReleaseRow, ReleaseRow.method == "essai")) == 2


def test_the_number_of_a_version_has_to_say_what_changed(play: Play) -> None:
    """`B` asks one thing less: what tailors it may break."""
    field = b'<camunda:formField id="fin"'
    study = ESSAI["etude.bpmn"]
    assert field in study
    renamed = {"etude.bpmn": study.replace(field, field.replace(b'"fin"', b'"terme"'))}
    for number, asked in ((b'"1.0.1"', "2.0.0"), (b'"0.9.0"', "2.0.0"), (b'"1.4.0"', "2.0.0")):
        main = {"essai.bpmn": ESSAI["essai.bpmn"].replace(b'"1.0.0"', number)}
        refusal = play.refused("jeanne", PublishMethod(ESSAI | renamed | main))
        assert type(refusal) is VersionTooSmall
        assert "la différence est majeure" in refusal.text("fr")
        assert "« B » perd la question « Fin »" in refusal.text("fr")
        assert f"Donnez-lui le numéro {asked} au moins" in refusal.text("fr")
    main = {"essai.bpmn": ESSAI["essai.bpmn"].replace(b'"1.0.0"', b'"2.0.0"')}
    assert play.do("jeanne", PublishMethod(ESSAI | renamed | main)).version == "2.0.0"


def test_a_number_does_not_go_back(play: Play) -> None:
    main = {"essai.bpmn": ESSAI["essai.bpmn"].replace(b'"1.0.0"', b'"0.9.0"')}
    assert play.refused("jeanne", PublishMethod(ESSAI | main)).text("fr") == (
        "« essai » passe de 1.0.0 à 0.9.0, mais la différence est nulle : un numéro ne revient pas en arrière. "
        "Donnez-lui le numéro 1.0.1 au moins (camunda:versionTag, zeebe:versionTag), puis recommencez."
    )


def test_only_the_method_owner_publishes(play: Play) -> None:
    refusal = play.refused("claire", PublishMethod(ESSAI))
    assert (type(refusal), refusal.text("fr")) == (
        NotAllowed,
        "Vous ne pouvez pas publier une méthode. Qui le peut : le responsable de méthode. "
        "Adressez-vous à cette personne.",
    )
