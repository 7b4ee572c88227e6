"""What a service may not do: each operation refused with the rule that it breaks and who keeps it; nothing applied."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from engine.errors import ApprovedByRequester, OverlayForAnotherVersion, OverlayRefused
from engine.method import Field, Option
from engine.overlay import Operation, weave
from engine.overlay import operations as op
from engine.words import Text
from tests.overlay.samples import changed, overlay, release, step, text
from tests.overlay.variants import with_variants

#: attributes, ids of processes, values of attributes, roles; « P10D » is the example of a duration
CODES = re.compile(
    r"method\.\w|Process_|two_thirds|majority_|\bchair\b(?= ?,)|« ?chair|extensible|\b0\.\d|P[24]0D|\bCP\b|"
    r"« (?:locked|conditional|checklist|scenarios|liste)"
)
FIELD = Field("local", "string", text("Local"))


def refusal(*operations: Operation, folder: str = "projet-transversal") -> list[tuple[int, str, str, str]]:
    """Number, element, rule and what was found, of each refused operation."""
    with pytest.raises(OverlayRefused) as found:
        weave(release(folder), [], overlay(*operations))
    return [(each.number, each.element, each.rule.id, each.why.fr) for each in found.value.facts["refused"]]


REFUSED: list[tuple[Operation, str, str]] = [
    (op.Hide("C99"), "unknown", "« C99 » devait être une tâche de la méthode, et n’en est pas."),
    (op.Hide("P2"), "unknown", "« P2 » devait être une tâche de la méthode, et n’en est pas."),
    (op.Hide("C3"), "locked", "« C3 » devait être facultative ; elle est verrouillée."),
    (op.Hide("P7T"), "locked", "« P7T » devait être facultative ; elle est demandée selon le projet."),
    (op.Hide("G2"), "locked", "« G2 » est une porte."),
    (op.MakeConditional("A5", "budget > 1"), "granted",
     "la méthode n’accorde pas de rendre conditionnelle « A5 »."),
    (op.MakeConditional("C2", "budget >"), "readable", "« budget > » ne se lit pas : Attendu\u00a0: une valeur. "
     "Trouvé\u00a0: la fin de l’expression. Corrigez l’expression ici."),
    (op.MakeConditional("C2", "tolerances != null"), "readable", "« tolerances != null » devait lire ce qui est "
     "répondu avant « C2 » ; rien n’y répond à tolerances."),
    (op.MakeConditional("C2", "accord = true"), "readable",
     "« accord = true » devait lire ce qui est répondu avant « C2 » ; rien n’y répond à accord."),
    (op.MakeConditional("C2", "contribuer"), "readable",
     "« contribuer » s’arrête quand rien n’est répondu à « Je souhaite contribuer » : écrivez d’abord "
     "« contribuer != null and »."),
    (op.MakeConditional("C2", "urgence"), "readable",
     "« urgence » ne vaut ni vrai ni faux : comparez chaque réponse à une valeur de son genre."),
    (op.MakeConditional("C2", 'budget > "beaucoup"'), "readable",
     "« budget > \"beaucoup\" » ne vaut ni vrai ni faux : comparez chaque réponse à une valeur de son genre."),
    (op.Replace("P2", "Process_X1"), "unknown", 
     "« Dépassement du seuil de budget » devait être une variante publiée."),
    (op.Replace("C2", "x"), "unknown", "« C2 » devait être une phase de la méthode, et n’en est pas."),
    (op.Insert("P2.middle", step("L1")), "hook",
     "la méthode ne laisse rien insérer à « P2.middle » ; elle laisse insérer : au début de « P2 », "
     "à la fin de « P2 »."),
    (op.Insert("C4.after", step("L1")), "hook",
     "la méthode ne laisse rien insérer après « C4 » ; elle laisse insérer : nulle part."),
    (op.Insert("G2.after", step("L1")), "effect", "rien ne s’insère après « G2 » : c’est dans une porte."),
    (op.Insert("G2_decision.after", step("L1")), "effect",
     "rien ne s’insère après « G2_decision » : c’est dans une porte."),
    (op.Insert("P9.end", step("L1")), "unknown", "« P9 » n’est pas dans la méthode."),
    (op.Insert("P2.end", step("C3")), "once", "« C3 » existe déjà."),
    (op.Insert("P2.end", step("P2_end")), "once", "« P2_end » existe déjà."),
    (op.Insert("P2.end", step("L 1")), "form",
     "une étape a un identifiant (lettres, chiffres, _ et -) et un nom en deux langues."),
    (op.Insert("P2.end", step("L1", "CHEF")), "role", "le rôle « CHEF » n’existe pas."),
    (op.Insert("P2.end", step("L1", never="CP")), "separation",
     "« Étape L1 » revient au rôle « Chef de projet – chargé(e) de mission », et le lui interdit."),
    (op.Insert("P2.end", step("L1", due="dix jours")), "form",
     "« dix jours » n’est pas une durée : P10D, par exemple, est 10\u00a0jours ouvrés."),
    (op.Insert("P2.end", op.Local("L1", text("L"), "CP", form=(FIELD, FIELD))), "once",
     "« local » existe déjà dans « local »."),
    (op.InsertProcess("P2.end", "Process_P2"), "unknown",
     "« Conception et préconisations » devait être un fragment publié."),
    (op.AddCriterion("A4", "x", text("X")), "unknown",
     "« A4 » devait être une porte de la méthode, et n’en est pas."),
    (op.AddCriterion("G1", "1", text("X")), "once", "« 1 » existe déjà dans « G1 »."),
    (op.AddCriterion("G1", "x", Text("X")), "form",
     "un texte est lu dans les deux langues ; « X » n’en a qu’une."),
    (op.AddCriterion("G1", "x", text("X"), computed="magie"), "form", "« magie » n’est pas un calcul connu."),
    (op.AddItem("K2", "liste", "1", text("X")), "once", "« 1 » existe déjà dans « Liste de clôture »."),
    (op.AddItem("K4", "marches", "x", text("X")), "unknown",
     "« Marchés soldés » devait être une question de « K4 » (liste de contrôle)."),
    (op.AddField("C6", FIELD), "granted", "la méthode n’accorde pas d’ajouter à ce que « C6 » demande."),
    (op.AddField("C3", Field("scenarios", "string", text("X"))), "once", 
     "« Scénarios (description, coût, délai, risques, impact par service) – 2 minimum » existe déjà dans « C3 »."),
    (op.AddField("C3", Field("choix", "enum", text("X"))), "form", "« X » demande des choix."),
    (op.AddOption("C7a", "avis", "peut_etre", text("X")), "granted",
     "la méthode n’accorde pas d’ajouter à ce que « C7a » demande."),
    (op.AddVoter("G2", "CP"), "separation",
     "le rôle « Chef de projet – chargé(e) de mission » présente aux portes, et n’y vote jamais."),
    (op.AddVoter("G2", "CHEF"), "role", "le rôle « CHEF » n’existe pas."),
    (op.RaiseQuorum("G3", Decimal("0.5")), "weaker",
     "le quorum devait être d’au moins 66\u00a0%, et vaut 50\u00a0%."),
    (op.RaiseQuorum("G3", Decimal(2)), "form",
     "le quorum est une part des votants, de plus de 0 à 100 %, et non 200\u00a0%."),
    (op.TightenRule("G3", "chair"), "weaker",
     "la règle de décision devait être au moins aussi exigeante que « deux tiers des bulletins "
     "exprimés », et est « décision du président »."),
    (op.TightenRule("G3", "dice"), "form",
     "« dice » n’est pas une règle de décision ; il y a : décision du président, majorité des "
     "bulletins exprimés, voix prépondérante du président, deux tiers des bulletins exprimés, "
     "unanimité des bulletins exprimés."),
    (op.SetDue("C6", "P20D"), "weaker",
     "l’échéance devait être d’au plus 10\u00a0jours ouvrés, et est de 20\u00a0jours ouvrés."),
    (op.SetDue("C3", "P40D"), "bounds",
     "l’échéance devait être d’au plus 30\u00a0jours ouvrés, et est de 40\u00a0jours ouvrés."),
    (op.SetDue("A6", "P2D"), "bounds",
     "l’échéance devait être d’au moins 5\u00a0jours ouvrés, et est de 2\u00a0jours ouvrés."),
    (op.SetDue("P7T", "P5D"), "locked", "l’échéance de « P7T » est un délai de droit."),
    (op.LowerThreshold("Process_X1", Decimal(200000)), "weaker",
     "le seuil devait être d’au plus 100\u202f000, et vaut 200\u202f000."),
    (op.LowerThreshold("Process_X2", Decimal(1)), "granted",
     "« Écart au-delà des tolérances » n’a pas de seuil."),
    (op.Rename("C3", Text("")), "form",
     "un texte est attendu, dans les deux langues."),
    (op.SetTemplate("C6", ""), "form", "un modèle de document est attendu."),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "rule", "why"), REFUSED)
def test_an_operation_is_refused_with_the_rule_that_it_breaks(operation: Operation, rule: str, why: str) -> None:
    assert refusal(operation) == [(1, operation.target, rule, why)]


def test_the_sentence_names_the_rule_and_its_owner() -> None:
    with pytest.raises(OverlayRefused) as found:
        weave(release(), [], overlay(op.RaiseQuorum("G3", Decimal("0.5"))))
    assert found.value.text("fr") == (
        "L’aménagement n’est pas appliqué (1 à corriger) :\nOpération 1 (G3) : le quorum devait être d’au moins "
        "66\u00a0%, et vaut 50\u00a0%. Règle : un aménagement ajoute du contrôle, il n’en retire pas ; elle est portée "
        "par Responsable de méthode."
    )
    assert found.value.text("en") == (
        "The tailoring is not applied (1 to mend):\nOperation 1 (G3): the quorum was to be at least 66%, and is "
        "50%. Rule: tailoring adds control, it takes none away; it is kept by Method owner."
    )


@pytest.mark.parametrize("operation", [each[0] for each in REFUSED])
def test_no_sentence_names_by_its_code_what_the_method_has_a_word_for(operation: Operation) -> None:
    with pytest.raises(OverlayRefused) as found:
        weave(release(), [], overlay(operation))
    for language in ("fr", "en"):
        said = found.value.text(language)
        assert CODES.findall(said) == [], said


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_applied() -> None:
    told = refusal(op.Hide("C2"), op.Hide("C3"), op.RaiseQuorum("G3", Decimal("0.5")), op.AddField("C6", FIELD))
    assert [(number, rule) for number, _, rule, _ in told] == [(2, "locked"), (3, "weaker"), (4, "granted")]


@pytest.mark.parametrize(
    ("operations", "pair"),
    [
        ((op.Hide("C2"), op.Hide("C2")), [2]),
        ((op.Hide("C2"), op.SetDue("C2", "P5D")), [2]),
        ((op.Rename("C2", text("X")), op.Hide("C2")), [1]),
        ((op.RaiseQuorum("G2", Decimal(1)), op.RaiseQuorum("G2", Decimal("0.8"))), [2]),
        ((op.AddCriterion("G1", "x", text("X")), op.AddCriterion("G1", "x", text("Y"))), [2]),
        ((op.Insert("P2.end", step("L1")), op.Insert("P3.end", step("L1"))), [2]),
    ],
)
def test_two_operations_that_collide_are_refused(operations: tuple[Operation, ...], pair: list[int]) -> None:
    assert [(number, rule) for number, _, rule, _ in refusal(*operations)] == [(each, "collide") for each in pair]


def test_an_overlay_for_another_version_is_refused() -> None:
    with pytest.raises(OverlayForAnotherVersion, match=r"projet_transversal@0\.9\.0, et la méthode est"):
        weave(release(), [], overlay(version="0.9.0"))


def test_who_asks_for_an_overlay_does_not_approve_it() -> None:
    with pytest.raises(ApprovedByRequester, match="jeanne a fait les deux"):
        weave(release(), [], overlay(author="jeanne", approver="jeanne"))


def test_a_variant_that_leads_back_to_itself_is_refused() -> None:
    cyclic = with_variants(called="Process_P5_court")
    with pytest.raises(OverlayRefused, match="« Évaluation » y revient par ses appels"):
        weave(cyclic, [], overlay(op.Replace("P5", "Process_P5_court")))


def test_statutory_words_stay() -> None:
    method = changed(
        "projet-transversal",
        ("p2-conception.bpmn", 'value="Ideation workshop" />', 'value="Ideation workshop" />\n'
         '<camunda:property name="method.wording" value="statutory" />'),
    )  # fmt: skip
    with pytest.raises(OverlayRefused, match="les mots de « C2 » sont de droit"):
        weave(method, [], overlay(op.Rename("C2", text("Réunion"))))
    with pytest.raises(OverlayRefused, match="le modèle de « C2 » est imposé"):
        weave(method, [], overlay(op.SetTemplate("C2", "atelier.docx")))


def test_options_are_added_to_a_form_that_may_grow() -> None:
    method = changed(
        "projet-transversal",
        ("p2-conception.bpmn", 'value="Finance opinion" />', 'value="Finance opinion" />\n'
         '<camunda:property name="method.form" value="extensible" />'),
    )  # fmt: skip
    woven = weave(method, [], overlay(op.AddOption("C7a", "avis", "differe", text("Différé"))))
    field = woven.method.tasks["C7a"].field("avis")
    assert field is not None
    assert field.options[-1] == Option("differe", text("Différé"))
