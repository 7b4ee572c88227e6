"""What Jalon writes in a drawing for Camunda 8, it writes in the words of Camunda 8."""

from __future__ import annotations

from collections.abc import Mapping

from engine import Text
from engine.diagram import drawn_back, drawn_in, for_camunda_8, new_file, to_draw
from engine.drawing import draw
from engine.overlay import operations as op
from engine.overlay import weave
from engine.overlay.difference import difference
from engine.review import in_words, review
from engine.workshop import starting
from engine.workshop.numbering import numbered
from engine.workshop.outline import amended
from tests.overlay.granted import thirty
from tests.overlay.samples import overlay, pack, released
from tests.zeebe.eighth import EIGHTH, SEVENTH, form, meant, one_task, without_lines

TWO = starting(Text("Été", "Summer"), 2)
STEP = {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"}
EDITS: list[dict[str, str]] = [
    {"do": "rename", "element": "P1", "fr": "Cadrer", "en": "Frame"},
    STEP,
    {"do": "step", "element": "T1", "role": "COM", "due": "P5D", "lock": "optional"},
    {"do": "step", "element": "A", "role": "CP", "due": "", "lock": "locked"},
    {"do": "down", "element": "A"},
    {"do": "criterion", "element": "G1", "fr": "Le budget tient", "en": "The budget holds"},
    {"do": "role", "fr": "Directeur financier", "en": "Financial director", "held": "service"},
    {"do": "gate", "element": "G1", "voter.COM": "yes", "voter.DF": "yes", "quorum": "0.5", "due": "P15D",
     "rule": "majority_chair_casting"},
    {"do": "gate", "element": "G1", "chair": "DF", "landing": "A"},
    {"do": "remove_outcome", "element": "G1", "outcome": "rework"},
    {"do": "add_outcome", "element": "G1", "outcome": "rework"},
    {"do": "add_outcome", "element": "G2", "outcome": "stop"},
    {"do": "field", "element": "A", "type": "money", "fr": "Budget", "en": "Budget", "required": "yes", "min": "0"},
    {"do": "field", "element": "A", "type": "enum", "fr": "Urgence", "en": "Urgent", "lines": "Haute | High\nBas | B"},
    {"do": "field", "element": "A", "type": "table", "fr": "Coûts", "en": "Costs", "fewest": "2", "lines": "Poste | P"},
    {"do": "field", "element": "A", "field": "couts", "fr": "Coûts", "en": "Costs", "column.poste.type": "select",
     "column.poste.required": "yes", "column.poste.choices": "Achat | Buying ; Étude | Study"},
    {"do": "field", "element": "A", "type": "checklist", "fr": "Avant", "en": "Before", "lines": "Dit | Said"},
    {"do": "field_up", "element": "A", "field": "urgence"},
    {"do": "field", "element": "T1", "type": "textarea", "fr": "Chiffrage", "en": "Estimate"},
    {"do": "remove_field", "element": "A", "field": "resultat"},
    {"do": "add_phase", "fr": "Déployer", "en": "Deploy"},
    {"do": "remove_phase", "element": "P2"},
]  # fmt: skip


def only_for_camunda_8(files: Mapping[str, bytes]) -> bool:
    return all(each.zeebe and each.stranger is None and each.unread == () for each in drawn_in(files))


def test_a_weave_of_every_operation_is_the_same_in_both_dialects() -> None:
    tailored = [pack("energie")], overlay(*thirty())
    seven, eight = (weave(released(each["projet-transversal"]), *tailored) for each in (SEVENTH, EIGHTH))
    assert without_lines(eight.method) == without_lines(seven.method)
    assert without_lines(meant(eight.release.files)) == without_lines(eight.method)
    assert (eight.origins, eight.hidden.keys(), eight.departures) == (
        seven.origins, seven.hidden.keys(), seven.departures,
    )  # fmt: skip
    assert only_for_camunda_8(eight.release.files)
    assert difference(seven.release, eight.release).changes == ()


def test_a_weave_touches_the_forms_that_it_changes_and_no_other_file() -> None:
    release = released(EIGHTH["projet-transversal"])
    woven = weave(release, [], overlay(op.Hide("C2")))
    changed = [name for name, content in woven.release.files.items() if release.files.get(name) != content]
    assert changed == ["p2-conception.bpmn"]


def test_the_list_writes_in_the_dialect_of_the_file() -> None:
    seven, eight = TWO, for_camunda_8(TWO)
    for each in EDITS:
        seven, eight = amended(seven, each), amended(eight, each)
        assert without_lines(meant(eight)) == without_lines(meant(seven)), each
        assert only_for_camunda_8(eight), each
        for name, content in eight.items():
            assert name.endswith(".form") or draw(content, language="en").startswith("<svg")
    assert in_words(review(eight).findings, "fr") == ""


def test_a_new_step_is_a_user_task_of_camunda_8() -> None:
    content = amended(for_camunda_8(TWO), STEP)["p1.bpmn"].decode()
    [made] = [each for each in content.split("<bpmn:userTask ")[1:] if each.startswith('id="T1"')]
    assert "<zeebe:userTask/>" in made.partition("</bpmn:userTask>")[0]
    assert '<zeebe:assignmentDefinition candidateGroups="CP"/>' in made
    assert '<zeebe:taskSchedule dueDate="=now() + duration(&quot;P10D&quot;)"/>' in made


def test_a_version_number_is_written_where_camunda_8_has_it() -> None:
    files = numbered(EIGHTH["petit-projet"], "3.1.4")
    assert b'<zeebe:versionTag value="3.1.4"/>' in files["petit-projet.bpmn"]
    assert meant(files).version == "3.1.4"


def test_the_names_on_a_drawing_are_in_the_language_of_who_looks() -> None:
    content = EIGHTH["petit-projet"]["s1-cadrer.bpmn"]
    assert ("One-page project sheet" in draw(content, language="en"), "Fiche projet" in draw(content)) == (True, True)


# --- in the modeler --------------------------------------------------------------------------------------------


def saved(files: Mapping[str, bytes], *edits: tuple[str, str, str]) -> dict[str, bytes]:
    """The files after Jalon's modeler drew them: words replaced in what it holds."""
    drawn = to_draw(drawn_in(files))
    for name, old, new in edits:
        content = drawn[name].decode()
        assert content.count(old) == 1, (old, content.count(old))
        drawn[name] = content.replace(old, new).encode()
    return drawn_back({**files, **drawn})


def test_what_the_modeler_does_not_change_is_written_as_it_stood() -> None:
    for name in ("petit-projet", "exceptions"):
        assert saved(EIGHTH[name]) == {**EIGHTH[name], **{e.file: e.write() for e in drawn_in(EIGHTH[name])}}


def test_the_modeler_shows_what_it_shows_of_camunda_7_and_the_review_reads_it_so() -> None:
    files = EIGHTH["petit-projet"]
    shown = {**files, **to_draw(drawn_in(files))}
    assert b'<camunda:formField id="objectif"' in shown["s1-cadrer.bpmn"]
    assert without_lines(meant(shown)) == without_lines(meant(files))
    assert review(shown).findings == ()


def test_what_is_changed_in_the_modeler_is_written_in_camunda_8_and_its_forms_in_their_files() -> None:
    files = EIGHTH["petit-projet"]
    change = [
        ("s1-cadrer.bpmn", 'camunda:candidateGroups="CP"', ""),
        ("s1-cadrer.bpmn", 'camunda:dueDate="P5D"', 'camunda:dueDate="P7D"'),
        ("s1-cadrer.bpmn", 'label="Objectif"', 'label="Ce que l’on veut"'),
    ]
    after = saved(files, *change)
    assert only_for_camunda_8(after)
    assert {name for name in after if after[name] != files.get(name)} >= {"s1-cadrer.bpmn", "Form_S11.form"}
    assert after.keys() == files.keys()
    task = meant(after).tasks["S11"]
    assert (task.role, task.due, task.form[0].label.fr) == ("", "P7D", "Ce que l’on veut")
    assert [each.key for each in task.form] == [each.key for each in meant(files).tasks["S11"].form]
    assert b'dueDate="=now() + duration(&quot;P7D&quot;)"' in after["s1-cadrer.bpmn"]


def test_a_form_that_two_tasks_share_is_not_changed_for_both() -> None:
    linked = '<zeebe:formDefinition formId="Form_A"/>'
    files = {**one_task(linked), "autre.form": form({"type": "textfield", "key": "t", "label": "T"})}
    other = files["p.bpmn"].replace(b"Process_P1", b"Process_P2").replace(b'="A"', b'="B"')
    alone = saved(files, ("p.bpmn", 'label="T"', 'label="Titre"'))
    assert ("Titre" in alone["autre.form"].decode(), alone.keys()) == (True, files.keys())
    both = saved({**files, "q.bpmn": other}, ("p.bpmn", 'label="T"', 'label="Titre"'))
    assert both["autre.form"] == files["autre.form"]
    assert "Titre" in both["Form_A_2.form"].decode()


def test_a_phase_that_the_modeler_adds_is_in_the_dialect_of_the_others() -> None:
    files = for_camunda_8(TWO)
    drawn = TWO["p2.bpmn"].replace(b"<bpmn:definitions ", f"<bpmn:definitions {new_file(drawn_in(files))} ".encode())
    after = drawn_back({**files, "p2.bpmn": drawn})
    assert only_for_camunda_8(after)
    assert without_lines(meant(after)) == without_lines(meant(TWO))
    assert after["p2.bpmn"].count(b"<zeebe:userTask/>") == after["p2.bpmn"].count(b"<bpmn:userTask ")
    assert new_file(drawn_in(TWO)) == ""
