"""Until when a release serves who stays on it, and what a retired one no longer starts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine import (
    DateInvalid,
    MethodRetired,
    NotAllowed,
    NotFound,
    PublishMethod,
    ReasonMissing,
    RetireRelease,
    StartPageOf,
    SupportRelease,
    TailoringOf,
)
from engine.store.tables import EventRow
from tests.engine.play import Play
from tests.engine.test_following import K3, approved, files, with_nine, worded
from tests.engine.test_overlays import METHOD, administered, release_of, start
from tests.overlay import versions
from tests.overlay.samples import overlay


@pytest.fixture
def service(play: Play) -> Play:
    """On both databases: what serves is one question over two tables."""
    return administered(play)


def day(play: Play, days: int) -> date:
    return play.clock.at.date() + timedelta(days=days)


def published(play: Play, until: date | None = None) -> int:
    """2.0.0, which leaves the department's tailoring behind, and carries over that of the one below."""
    left, _ = with_nine(play)
    play.do("jeanne", PublishMethod(files(versions.second()), support_until=until))
    return left


def test_while_the_release_before_is_supported_who_stays_on_it_starts_on_it_with_their_tailoring(service: Play) -> None:
    left = published(service, day(service, 30))
    mine, other = release_of(service, start(service, "DRH")), release_of(service, start(service, "DAF"))
    assert (mine.overlay_id, mine.version.partition("+")[0]) == (left, "1.1.0")
    assert (other.version, other.overlay_id) == ("2.0.0", None)
    seen = service.see("hana", TailoringOf(METHOD, "DRH"))
    assert seen.supported is not None
    assert seen.supported.date() == day(service, 30)


def test_after_that_day_they_start_on_the_new_one_without_it(service: Play) -> None:
    published(service, day(service, 30))
    service.clock.advance(days=40)
    assert release_of(service, start(service, "DRH")).version == "2.0.0"
    assert service.see("hana", TailoringOf(METHOD, "DRH")).supported is None


def test_the_nearest_tailoring_counts_though_it_is_of_the_release_before(service: Play) -> None:
    published(service, day(service, 30))
    assert release_of(service, start(service, "PAIE")).version.startswith("2.0.0+")


def test_the_day_is_changed_or_taken_back_afterwards(service: Play) -> None:
    left = published(service)
    assert release_of(service, start(service, "DRH")).version == "2.0.0"
    service.do("jeanne", SupportRelease(METHOD, "1.1.0", day(service, 5)))
    assert release_of(service, start(service, "DRH")).overlay_id == left
    service.do("jeanne", SupportRelease(METHOD, "1.1.0"))
    assert release_of(service, start(service, "DRH")).version == "2.0.0"
    kinds = [row.kind for row in service.rows(EventRow) if row.kind.startswith("release_")]
    assert kinds == ["release_supported", "release_unsupported"]


def test_what_cannot_be_supported_is_refused(service: Play) -> None:
    published(service)
    for login, command, error in (
        ("jeanne", SupportRelease(METHOD, "1.1.0", day(service, 0)), DateInvalid),
        ("jeanne", SupportRelease(METHOD, "2.0.0", day(service, 5)), NotFound),
        ("jeanne", SupportRelease(METHOD, "9.9.9", day(service, 5)), NotFound),
        ("hana", SupportRelease(METHOD, "1.1.0", day(service, 5)), NotAllowed),
        ("hana", RetireRelease(METHOD, "1.1.0", "erreur"), NotAllowed),
        ("jeanne", RetireRelease(METHOD, "1.1.0", " "), ReasonMissing),
        ("jeanne", RetireRelease(METHOD, "9.9.9", "erreur"), NotFound),
    ):  # fmt: skip
        assert isinstance(service.refused(login, command), error)


def test_a_day_that_is_past_publishes_nothing(service: Play) -> None:
    refusal = service.refused("jeanne", PublishMethod(worded("1.0.1"), support_until=day(service, -1)))
    assert isinstance(refusal, DateInvalid)


def test_no_project_starts_on_a_retired_release_and_those_that_run_go_on(service: Play) -> None:
    approved(service, overlay(K3, service="DRH"))
    running = start(service, "DRH")
    service.do("jeanne", RetireRelease(METHOD, "1.0.0", "une erreur"))
    service.do("jeanne", RetireRelease(METHOD, "1.0.0", "encore"))
    with pytest.raises(MethodRetired) as refused:
        start(service, "DRH")
    assert "« Projet transversal » 1.0.0 est retirée" in str(refused.value)
    assert METHOD not in [each.id for each in service.see("claire", StartPageOf()).methods]
    assert service.project(running).status == "running"
    assert len(service.rows(EventRow, EventRow.kind == "release_retired")) == 1
    service.do("jeanne", PublishMethod(worded("1.0.1")))
    assert release_of(service, start(service, "DRH")).version.startswith("1.0.1+")


def test_a_retired_release_supports_nobody(service: Play) -> None:
    published(service, day(service, 30))
    service.do("jeanne", RetireRelease(METHOD, "1.1.0", "une erreur"))
    service.do("jeanne", SupportRelease(METHOD, "1.1.0", day(service, 30)))
    assert release_of(service, start(service, "DRH")).version == "2.0.0"
