"""What the page of a tailoring is made of: what may be changed, what is, and what that comes to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine import (
    AmendOverlay,
    ApproveOverlay,
    DateInvalid,
    NotAllowed,
    NotFound,
    OverlayFixed,
    OverlayRefused,
    ReasonMissing,
    RequestOverlay,
    TailoringOf,
    TailoringPage,
)
from engine.overlay import operations as op
from tests.engine.play import Play
from tests.engine.test_overlays import HIDE, METHOD, in_force, service, states

__all__ = ["service"]  # a fixture
WHY = "Les projets de la DRH sont courts."


def seen(play: Play, by: str = "hana", code: str = "DRH", settled: bool = False) -> TailoringPage:
    page: TailoringPage = play.see(by, TailoringOf(METHOD, code, settled))
    return page


def amend(play: Play, by: str = "hana", code: str = "DRH", drop: int = 0, **operation: Any) -> int:
    shown = seen(play, code=code).overlay
    mark = (shown.id, shown.digest) if shown is not None else (None, "")
    given = {"reason": WHY, **operation} if operation else {}
    id: int = play.do(by, AmendOverlay(METHOD, code, given, drop, None, *mark)).overlay
    return id


def test_each_element_says_what_may_be_changed_and_within_which_bounds(service: Play) -> None:
    page = seen(service)
    kinds = {id: [each.kind for each in page.grants[id]] for id in ("C2", "C3", "G2")}
    assert kinds == {
        "C2": ["hide", "condition", "due", "label", "template"],
        "C3": ["field", "due", "label", "template", "insert", "insert"],
        "G2": ["quorum", "rule", "voter", "criterion", "due", "label"],
    }  # fmt: skip
    (quorum,) = [each for each in page.grants["G2"] if each.kind == "quorum"]
    assert (quorum.now, quorum.least, quorum.most) == ("0.5", "0.5", "1")
    assert (page.overlay, page.changes, page.consequences) == (None, (), None)


def test_changes_are_made_one_at_a_time_in_a_draft_that_says_what_they_come_to(service: Play) -> None:
    id = amend(service, op="hide", element="C2")
    amend(service, op="quorum", element="G2", value="0.75")
    amend(service, op="criterion", element="G2", key="", text={"fr": "Le bureau est saisi", "en": "The board knows"})
    page = seen(service)
    assert states(service) == ["draft"]
    assert page.overlay is not None
    assert (page.overlay.id, page.overlay.state) == (id, "draft")
    assert [(each.kind, each.element, each.less, each.reason) for each in page.changes] == [
        ("hide", "C2", True, WHY), ("quorum", "G2", False, WHY), ("criterion", "G2", False, WHY),
    ]  # fmt: skip
    assert page.changes[2].said["key"] == "local_1"
    assert page.woven is not None
    assert page.woven.gate["G2"].quorum == Decimal("0.75")
    done = page.consequences
    assert done is not None
    assert (done.steps_before - done.steps_after, [each.fr for each in done.hidden]) == (
        1, [page.method.tasks["C2"].name.fr],
    )  # fmt: skip
    assert page.method.tasks["C2"].phase in page.after
    assert page.before.keys() == page.after.keys()
    assert [each.name for each in page.approvers] == ["Jeanne"]
    assert page.can == {"change", "request"}


def test_a_change_stands_in_the_place_of_one_like_it_and_may_be_taken_back(service: Play) -> None:
    amend(service, op="quorum", element="G2", value="0.75")
    amend(service, op="quorum", element="G2", value="0.9")
    amend(service, op="hide", element="C2")
    assert [each.said.get("value") for each in seen(service).changes] == ["0.9", None]
    amend(service, drop=1)
    assert [each.kind for each in seen(service).changes] == ["hide"]


def test_what_is_refused_is_told_in_the_engine_s_words_and_nothing_is_kept(service: Play) -> None:
    with pytest.raises(OverlayRefused) as refused:
        amend(service, op="quorum", element="G2", value="0.25")
    assert "le quorum devait être d’au moins 50\u00a0%, et vaut 25\u00a0%" in str(refused.value)
    with pytest.raises(OverlayRefused):
        amend(service, op="hide", element="C1")
    with pytest.raises(ReasonMissing):
        amend(service, op="hide", element="C2", reason=" ")
    assert states(service) == []


def test_who_changes_asks_and_approves_are_told_apart(service: Play) -> None:
    id = amend(service, op="hide", element="C2")
    with pytest.raises(NotAllowed):
        amend(service, by="bruno", op="hide", element="C5")
    assert seen(service, "bruno").overlay is None
    assert seen(service, "hana", settled=True).overlay is None
    service.do("hana", RequestOverlay(id))
    assert (seen(service).can, seen(service, "jeanne").can) == (frozenset(), frozenset({"approve"}))
    with pytest.raises(OverlayFixed):
        amend(service, op="hide", element="C5")
    service.do("jeanne", ApproveOverlay(id, "C2 sert à tous", refused=True))
    page = seen(service)
    assert page.overlay is not None
    assert (page.overlay.state, page.overlay.word, page.can) == ("refused", "C2 sert à tous", frozenset({"change"}))
    amend(service, drop=1)
    assert states(service) == ["refused", "draft"]


def test_what_two_people_change_at_once_is_not_lost(service: Play) -> None:
    amend(service, op="hide", element="C2")
    with pytest.raises(OverlayFixed):
        service.do("hana", AmendOverlay(METHOD, "DRH", {"op": "hide", "element": "C5", "reason": WHY}))


def test_a_department_below_starts_from_what_is_in_force_above_it(service: Play) -> None:
    in_force(service, HIDE)
    above = seen(service, code="PAIE").overlay
    assert above is not None
    assert (above.service.code, above.state) == ("DRH", "in_force")
    amend(service, code="PAIE", op="quorum", element="G2", value="0.75")
    page = seen(service, code="PAIE")
    assert [each.kind for each in page.changes] == ["hide", "quorum"]
    assert [each.kind for each in seen(service).changes] == ["hide"]


def test_an_unknown_method_or_service_is_not_found(service: Play) -> None:
    for query in (TailoringOf("rien", "DRH"), TailoringOf(METHOD, "RIEN")):
        with pytest.raises(NotFound):
            service.see("hana", query)


def test_it_says_until_when_it_holds(service: Play) -> None:
    amend(service, op="hide", element="C2")
    shown = seen(service).overlay
    assert shown is not None
    mark = (shown.id, shown.digest)
    with pytest.raises(DateInvalid):
        service.do("hana", AmendOverlay(METHOD, "DRH", {}, 0, service.clock.at.date(), *mark))
    service.do("hana", AmendOverlay(METHOD, "DRH", {}, 0, date(2027, 6, 30), *mark))
    page = seen(service)
    assert page.overlay is not None
    assert page.overlay.until is not None
    assert (page.overlay.until.date(), len(page.changes)) == (date(2027, 6, 30), 1)


def test_the_document_that_a_service_gives_a_step_is_on_its_page(service: Play) -> None:
    in_force(service, op.SetTemplate("E2", "https://fonds.o.fr/analyse.odt", reason=WHY))
    for code, template in (("DRH", "https://fonds.o.fr/analyse.odt"), ("DAF", "")):
        task = service.until(service.start(METHOD, service=code), "E2")
        assert service.page(task).template == template


def test_a_step_that_a_service_makes_conditional_is_asked_for_where_the_answer_that_it_picked_is_given(
    service: Play,
) -> None:
    amend(service, op="condition", element="C2", when='urgence = "haute"')
    (change,) = seen(service).changes
    assert (change.text.fr, change.text.en) == (
        "n’est demandée que si : Urgence : Haute", "is only asked for where: Urgency: High",
    )  # fmt: skip
    page = seen(service)
    assert page.woven is not None
    assert page.woven.tasks["C2"].lock == "conditional"
    (grant,) = [each for each in page.grants["C2"] if each.kind == "condition"]
    assert 'urgence = "haute"' in {each.value for each in grant.known.answers}
    assert "scenarios" not in {each.value for each in grant.known.names}


def test_keys_and_ids_that_are_left_empty_are_given_and_never_twice(service: Play) -> None:
    name = {"fr": "Saisir", "en": "Ask"}
    for _ in range(2):
        amend(service, op="insert", hook="P2.end", step={"id": "", "name": name, "role": "COM"})
        amend(service, op="criterion", element="G2", key="", text=name)
    amend(service, op="field", element="L1", field={"key": "", "type": "string", "label": name, "required": "yes"})
    said = [each.said for each in seen(service).changes]
    assert [each.get("key") or each["step"]["id"] for each in said] == ["L1", "local_1", "L2", "local_2"]
    assert said[0]["step"]["form"] == [{"key": "local_3", "type": "string", "label": name, "required": True}]


def test_each_phase_is_summed_up(service: Play) -> None:
    amend(service, op="hide", element="C2")
    amend(service, op="hide", element="T5")
    parts = {each.id: (each.steps, each.free, each.changed) for each in seen(service).parts}
    assert (parts["P2"], parts["P3"], parts["recurring"]) == ((9, 7, 1), (7, 4, 0), (6, 2, 1))
