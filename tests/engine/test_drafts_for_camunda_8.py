"""Drafts of a method drawn for Camunda 8: brought as .bpmn and .form files or as a zip, changed, taken away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from engine import AmendMethodDraft, MethodDraftFiles, MethodDraftOf, OpenMethodDraft, SaveMethodDraft, Text
from engine.diagram import for_camunda_8
from engine.review import in_words
from engine.workshop import starting
from tests.engine.play import Play
from tests.zeebe.eighth import meant
from tests.zeebe.test_woven_and_amended import STEP, only_for_camunda_8

TWO = starting(Text("Été", "Summer"), 2)


def zipped(files: Mapping[str, bytes], folder: str = "methode/") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return held.getvalue()


@pytest.mark.parametrize("packed", [False, True], ids=["files", "zip"])
def test_diagrams_and_their_forms_are_opened_together(play: Play, packed: bool) -> None:
    files = for_camunda_8(TWO)
    opened = play.do("jeanne", OpenMethodDraft(files={"m.zip": zipped(files)} if packed else files))
    assert opened.ignored == []
    page = play.see("jeanne", MethodDraftOf(opened.draft))
    assert (dict(page.files), in_words(page.findings, "fr")) == (files, "")
    play.do("jeanne", AmendMethodDraft(opened.draft, STEP))
    kept = play.see("jeanne", MethodDraftFiles(opened.draft))
    assert only_for_camunda_8(kept.files)
    with zipfile.ZipFile(io.BytesIO(kept.content)) as archive:
        templates = [each for each in archive.namelist() if each.startswith(".camunda/element-templates/")]
        assert templates
        assert all(b"zeebe" in archive.read(each) for each in templates)


def test_a_form_that_is_brought_alone_takes_the_place_of_the_one_of_its_name(play: Play) -> None:
    files = for_camunda_8(TWO)
    draft = play.do("jeanne", OpenMethodDraft(files=files)).draft
    changed = {**files, "Form_A.form": files["Form_A.form"].replace("Résultat".encode(), b"Bilan")}
    play.do("jeanne", SaveMethodDraft(draft, changed, 1))
    page = play.see("jeanne", MethodDraftOf(draft))
    assert meant(page.files).tasks["A"].form[0].label.fr == "Bilan"
