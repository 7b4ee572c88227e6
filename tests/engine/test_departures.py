"""What departs from the methods, by step, department and reason; and how a project keeps to its method."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine import (
    ApproveOverlay,
    CloseEntry,
    Compliance,
    CompliancePage,
    Deviations,
    DeviationsPage,
    DraftOverlay,
    RequestOverlay,
    write_overlay,
)
from engine.overlay import operations as op
from engine.store.tables import EntryRow
from tests.engine.play import Play
from tests.engine.test_overlays import HIDE, METHOD, in_force, service, start
from tests.engine.test_registers import opened
from tests.overlay.samples import overlay

__all__ = ["service"]  # a fixture


def seen(play: Play, login: str = "jeanne", **asked: Any) -> DeviationsPage:
    page: DeviationsPage = play.see(login, Deviations(**asked))
    return page


def kept(play: Play, project: int, login: str = "claire") -> CompliancePage:
    page: CompliancePage = play.see(login, Compliance(project))
    return page


def without(page: CompliancePage) -> dict[str, list[str]]:
    """What was not done as designed, and why."""
    return {line.element: [each.text.fr for each in line.reasons] for line in page.lines if not line.as_designed}


# --- by step, department and reason ------------------------------------------------------------------------


def test_by_step_it_says_in_how_many_departments_and_projects_a_step_is_left_out(service: Play) -> None:
    in_force(service, HIDE)
    for each in ("DRH", "PAIE", "DAF"):
        start(service, each)
    page = seen(service)
    (group,) = page.groups
    assert (group.key, group.method, group.title.fr) == ("C2", METHOD, "« Atelier d’idéation » est masquée")
    # DRH and PAIE below it
    assert (group.lived, group.projects, group.count) == (2, 2, 1)
    assert page.all_services == len(page.services)
    (line,) = page.lines
    assert (line.asked_by.name, line.approved_by.name, line.reason) == ("Hana", "Jeanne", HIDE.reason)  # type: ignore[union-attr]
    assert (line.operation, line.method, line.version, line.state) == ("hide", METHOD, "1.0.0", "live")
    assert len(line.before) == len(line.after) == 64


def test_a_department_with_a_tailoring_of_its_own_no_longer_counts_for_the_one_above(service: Play) -> None:
    in_force(service, HIDE)
    id = service.do("hana", DraftOverlay(write_overlay(overlay(op.RaiseQuorum("G2", Decimal("0.9")), service="PAIE"))))
    service.do("hana", RequestOverlay(id.overlay))
    service.do("jeanne", ApproveOverlay(id.overlay))
    assert [(each.key, each.lived) for each in seen(service).groups] == [("C2", 1)]


def test_by_department_and_by_reason(service: Play) -> None:
    same = op.Hide("C5", reason="les idées  viennent du terrain")
    in_force(service, HIDE, same, op.SetDue("C3", "P30D", reason="long"))
    said = [(each.title.fr, each.count) for each in seen(service, by="service").groups]
    assert said == [("Service DRH", 3)]
    reasons = [(each.key, each.count) for each in seen(service, by="reason").groups]
    assert reasons == [("les idées viennent du terrain", 2), ("long", 1)]
    assert [line.element for line in seen(service, reason="long").lines] == ["C3"]
    assert [line.element for line in seen(service, element="C5", service="DRH", text="masqu").lines] == ["C5"]
    assert seen(service, service="DAF").lines == ()


def test_one_that_is_superseded_counts_as_long_as_a_project_runs_on_it(service: Play) -> None:
    in_force(service, HIDE)
    start(service, "DRH")
    in_force(service, op.Hide("C5"))
    assert {line.element for line in seen(service).lines} == {"C2", "C5"}
    in_force(service, op.Hide("A5"))
    assert {line.element: line.state for line in seen(service, state="all").lines} == {
        "C2": "live", "C5": "over", "A5": "live",
    }  # fmt: skip


def test_each_sees_what_is_for_them(service: Play) -> None:
    in_force(service, HIDE)
    project = service.start(METHOD, service="DRH")
    opened(service, project, "gael", "deviation", element="A4")
    asked = {login: {line.element for line in seen(service, login, state="all").lines} for login in (
        "jeanne", "claire", "denis", "gael", "emile")}  # fmt: skip
    assert asked == {
        "jeanne": {"C2", "A4"}, "claire": {"C2", "A4"}, "denis": {"C2", "A4"}, "gael": {"C2", "A4"}, "emile": {"C2"},
    }  # fmt: skip


def test_what_waits_is_refused_or_has_expired_says_so(play: Play) -> None:
    project = play.start()
    waits, refused, past = (
        opened(play, project, "denis", "deviation", element=element, due="2026-12-15") for element in ("A", "B", "C")
    )
    play.do("jeanne", CloseEntry(refused, "refused", "non"))
    play.do("jeanne", CloseEntry(past, "approved", "oui"))
    assert [line.entry for line in seen(play, state="waiting").lines] == [waits]
    assert [line.state for line in seen(play).lines] == ["live"]
    play.clock.advance(days=60)
    assert [(line.entry, line.state) for line in seen(play).lines] == [(past, "past")]
    assert [each.past for each in seen(play).groups] == [1]
    assert [line.entry for line in seen(play, state="refused").lines] == [refused]


# --- compliance --------------------------------------------------------------------------------------------


def test_compliance_is_the_list_of_what_is_locked_and_passed_then_a_ratio(play: Play) -> None:
    project = play.start()
    assert (kept(play, project).lines, kept(play, project).share) == ((), None)
    play.until(project, "G1")
    play.decide(project, "G1")
    page = kept(play, project)
    assert [line.element for line in page.lines if line.kind == "gate"] == ["G1"]
    assert (page.as_designed, page.share) == (len(page.lines), Decimal("100.0"))


def test_a_deviation_on_a_locked_step_is_why_it_is_not_as_designed(play: Play) -> None:
    project = play.start()
    id = opened(play, project, "denis", "deviation", title="Pas de test", element="A", due="2027-12-15")
    play.until(project, "G1")
    assert without(kept(play, project)) == {}  # it waits still
    play.do("jeanne", CloseEntry(id, "approved", "oui"))
    assert without(kept(play, project)) == {"A": ["dérogation n° 1 : Pas de test"]}
    # one who takes part and may not read the register
    assert without(kept(play, project, "gael")) == {"A": ["dérogation n° 1"]}
    page = kept(play, project)
    assert page.share == (Decimal(100 * page.as_designed) / len(page.lines)).quantize(Decimal("0.1"))


def test_a_lengthened_deadline_of_the_departments_tailoring_is_told_to_everyone(service: Play) -> None:
    in_force(service, op.SetDue("C3", "P30D", reason="congés"))
    project = start(service, "DRH")
    service.until(project, "C4")
    said = ["dérogation n° 1 : L’échéance de « Élaborer les scénarios » est allongée"]
    assert without(kept(service, project, "gael")) == {"C3": said}


def test_a_missed_occurrence_is_not_as_designed(play: Play) -> None:
    project = play.start()
    play.until(project, "X")
    recurring = next(line for line in play.open(project) if line.startswith("T"))
    play.clock.advance(days=90)
    play.due()
    said = without(kept(play, project)).get(recurring.split()[0], [])
    assert len(said) == 1
    assert said[0].endswith("occurrence(s) manquée(s)")


def test_a_renewed_tailoring_lifts_what_had_expired(service: Play) -> None:
    def tailored(until: date) -> None:
        text = write_overlay(overlay(HIDE, service="DRH", valid_until=until))  # type: ignore[arg-type]
        id = service.do("hana", DraftOverlay(text)).overlay
        service.do("hana", RequestOverlay(id))
        service.do("jeanne", ApproveOverlay(id))

    tailored(date(2026, 12, 31))
    project = start(service, "DRH")
    service.until(project, "G0")
    service.clock.advance(days=60)
    tailored(date(2027, 12, 31))
    service.decide(project, "G0")
    assert service.rows(EntryRow, EntryRow.register == "deviation")[0].due_at < service.clock.at


@pytest.mark.parametrize("login", ["emile"])
def test_everyone_who_sees_the_project_sees_its_compliance(play: Play, login: str) -> None:
    project = play.start()
    play.until(project, "G1")
    assert kept(play, project, login).lines != ()
