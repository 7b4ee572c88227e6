"""A method changed as a list: what comes out is the same method, drawn, and the review has nothing to say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import AmendMethodDraft, MethodDraftOf, OpenMethodDraft, OutlineRefused, Text
from engine.drawing import draw
from engine.method import Field, Item, Method, Option, Role
from engine.review import in_words, review
from engine.workshop import starting
from engine.workshop.detail import detail
from engine.workshop.outline import amended
from tests.engine.play import Play, files_of

TWO = starting(Text("Été", "Summer"), 2)
ONE_MORE = {"do": "add_step", "phase": "P1", "after": "A", "fr": "Chiffrer", "en": "Estimate", "role": "CP"}


def after(*asked: Mapping[str, str], files: dict[str, bytes] = TWO) -> Method:
    """The method after these changes; the review finds nothing in it, and each diagram can be drawn."""
    for each in asked:
        files = amended(files, each)
    found = review(files, as_method=True)
    assert in_words(found.findings, "en") == ""
    for content in files.values():
        assert draw(content).startswith("<svg")
    assert found.method is not None
    return found.method


def steps(method: Method, phase: str) -> list[str]:
    return [each.id for each in method.phase[phase].tasks]


def test_a_step_is_added_moved_and_taken_out() -> None:
    assert steps(after(ONE_MORE), "P1") == ["A", "T1"]
    assert steps(after(ONE_MORE | {"after": ""}), "P1") == ["T1", "A"]
    assert steps(after(ONE_MORE, {"do": "up", "element": "T1"}), "P1") == ["T1", "A"]
    assert steps(after(ONE_MORE, {"do": "down", "element": "A"}), "P1") == ["T1", "A"]
    assert steps(after(ONE_MORE, {"do": "remove_step", "element": "T1"}), "P1") == ["A"]


def test_a_step_that_moves_keeps_all_that_it_says() -> None:
    moved = after(ONE_MORE, {"do": "down", "element": "A"}).tasks["A"]
    before = after().tasks["A"]
    assert (moved.name, moved.form, moved.due, moved.lock, moved.role) == (
        before.name, before.form, before.due, before.lock, before.role,
    )  # fmt: skip


def test_a_step_changes_its_role_and_its_lane_with_it() -> None:
    method = after(ONE_MORE, {"do": "step", "element": "T1", "role": "COM", "due": "P5D", "lock": "optional"})
    task = method.tasks["T1"]
    assert (task.role, task.due, task.lock) == ("COM", "P5D", "optional")
    assert steps(method, "P1") == ["A", "T1"]


def test_a_phase_is_named_with_its_process_and_its_pool() -> None:
    files = amended(TWO, {"do": "rename", "element": "P1", "fr": "Cadrer", "en": "Frame"})
    assert files["p1.bpmn"].count(b"Cadrer") == 2
    assert after(files=files).phase["P1"].name == Text("Cadrer", "Frame")


def test_a_phase_is_added_with_its_gate_before_the_end_and_taken_out_again() -> None:
    more = {"do": "add_phase", "fr": "Déployer", "en": "Deploy"}
    method = after(more)
    assert [each.id for each in method.phases] == ["P1", "P2", "P3"]
    assert (method.gate["G3"].landing, method.gate["G3"].chair) == ("T1", "COM")
    assert [each.id for each in after(more, {"do": "remove_phase", "element": "P2"}).phases] == ["P1", "P3"]
    assert [each.id for each in after({"do": "remove_phase", "element": "P1"}).phases] == ["P2"]


def test_a_gate_is_taken_out_and_put_back_at_the_end_of_its_phase() -> None:
    for element in ("G1", "G2"):
        gone = {"do": "remove_gate", "element": element}
        phase = element.replace("G", "P")
        method = after(gone)
        assert ([each.id for each in method.phases], method.phase[phase].gate) == (["P1", "P2"], "")
        back = after(gone, {"do": "add_gate", "element": phase})
        assert back.gate[back.phase[phase].gate].landing == {"P1": "A", "P2": "B"}[phase]
        assert [each.id for each in after(gone, {"do": "remove_phase", "element": phase}).phases] == [
            each for each in ("P1", "P2") if each != phase
        ]
    more = {"do": "add_phase", "fr": "Déployer", "en": "Deploy"}
    assert [each.gate for each in after({"do": "remove_gate", "element": "G2"}, more).phases] == ["G1", "", "G2"]
    for refused in ({"do": "add_gate", "element": "P1"}, {"do": "remove_gate", "element": "A"}):
        with pytest.raises(OutlineRefused):
            amended(TWO, refused)


def test_a_criterion_is_added_changed_and_taken_out() -> None:
    added = {"do": "criterion", "element": "G1", "fr": "Le budget tient", "en": "The budget holds"}
    assert [each.text.en for each in after(added).gate["G1"].criteria][-1] == "The budget holds"
    changed = after(added, added | {"criterion": "1", "fr": "Autre", "en": "Other"})
    assert [each.text.fr for each in changed.gate["G1"].criteria] == ["Autre", "Le budget tient"]
    assert len(after(added, {"do": "criterion", "element": "G1", "criterion": "1"}).gate["G1"].criteria) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "up", "element": "A"},  # nothing comes before it
        {"do": "rename", "element": "A", "fr": " "},
        {"do": "rename", "element": "gone", "fr": "x"},
        {"do": "dance"},
        {"do": "remove_phase", "element": "G1"},
    ],
    ids=str,
)
def test_what_cannot_be_done_in_a_list_is_a_sentence(asked: dict[str, str]) -> None:
    with pytest.raises(OutlineRefused):
        amended(TWO, asked)


def said_of(refused: pytest.ExceptionInfo[OutlineRefused]) -> str:
    return refused.value.text("fr").replace("\u00a0", " ").replace("\u202f", " ")


def test_the_step_to_which_a_gate_returns_is_not_taken_out() -> None:
    with pytest.raises(OutlineRefused) as refused:
        after(ONE_MORE, {"do": "remove_step", "element": "A"})
    assert said_of(refused).startswith("C’est à « Étape A » que la porte « Porte 1 » renvoie")


# --- what a step says --------------------------------------------------------------------------------------


def test_a_step_is_described_in_markdown_in_both_languages() -> None:
    said = {
        "do": "words",
        "element": "A",
        "fr": "Cadrer",
        "en": "Frame",
        "help_fr": "# Quoi\n\n- un",
        "help_en": "# What",
    }
    task = after(said).tasks["A"]
    assert (task.name, task.help) == (Text("Cadrer", "Frame"), Text("# Quoi\n\n- un", "# What"))
    assert after(said, said | {"help_fr": "", "help_en": ""}).tasks["A"].help == Text("")


def test_a_phase_a_gate_and_the_method_are_described_too() -> None:
    for element in ("P1", "G1", "ete"):
        method = after(
            {"do": "words", "element": element, "fr": "Nom", "en": "Name", "help_fr": "Dit", "help_en": "Told"}
        )
        found = method.phase.get(element) or method.gate.get(element) or method
        assert (found.name, found.help) == (Text("Nom", "Name"), Text("Dit", "Told"))


def test_the_deadline_of_a_step_has_bounds_and_a_service_may_be_granted_freedoms() -> None:
    files = amended(TWO, ONE_MORE)
    granted = {
        "do": "step", "element": "T1", "due": "P20D", "due_min": "P5D", "due_max": "P30D", "lock": "optional",
        "tailor.hide": "yes", "tailor.condition": "yes", "hook.after": "yes", "extensible": "yes", "never": "COM",
        "template": "note.docx",
    }  # fmt: skip
    files = amended(files, granted)
    task = after(files=files).tasks["T1"]
    assert (task.due, task.lock, task.tailor, task.never, task.template) == (
        "P20D", "optional", {"hide", "condition"}, "COM", "note.docx",
    )  # fmt: skip
    node = detail(files, "T1")
    assert (node.bounds, node.hooks, node.extensible) == (("P5D", "P30D"), ("after",), True)
    less = amended(files, {"do": "step", "element": "T1", "tailor.hide": "", "hook.after": "", "due_max": ""})
    assert (after(files=less).tasks["T1"].tailor, detail(less, "T1").bounds) == ({"condition"}, ("P5D", ""))


def test_a_step_is_done_once_by_each_department_or_once_again() -> None:
    each = {"do": "step", "element": "T1", "each": "service"}
    task = after(ONE_MORE, each).tasks["T1"]
    assert (task.each, task.collection) == ("service", "services_impactes")
    assert after(ONE_MORE, each, each | {"each": ""}).tasks["T1"].collection == ""
    assert after(ONE_MORE, each, {"do": "down", "element": "A"}).tasks["T1"].each == "service"


def test_a_step_comes_to_depend_on_a_condition_and_depends_on_none_any_more() -> None:
    asked = {"do": "field", "element": "A", "type": "money", "fr": "Budget", "en": "Budget", "required": "yes"}
    depends = {"do": "step", "element": "T1", "lock": "conditional", "when": "budget > 5000"}
    files = amended(amended(amended(TWO, asked), ONE_MORE), depends)
    assert after(files=files).tasks["T1"].lock == "conditional"
    assert detail(files, "T1").when == "budget > 5000"
    assert detail(amended(files, depends | {"when": "budget > 9000"}), "T1").when == "budget > 9000"
    freed = amended(files, depends | {"lock": "locked"})
    assert (after(files=freed).tasks["T1"].lock, detail(freed, "T1").when) == ("locked", "")
    with pytest.raises(OutlineRefused) as refused:
        amended(amended(TWO, ONE_MORE), depends | {"when": ""})
    assert "dites laquelle" in said_of(refused)


# --- the questions of a step -------------------------------------------------------------------------------

CHOICE = {
    "do": "field",
    "element": "A",
    "type": "enum",
    "fr": "Urgence",
    "en": "Urgency",
    "lines": "Haute | High\nBasse | Low",
}


def form(*asked: Mapping[str, str]) -> tuple[Field, ...]:
    return after(*asked).tasks["A"].form


def test_a_question_is_asked_changed_moved_and_taken_out() -> None:
    made = form(CHOICE | {"required": "yes", "help_fr": "Selon vous", "help_en": "In your view"})[-1]
    assert made == Field(
        "urgence", "enum", Text("Urgence", "Urgency"), Text("Selon vous", "In your view"), required=True,
        options=(Option("haute", Text("Haute", "High")), Option("basse", Text("Basse", "Low"))),
    )  # fmt: skip
    up, gone = ({"do": do, "element": "A", "field": "urgence"} for do in ("field_up", "remove_field"))
    assert [each.key for each in form(CHOICE, up)] == ["urgence", "resultat"]
    assert [each.key for each in form(CHOICE, up, up | {"do": "field_down"})] == ["resultat", "urgence"]
    assert [each.key for each in form(CHOICE, gone)] == ["resultat"]
    assert form(gone | {"field": "resultat"}) == ()


def test_a_question_that_is_worded_otherwise_keeps_its_key_and_so_do_its_choices() -> None:
    again = {
        "do": "field", "element": "A", "field": "urgence", "type": "multiselect", "fr": "Priorité", "en": "Priority",
        "option.haute.fr": "Forte", "option.haute.en": "Strong", "option.haute.at": "2",
        "option.basse.fr": "Basse", "option.basse.en": "Low",
        "option.basse.at": "1", "lines": "Nulle | None",
    }  # fmt: skip
    changed = form(CHOICE, again)[-1]
    assert (changed.key, changed.type, changed.label.en) == ("urgence", "multiselect", "Priority")
    assert [(each.value, each.label.fr) for each in changed.options] == [
        ("basse", "Basse"), ("haute", "Forte"), ("nulle", "Nulle"),
    ]  # fmt: skip
    fewer = form(
        CHOICE, again, {"do": "field", "element": "A", "field": "urgence", "fr": "P", "en": "P", "option.haute.fr": ""}
    )
    assert [each.value for each in fewer[-1].options] == ["basse", "nulle"]


def test_numbers_texts_and_tables_have_bounds() -> None:
    money = {"do": "field", "element": "A", "type": "money", "fr": "Coût", "en": "Cost", "min": "0", "max": "5000.5"}
    made = form(money)[-1]
    assert (made.key, made.minimum, made.maximum) == ("cout", Decimal(0), Decimal("5000.5"))
    text = form(
        {"do": "field", "element": "A", "field": "resultat", "fr": "R", "en": "R", "shortest": "10", "longest": "90"}
    )
    assert (text[0].shortest, text[0].longest, text[0].required) == (10, 90, True)
    table = {
        "do": "field",
        "element": "A",
        "type": "table",
        "fr": "Coûts",
        "en": "Costs",
        "fewest": "2",
        "lines": "Poste | Item",
    }
    more = {
        "do": "field", "element": "A", "field": "couts", "fr": "Coûts", "en": "Costs", "column.poste.type": "select",
        "column.poste.required": "yes", "column.poste.choices": "Achat | Buying ; Étude | Study",
    }  # fmt: skip
    column = form(table, more)[-1].columns[0]
    assert (form(table)[-1].fewest_rows, column.type, column.required) == (2, "select", True)
    assert column.options == (Option("achat", Text("Achat", "Buying")), Option("etude", Text("Étude", "Study")))
    kept = form(table, more, more | {"column.poste.choices": "Étude | Study ; Travaux | Works"})[-1].columns[0]
    assert [each.value for each in kept.options] == ["etude", "travaux"]


def test_a_list_to_tick_says_what_is_proven_and_what_may_be_set_aside() -> None:
    asked = {
        "do": "field",
        "element": "A",
        "type": "checklist",
        "fr": "Avant",
        "en": "Before",
        "lines": "Devis | Quote\nPlan | Plan",
    }
    again = {
        "do": "field", "element": "A", "field": "avant", "fr": "Avant", "en": "Before", "item.1.evidence": "yes",
        "item.2.lock": "yes", "item.1.fr": "Devis signé", "item.1.en": "Signed quote",
    }  # fmt: skip
    assert form(asked, again)[-1].items == (
        Item("1", Text("Devis signé", "Signed quote"), evidence=True), Item("2", Text("Plan", "Plan"), locked=True),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"fr": ""}, "Un nom en français est attendu."),
        ({"lines": ""}, "« Urgence » demande des choix"),
        ({"type": "checklist", "lines": ""}, "« Urgence » demande des points à cocher"),
        ({"type": "table", "lines": ""}, "« Urgence » demande des colonnes"),
        ({"type": "dance"}, "« dance » n’est pas un genre de réponse."),
        ({"type": "number", "min": "dix"}, "« dix » devait être un nombre."),
        ({"type": "string", "longest": "1.5"}, "« 1.5 » devait être un nombre."),
        ({"field": "gone"}, "« gone » n’est plus dans ce brouillon."),
    ],
    ids=str,
)
def test_a_question_that_cannot_be_asked_is_a_sentence(asked: dict[str, str], sentence: str) -> None:
    with pytest.raises(OutlineRefused) as refused:
        amended(TWO, CHOICE | asked)
    assert said_of(refused).startswith(sentence)


@pytest.mark.parametrize("folder", ["projet-transversal", "petit-projet", "pm2"])
def test_each_question_of_the_shipped_methods_is_written_as_it_is_read(folder: str) -> None:
    """Whatever a question says, writing it anew loses nothing of it."""
    files = files_of(folder)
    before = review(files, as_method=True).method
    assert before is not None
    for task in before.tasks.values():
        for field in task.form:
            asked = {"do": "field", "element": task.id, "field": field.key, "fr": field.label.fr, "en": field.label.en}
            files = amended(files, asked)
    now = review(files, as_method=True).method
    assert now is not None
    assert {id: each.form for id, each in now.tasks.items()} == {id: each.form for id, each in before.tasks.items()}


# --- gates, roles, the method ------------------------------------------------------------------------------


def test_a_gate_says_who_votes_by_which_rule_and_until_when() -> None:
    role = {"do": "role", "fr": "Directeur financier", "en": "Financial director", "held": "service"}
    gate = {
        "do": "gate", "element": "G1", "voter.COM": "yes", "voter.DF": "yes", "quorum": "0.5",
        "rule": "majority_chair_casting", "rework_max": "2", "due": "P15D", "due_max": "P20D", "second": "P5D",
    }  # fmt: skip
    found = after(role, gate).gate["G1"]
    assert (found.voters, found.quorum, found.rule, found.rework_max, found.due, found.second) == (
        ("COM", "DF"), Decimal("0.5"), "majority_chair_casting", 2, "P15D", "P5D",
    )  # fmt: skip
    for wrong in ({"quorum": "0"}, {"voter.COM": "", "voter.DF": ""}):
        with pytest.raises(OutlineRefused):
            amended(amended(TWO, role), gate | wrong)


def test_a_criterion_may_ask_for_evidence_or_be_set_aside_with_a_reason() -> None:
    asked = {"do": "criterion", "element": "G1", "criterion": "1", "fr": "Le budget tient", "en": "The budget holds"}
    found = after(asked | {"evidence": "yes", "lock": ""}).gate["G1"].criteria[0]
    assert (found.evidence, found.locked) == (True, False)


def test_roles_are_added_named_and_taken_out_where_nobody_needs_them() -> None:
    role = {"do": "role", "fr": "Chargé d’étude", "en": "Analyst", "held": "service"}
    step = {"do": "step", "element": "T1", "role": "CE"}
    assert after(role).role["CE"] == Role("CE", Text("Chargé d’étude", "Analyst"), "service")
    named = amended(amended(amended(TWO, role), ONE_MORE), step)
    named = amended(named, role | {"role": "CE", "fr": "Analyste"})
    assert named["p1.bpmn"].count(b"Analyste") == 1  # its lane
    with pytest.raises(OutlineRefused) as refused:
        amended(named, {"do": "remove_role", "role": "CE"})
    assert said_of(refused).startswith("Le rôle « Analyste » est encore celui de Chiffrer.")
    assert "CE" not in after(role, {"do": "remove_role", "role": "CE"}).role
    assert after(role, {"do": "method", "sponsor": "CE", "result": "COM"}).sponsor == "CE"


# --- two people, and a change of mind ----------------------------------------------------------------------


def test_what_somebody_else_changed_since_the_page_was_opened_is_not_overwritten() -> None:
    opened = detail(TWO, "A").mark
    mine = {"do": "words", "element": "A", "fr": "La mienne", "en": "Mine", "mark": opened}
    assert after(mine).tasks["A"].name.en == "Mine"
    for theirs in ({"do": "words", "element": "A", "fr": "La leur", "en": "Theirs"}, CHOICE):
        with pytest.raises(OutlineRefused) as refused:
            amended(amended(TWO, theirs), mine)
        assert "a changé depuis que cette page est ouverte" in said_of(refused)
    assert after(ONE_MORE, mine).tasks["A"].name.en == "Mine"  # a step beside it is no change of it


def test_the_last_change_is_undone_and_done_again(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft(name="Été", phases=2)).draft
    assert play.see("jeanne", MethodDraftOf(draft)).undoable is False
    begun = play.see("jeanne", MethodDraftOf(draft)).files
    play.do("jeanne", AmendMethodDraft(draft, {"do": "add_phase", "fr": "Trois", "en": "Three"}))
    changed = play.see("jeanne", MethodDraftOf(draft))
    assert (changed.undoable, len(changed.files)) == (True, 4)
    assert play.do("jeanne", AmendMethodDraft(draft, {"do": "undo", "revision": "2"})).revision == 3
    assert play.see("jeanne", MethodDraftOf(draft)).files == begun
    assert type(play.refused("jeanne", AmendMethodDraft(draft, {"do": "undo", "revision": "2"}))) is OutlineRefused
    play.do("jeanne", AmendMethodDraft(draft, {"do": "undo", "revision": "3"}))
    assert play.see("jeanne", MethodDraftOf(draft)).files == changed.files


def test_what_is_branched_is_changed_in_the_drawing() -> None:
    with pytest.raises(OutlineRefused) as refused:
        amended(files_of("projet-transversal"), {"do": "up", "element": "C7a"})
    assert "branche" in refused.value.text("fr")


LATER = st.integers(1, 3).map(lambda number: f"T{number}")
CHANGES = st.lists(
    st.one_of(
        st.builds(lambda at: ONE_MORE | {"after": at}, st.sampled_from(["", "A"])),
        st.builds(lambda do, id: {"do": do, "element": id}, st.sampled_from(["up", "down", "remove_step"]), LATER),
        st.just({"do": "add_phase", "fr": "Encore", "en": "Again"}),
        st.builds(lambda do, id: {"do": do, "element": id}, st.sampled_from(["remove_gate", "remove_phase"]),
                  st.sampled_from(["G1", "G2", "G3", "P1", "P2", "P3"])),
        st.builds(lambda id: {"do": "add_gate", "element": id}, st.sampled_from(["P1", "P2", "P3"])),
        st.builds(lambda do, id, what: {"do": f"{do}_outcome", "element": id, "outcome": what},
                  st.sampled_from(["add", "remove"]), st.sampled_from(["G1", "G2", "G3"]),
                  st.sampled_from(["go", "go_reserves", "rework", "hold", "stop"])),
        st.builds(lambda id, step: {"do": "gate", "element": id, "landing": step}, st.sampled_from(["G1", "G2"]),
                  LATER),
        st.builds(
            lambda id, role: {"do": "step", "element": id, "role": role, "due": "P3D"}, LATER,
            st.sampled_from(["CP", "COM"]),
        ),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(CHANGES)
def test_whatever_is_changed_in_the_list_the_method_stays_one_that_the_review_accepts(
    changes: list[dict[str, str]],
) -> None:
    files = TWO
    for each in changes:
        try:
            files = amended(files, each)
        except OutlineRefused:
            continue
    found = review(files, as_method=True)
    assert [each.rule for each in found.errors] == []


def test_a_draft_is_changed_by_its_owner(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft(name="Été", phases=2)).draft
    assert play.do("jeanne", AmendMethodDraft(draft, ONE_MORE)).revision == 2
    page = play.see("jeanne", MethodDraftOf(draft))
    assert (page.line.revision, b"Chiffrer" in page.files["p1.bpmn"]) == (2, True)
    assert type(play.refused("claire", AmendMethodDraft(draft, ONE_MORE))).__name__ == "NotAllowed"
