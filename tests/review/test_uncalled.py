"""A phase that nothing calls is said once, of the phase."""

from __future__ import annotations

from engine.review import Finding, review
from tests.engine.play import ESSAI

MAIN, STUDY = "essai.bpmn", "etude.bpmn"


def beside() -> dict[str, bytes]:
    """The method of tests, and its first phase once more, in a file of its own, under other ids."""
    content = ESSAI[STUDY]
    for id in (b"Process_P1", b"Definitions_P1"):
        content = content.replace(id, id.replace(b"P1", b"P9"))
    for id in (b"A", b"B", b"C", b"U"):
        content = content.replace(b'id="%s"' % id, b'id="%s9"' % id).replace(b'Ref="%s"' % id, b'Ref="%s9"' % id)
    # what only this one asks and reads
    content = content.replace(b'id="urgent"', b'id="presse"').replace(b"urgent = true", b"presse = true")
    return ESSAI | {"a-part.bpmn": content}


def read(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(each.rule, each.place.file, each.place.element) for each in findings]


def test_a_phase_that_is_called_nowhere_is_one_finding_on_its_process() -> None:
    reviewed = review(beside())
    assert read(reviewed.findings) == [("phase-not-called", "a-part.bpmn", "Process_P9")]
    [found] = reviewed.findings
    assert found.severity == "error"
    assert found.message.fr == "La phase « Étude » n’est appelée nulle part : aucun projet n’y entrerait."
    assert found.message.en == "The phase “Study” is called nowhere: no project would enter it."
    assert found.remedy.fr == (
        "Dessinez-la dans le processus principal (activité d’appel) et reliez-la, ou retirez son fichier."
    )


def test_a_process_that_a_phase_names_as_its_variant_is_not_a_phase_called_nowhere() -> None:
    said = b'<camunda:property name="method.variants" value="Process_P9" />'
    name = b'<camunda:property name="name.en" value="Study" />'
    assert name in ESSAI[MAIN]
    files = beside()
    files[MAIN] = files[MAIN].replace(name, name + said)
    assert "phase-not-called" not in {rule for rule, _, _ in read(review(files).findings)}
