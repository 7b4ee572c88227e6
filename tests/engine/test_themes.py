"""What a theme adds, as data: read with every slip told, published once, shown where it enters a project's method."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import ChoiceUnknown, NotAllowed, PackExists, PackRefused, PublishPack, Themes, ThemesOf
from engine.pack_file import read_pack
from engine.store.tables import PackRow, ProjectRow
from tests.engine.play import ROOT, SHIPPED, Play, files_of

SHIPPED_THEMES = sorted((ROOT / "workflows" / "themes").glob("*.json"))
WATER: dict[str, Any] = {
    "theme": "eau",
    "version": "1.0.0",
    "name": {"fr": "Eau", "en": "Water"},
    "label": {"fr": "Projet eau", "en": "Water project"},
    "tasks": [
        {"id": "EA1", "name": {"fr": "Relever", "en": "Read"}, "phases": ["Z9", "P1"], "role": "EXP", "due": "P10D"}
    ],
    "criteria": [{"key": "ea", "text": {"fr": "Relevé fait", "en": "Reading done"}, "gates": ["G1"]}],
}  # fmt: skip


def pack_of(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


# --- the files that we ship --------------------------------------------------------------------------------


def test_seven_themes_come_with_jalon_each_named_as_its_file() -> None:
    assert [path.stem for path in SHIPPED_THEMES] == [
        "conduite_changement", "developpement_durable", "energie", "gestion_urbaine", "innovation", "organisation",
        "qualite",
    ]  # fmt: skip
    assert [read_pack(pack_of(path)).theme for path in SHIPPED_THEMES] == [path.stem for path in SHIPPED_THEMES]


@pytest.mark.parametrize("path", SHIPPED_THEMES, ids=lambda path: path.stem)
def test_each_brings_tasks_criteria_roles_words_law_and_indicators(path: Path) -> None:
    pack = read_pack(pack_of(path))
    parts = (pack.tasks, pack.criteria, pack.roles, pack.glossary, pack.reminders, pack.indicators)
    assert [bool(each) for each in parts] == [True] * 6
    assert all(task.form for task in pack.tasks)


def test_what_they_add_enters_each_of_our_methods_and_no_id_is_taken_twice() -> None:
    from engine.release import read_method

    packs = [read_pack(pack_of(path)) for path in SHIPPED_THEMES]
    for folder in SHIPPED:
        method = read_method(files_of(folder))[0]
        assert method is not None
        for pack in packs:
            assert all(set(task.phases) & set(method.phase) for task in pack.tasks)
            assert all(set(each.gates) & set(method.gate) for each in pack.criteria)
            assert {task.id for task in pack.tasks}.isdisjoint(method.tasks)
    ids = [task.id for pack in packs for task in pack.tasks] + [each.key for pack in packs for each in pack.criteria]
    assert len(ids) == len(set(ids))


# --- reading one -------------------------------------------------------------------------------------------


def broken(**said: Any) -> dict[str, Any]:
    return {**WATER, **said}


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ([], "*: un objet JSON est attendu"),
        (broken(theme="1 eau"), "theme: « 1 eau » n’est pas un identifiant"),
        (broken(version="1"), "version: « 1 » n’est pas une version"),
        (broken(name={"fr": "Eau"}), "name: un texte"),
        (broken(color="bleu"), "color: cette clé n’existe pas"),
        (broken(tasks={}), "tasks: une liste d’objets est attendue"),
        (broken(tasks=WATER["tasks"] * 2), "tasks: « EA1 » est là deux fois"),
        (broken(tasks=[{**WATER["tasks"][0], "phases": []}]), "tasks 1.phases: une liste d’identifiants est attendue"),
        (broken(tasks=[{**WATER["tasks"][0], "due": "dix jours"}]), "tasks 1.due: « dix jours » n’est pas une durée"),
        (broken(tasks=[{**WATER["tasks"][0], "lock": "dur"}]), "tasks 1.lock: « dur » n’est pas de locked"),
        (broken(tasks=[{**WATER["tasks"][0], "form": [{"key": "a", "type": "enum", "label": {"fr": "A", "en": "A"}}]}]),
         "tasks 1.form 1: un choix demande des « options »"),
        (broken(reminders=[{"text": {"fr": "A", "en": "A"}}]), "reminders 1.source: il manque"),
        (broken(roles=[{"id": "X", "name": {"fr": "A", "en": "A"}, "held": "tous"}]), "roles 1.held: « tous »"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place(said: Any, place: str) -> None:
    with pytest.raises(PackRefused) as refusal:
        read_pack(said)
    assert place in refusal.value.text()
    assert "(1 à corriger)" in refusal.value.text()


def test_all_slips_are_told_at_once() -> None:
    with pytest.raises(PackRefused) as refusal:
        read_pack({"theme": "eau"})
    assert "(3 à corriger)" in refusal.value.text()
    assert "name: is missing" in refusal.value.text("en")


@settings(max_examples=80, deadline=None)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(
        st.sampled_from(["theme", "version", "tasks", "form", "fr", "en", "key", "text", "gates", "options"]), each),
))  # fmt: skip
def test_whatever_json_says_it_is_read_or_refused_in_words(said: Any) -> None:
    with pytest.raises(PackRefused):
        read_pack(said)
    with pytest.raises(PackRefused):
        read_pack({**WATER, "tasks": [said], "criteria": said, "glossary": [said]})


# --- publishing one ----------------------------------------------------------------------------------------


def test_a_pack_is_published_once_and_its_theme_may_be_carried(play: Play) -> None:
    first = play.do("jeanne", PublishPack(WATER))
    again = play.do("jeanne", PublishPack(dict(reversed(WATER.items()))))
    assert (first.known, again.known, again.digest) == (False, True, first.digest)
    assert type(play.refused("jeanne", PublishPack(broken(label={"fr": "Autre", "en": "Other"})))) is PackExists
    assert play.do("jeanne", PublishPack(broken(version="1.1.0"))).known is False
    assert [row.version for row in play.rows(PackRow)] == ["1.0.0", "1.1.0"]
    project = play.start(theme="eau")
    (line,) = play.see("claire", ThemesOf(project)).themes
    assert (line.code, line.version) == ("eau", "1.1.0")


def test_only_the_method_owner_publishes_one(play: Play) -> None:
    assert type(play.refused("claire", PublishPack(WATER))) is NotAllowed
    assert type(play.refused("jeanne", PublishPack({"theme": "eau"}))) is PackRefused


def test_a_project_carries_several_themes_each_with_what_it_adds(play: Play) -> None:
    play.do("jeanne", PublishPack(WATER))
    project = play.start(theme="", themes=("eau", "energie", "eau"))
    row = play.rows(ProjectRow, ProjectRow.id == project)[0]
    assert (row.theme, json.loads(row.themes)) == ("eau", ["eau", "energie"])
    water, energy = play.see("claire", ThemesOf(project)).themes
    assert [(each.id, each.place.fr) for each in water.tasks] == [("EA1", play.project(project).phases[0].name.fr)]
    assert [each.id for each in water.criteria] == ["ea"]
    assert (energy.name.fr, energy.version, energy.tasks) == ("Énergie", "", ())
    assert {each.code: each.projects for each in play.see("claire", Themes()).themes} == {"energie": 1, "eau": 1}
    with pytest.raises(ChoiceUnknown):
        play.start(themes=("feu",))


def test_the_theme_that_a_form_chooses_takes_the_place_of_the_first(essai: Play) -> None:
    essai.do("jeanne", PublishPack(WATER))
    project = essai.start("projet_transversal", theme="eau", themes=("eau", "energie"))
    essai.until(project, "G0", E1={"theme": "energie"})
    row = essai.rows(ProjectRow, ProjectRow.id == project)[0]
    assert (row.theme, json.loads(row.themes)) == ("energie", ["energie"])
