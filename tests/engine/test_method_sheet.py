"""The sheet of a method in a service, on paper: its tailorings stand out with their reasons (tailoring, row 21)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import MethodSheet, NotFound, TailoringOf
from engine.overlay import operations as op
from engine.queries.method_sheet import sheet_of
from engine.words import Text
from tests.engine.play import Play
from tests.engine.test_overlays import HIDE, METHOD, in_force, service
from tests.overlay.samples import step

__all__ = ["service"]  # a fixture

QUORUM = op.RaiseQuorum("G2", Decimal("0.75"), reason="Le budget est engagé.")
CRITERION = op.AddCriterion(
    "G2", "bureau", Text("Le bureau est saisi", "The board knows"), reason="Il décide du budget."
)
STEP = op.Insert("P2.end", step("L1", "COM"), reason="Il doit être saisi.")


def rows(play: Play, code: str = "DRH") -> dict[str, list[tuple[str, ...]]]:
    """What stands out, by section."""
    page = play.see("bruno", TailoringOf(METHOD, code, settled=True))
    sheet = sheet_of(page, "fr")
    found = {each["heading"]: [tuple(each["rows"][n]) for n in each["marked"]] for each in sheet["sections"]}
    return {heading: marked for heading, marked in found.items() if marked} | {"": [(sheet["subtitle"],)]}


def test_what_a_service_changed_stands_out_with_its_reason_and_nothing_else_does(service: Play) -> None:
    in_force(service, HIDE, QUORUM, CRITERION, STEP)
    found = rows(service)
    assert found.pop("")[0][0].startswith("Version 1.0.0, aménagement approuvé par Jeanne le ")
    tailored = found.pop("Ce que le service change")
    assert [(each[1], each[2]) for each in tailored] == [
        ("masquée (moins que la méthode)", "Les idées viennent du terrain."),
        ("quorum porté à 75\u00a0%", "Le budget est engagé."),
        ("critère ajouté\u00a0: Le bureau est saisi", "Il décide du budget."),
        ("étape ajoutée\u00a0: Étape L1 (Commanditaire (DG ou directeur))", "Il doit être saisi."),
    ]
    steps = found.pop("Conception et préconisations")
    assert [(each[0], each[-1]) for each in steps] == [
        (
            "L1 · Étape L1",
            "étape ajoutée\u00a0: Étape L1 (Commanditaire (DG ou directeur)). Motif\u00a0: Il doit être saisi.",
        ),
        ("C2 · Atelier d’idéation", "masquée. Motif\u00a0: Les idées viennent du terrain."),
    ]
    assert found == {"Porte G2\u00a0: Choix du scénario": [
        ("Quorum", "75\u00a0%", "quorum porté à 75\u00a0%. Motif\u00a0: Le budget est engagé."),
        ("Critère", "Le bureau est saisi",
         "critère ajouté\u00a0: Le bureau est saisi. Motif\u00a0: Il décide du budget."),
    ]}  # fmt: skip


def test_a_service_without_a_tailoring_shows_its_parent_s(service: Play) -> None:
    in_force(service, HIDE)
    assert rows(service, "PAIE")[""][0][0].endswith("repris de Service DRH")
    assert rows(service, "PAIE").keys() == rows(service).keys()


def test_the_method_as_it_is_has_nothing_that_stands_out(service: Play) -> None:
    assert rows(service) == {"": [("Version 1.0.0, sans aménagement",)]}


def test_it_is_a_tagged_pdf_the_same_bytes_each_time_in_either_language(service: Play) -> None:
    in_force(service, HIDE)
    french = service.see("bruno", MethodSheet(METHOD, "DRH"))
    assert (french.name, french.content[:5]) == ("projet_transversal-1-0-0-DRH.pdf", b"%PDF-")
    assert service.see("bruno", MethodSheet(METHOD, "DRH")).content == french.content
    assert service.see("bruno", MethodSheet(METHOD, "DRH", "en")).content != french.content


def test_an_unknown_service_is_not_found(service: Play) -> None:
    with pytest.raises(NotFound):
        service.see("bruno", MethodSheet(METHOD, "RIEN"))
