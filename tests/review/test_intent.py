"""What a method means to keep: diagrams that are broken by one edit, each refused with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from engine.diagram import Diagram, Node
from engine.intent import Plan, avoidable, order_lost, precedences
from engine.release import read_method
from engine.review import review
from tests.engine.play import SHIPPED, files_of

MAIN, DESIGN = "projet-transversal.bpmn", "p2-conception.bpmn"
Edit = Callable[[Diagram], None]


def element(diagram: Diagram, id: str) -> Node:
    return next(node for node in diagram.root.all("*") if node.id == id)


def without(*ids: str) -> Edit:
    def edit(diagram: Diagram) -> None:
        for id in ids:
            element(diagram, id).remove()

    return edit


def drawn_as(id: str, tag: str) -> Edit:
    def edit(diagram: Diagram) -> None:
        node = element(diagram, id)
        node.element.tag = node.element.tag.replace(node.tag, tag)

    return edit


def led(id: str, **ends: str) -> Edit:
    """A flow that leads elsewhere."""

    def edit(diagram: Diagram) -> None:
        for attribute, value in ends.items():
            element(diagram, id).set(attribute, value)

    return edit


def flow(source: str, target: str) -> Edit:
    def edit(diagram: Diagram) -> None:
        process = diagram.processes[0]
        process.add("sequenceFlow", id="raccourci", sourceRef=source, targetRef=target, name="Raccourci").add(
            "conditionExpression", 'decision = "raccourci"'
        )

    return edit


def both(*edits: Edit) -> Edit:
    def edit(diagram: Diagram) -> None:
        for each in edits:
            each(diagram)

    return edit


def broken(file: str, edit: Edit) -> dict[str, bytes]:
    files = files_of("projet-transversal")
    diagram = Diagram(files[file], file)
    edit(diagram)
    return files | {file: diagram.write()}


BEFORE = (
    "Après « Constituer et lancer le groupe de projet », puis « Atelier d’idéation », puis « Élaborer les "
    "scénarios », puis "
    "« Analyser les impacts et les résistances », puis « Expérimenter », puis « Avis finances et achats »"
)
#: gates, then steps, from G1 to the closing
AVOIDED = [
    "Choix du scénario", "Engagement du déploiement", "Recette et bascule", "Validation du bilan",
    "Constituer et lancer le groupe de projet", "Élaborer les scénarios", "Analyser les impacts et les résistances",
    "Avis finances et achats", "Formaliser les préconisations", "Construire la trajectoire de déploiement",
    "Planifier les actions et les charges", "Plan de communication et de promotion interne",
    "Plan de maîtrise des risques", "Plan d’évaluation", "Lancer le déploiement",
    "Mettre en œuvre le lot dans le service", "Réceptionner les livrables", "Transférer à l’exploitation",
    "Mesurer les indicateurs", "Rédiger le bilan d’évaluation",
]  # fmt: skip
#: what was done to the drawing, in which file, and what the owner then reads of which element
BROKEN: list[tuple[str, str, Edit, str, str, str]] = [
    (
        "a node is left orphan", DESIGN, without("AVIS_split_to_C7a"), "unreachable", "C7a",
        "« Avis finances et achats » n’est jamais atteint : aucun chemin n’y mène depuis le début.",
    ),
    (
        "a task is deleted and its neighbours stay apart", DESIGN, without("C4", "C3_to_C4", "C4_to_C5"),
        "dead-end", "C3", "« Élaborer les scénarios » ne mène nulle part : le projet s’y arrêterait sans le dire.",
    ),
    (
        "a task is deleted and its flows are not", DESIGN, without("C4"), "dangling-flow", "C3_to_C4",
        "Ce flux part de « C3 » ou arrive à « C4 », qui n’existe pas dans ce processus.",
    ),
    (
        "a parallel split is drawn as a choice", DESIGN, drawn_as("AVIS_split", "exclusiveGateway"),
        "no-case-ends", "AVIS_join",
        f"Aucun chemin ne finit. {BEFORE}, la jonction « AVIS_join » attend pour toujours « Avis qualité » et "
        "« Avis données et SI ».",
    ),
    (
        "a parallel join is drawn as a choice", DESIGN, drawn_as("AVIS_join", "exclusiveGateway"),
        "done-twice", "AVIS_join",
        f"{BEFORE}, puis « Avis qualité », « Formaliser les préconisations » se fait deux fois : des chemins "
        "parallèles se "
        "rejoignent à « AVIS_join » sans s’attendre.",
    ),
    (
        "a decision has no default", DESIGN, both(without("P2_entry_to_C1"), flow("P2_entry", "C1")),
        "decision-without-default", "P2_entry", "La décision « Reprise ? » n’a pas de flux par défaut : "
        "si aucune condition n’est vraie, rien ne suit.",
    ),
    (
        "a flow jumps from a gate to the closing", MAIN, flow("G1_decision", "P6"), "locked-avoidable", "G2",
        f"Un projet peut finir sans passer par ce qui est verrouillé : {', '.join(f'« {each} »' for each in AVOIDED)}. "
        "Chemin : « Lancement » → « G1 ? » → « Clôture et capitalisation » → « Clôture » → « G6 ? » → « Projet clos ».",
    ),
]  # fmt: skip


AFTER = (
    "After “Form and kick off the project group”, then “Ideation workshop”, then “Build scenarios”, then "
    "“Analyse impacts and resistance”, then “Run a pilot”, then “Finance opinion”"
)
PASSED_BY = [
    "Scenario choice", "Deployment commitment", "Acceptance and switch-over", "Evaluation sign-off",
    "Form and kick off the project group", "Build scenarios", "Analyse impacts and resistance", "Finance opinion",
    "Formalise the recommendations", "Build the deployment path", "Plan actions and workload",
    "Internal communication and promotion plan", "Risk plan", "Evaluation plan", "Kick off deployment",
    "Implement the batch in the department", "Accept deliverables", "Hand over to operations", "Measure indicators",
    "Write the evaluation report",
]  # fmt: skip
#: the same in English
IN_ENGLISH = [
    "“Finance opinion” is never reached: no path leads to it from the start.",
    "“Build scenarios” leads nowhere: the project would stop there without saying so.",
    "This flow leaves “C3” or reaches “C4”, which does not exist in this process.",
    f"No path ends. {AFTER}, the join “AVIS_join” waits for ever for “Quality opinion” and “Data protection and IT "
    "opinion”.",
    f"{AFTER}, then “Quality opinion”, “Formalise the recommendations” is done twice: parallel paths meet at "
    "“AVIS_join” without waiting for each other.",
    "The decision “Rework?” has no default flow: if no condition holds, nothing follows.",
    f"A project can end without passing what is locked: {', '.join(f'“{each}”' for each in PASSED_BY)}. "
    "The way: “Launch” → “G1?” → “Closure and lessons” → “Closure” → “G6?” → “Project closed”.",
]


@pytest.mark.parametrize(
    ("file", "edit", "rule", "id", "sentence", "english"),
    [(*e[1:], english) for e, english in zip(BROKEN, IN_ENGLISH, strict=True)],
    ids=[e[0] for e in BROKEN],
)
def test_a_method_broken_by_one_edit_is_refused_with_its_sentence(
    file: str, edit: Edit, rule: str, id: str, sentence: str, english: str
) -> None:
    reviewed = review(broken(file, edit))
    assert reviewed.refused
    found = [each for each in reviewed.findings if (each.rule, each.place.element) == (rule, id)]
    said = [(each.severity, each.place.file, each.message.fr, each.message.en) for each in found]
    assert said == [("error", file, sentence, english)]
    assert all(each.remedy.fr and each.remedy.en for each in found)


def test_a_shortcut_over_gates_is_sound_and_only_what_is_locked_forbids_it() -> None:
    rules = {each.rule for each in review(broken(MAIN, flow("G1_decision", "P6"))).findings}
    assert rules == {"locked-avoidable", "gate-drawn-wrong"}


@pytest.mark.parametrize("name", SHIPPED)
def test_no_locked_step_of_ours_can_be_gone_round_and_each_pair_is_ordered_or_side_by_side(name: str) -> None:
    method, _, diagrams = read_method(files_of(name))
    assert method is not None
    assert avoidable(method, diagrams) == ()
    plan = Plan(method, diagrams)
    relations = {plan.relation(a, b) for a, b in combinations(plan.locked, 2)}
    assert relations <= {"before", "after", "beside"}


def test_gates_and_the_steps_of_their_phases_come_in_the_order_drawn() -> None:
    method, _, diagrams = read_method(files_of("projet-transversal"))
    assert method is not None
    order = precedences(method, diagrams)
    assert {(f"G{n}", f"G{n + 1}") for n in range(6)} | {
        ("C6", "G2"),
        ("G1", "C1"),
        ("C3", "C6"),
        ("C1", "D8"),
    } <= order
    assert not order & {(b, a) for a, b in order}


def test_an_order_that_another_drawing_turns_round_is_told() -> None:
    kept, woven = (read_method(files) for files in (files_of("projet-transversal"), broken(DESIGN, both(
        led("C2_to_C3_landing", targetRef="C4"), led("C3_to_C4", targetRef="C5"),
        led("C4_to_C5", targetRef="C3_landing"),
    ))))  # fmt: skip
    assert kept[0] is not None
    assert woven[0] is not None
    assert order_lost((kept[0], kept[2]), (woven[0], woven[2])) == (("C3", "C4"),)
    assert order_lost((kept[0], kept[2]), (kept[0], kept[2])) == ()
