"""`jalon publish` says what the page of publication asks: notes for actors, the day on which support ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import SYSTEM, Engine, MethodPageOf, Text
from engine.cli import main
from tests.cli.test_cli import SMALL, base

__all__ = ["base"]


@pytest.fixture
def following(tmp_path: Path) -> str:
    """The next version of a method that is published."""
    folder = tmp_path / "petit-projet"
    folder.mkdir()
    for each in SMALL.glob("*.bpmn"):
        (folder / each.name).write_bytes(each.read_bytes().replace(b'versionTag="1.0.0"', b'versionTag="1.0.1"'))
    return str(folder)


def test_notes_for_actors_are_said_or_read_from_a_file(base: list[str], following: str, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("- **une** étape de moins\n", encoding="utf-8")
    said = [
        "--notes",
        f"@{tmp_path / 'notes.md'}",
        "--notes-en",
        "- **one** step less",
        "--support-until",
        "31/12/2999",
    ]
    assert main([*base, "publish", following, *said]) == 0
    engine = Engine(base[-1])
    page = engine.read(MethodPageOf("petit_projet"), SYSTEM)
    assert (page.method.version, page.notes) == ("1.0.1", Text("- **une** étape de moins", "- **one** step less"))
    engine.close()


def test_a_number_that_is_not_three_whole_numbers_publishes_nothing(
    base: list[str], following: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for each in Path(following).glob("*.bpmn"):
        each.write_bytes(each.read_bytes().replace(b'versionTag="1.0.1"', b'versionTag="deux"'))
    assert main([*base, "publish", following]) == 1
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert said.startswith("« deux » n’est pas un numéro de version : trois nombres entiers étaient attendus")


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        (["--support-until", "bientôt"], 1, "« bientôt » n’est pas une date à venir."),
        (["--support-until", "2001-01-01"], 1, "« 2001-01-01 » n’est pas une date à venir."),
        (["--support-until", "31/02/2999"], 1, "« 31/02/2999 » n’est pas une date à venir."),
        (["--notes", "@nulle-part.md"], 2, "« nulle-part.md » ne peut pas être lu"),
        (["--notes", f"@{SMALL.parents[1] / 'docs' / 'images' / 'projet.png'}"], 2, "ce n’est pas du texte en UTF-8"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_and_publishes_nothing(
    base: list[str], following: str, capsys: pytest.CaptureFixture[str], said: list[str], status: int, sentence: str
) -> None:
    assert main([*base, "publish", following, *said]) == status
    assert sentence in capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ")
    engine = Engine(base[-1])
    assert engine.read(MethodPageOf("petit_projet"), SYSTEM).method.version == "1.0.0"
    engine.close()
