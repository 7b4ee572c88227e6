"""A new release is published: tailorings that it does not touch follow it, the others wait for their administrators."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from engine import (
    ApproveOverlay,
    ChoiceUnknown,
    DraftOverlay,
    LoadOrganisation,
    OverlayForAnotherVersion,
    PublishMethod,
    RebaseOf,
    RequestOverlay,
    TailoringOf,
    VersionTooSmall,
    write_overlay,
)
from engine.overlay import Overlay
from engine.overlay import operations as op
from engine.release import Release
from engine.settings import Settings
from engine.store.tables import EntryRow, EventRow, MessageRow, OverlayRow
from tests.engine.play import Play, files_of
from tests.engine.test_overlays import METHOD, drafted, release_of, service, start
from tests.overlay import versions
from tests.overlay.samples import overlay, released
from tests.overlay.test_rebase import nine

__all__ = ["service"]  # a fixture
K3 = op.Hide("K3", reason="La lettre interne s’en charge.")


def files(release: Release) -> dict[str, bytes]:
    return dict(release.files)


def approved(play: Play, said: Overlay) -> int:
    """Drafted and asked for by the department's administrator, approved by an owner."""
    id: int = play.do("hana", DraftOverlay(write_overlay(said))).overlay
    play.do("hana", RequestOverlay(id))
    play.do("jeanne", ApproveOverlay(id, "d’accord"))
    return id


def with_nine(play: Play) -> tuple[int, int]:
    """The department does nine things otherwise, the one below it hides a step that 2.0.0 leaves as it is."""
    base = versions.numbered(versions.loom_of(versions.first()), "1.1.0")
    play.do("jeanne", PublishMethod(files(base)))
    mine = replace(nine(), version="1.1.0", service="DRH", approver="")
    return approved(play, mine), approved(play, overlay(K3, service="PAIE", version="1.1.0"))


def worded(version: str) -> dict[str, bytes]:
    """The method as it ships, with other words: nobody's tailoring is touched."""
    loom = versions.loom_of(released(files_of("projet-transversal")))
    versions.changed_name(loom.nodes["C3"], "Bâtir les scénarios")
    return files(versions.numbered(loom, version))


def test_a_tailoring_that_the_new_release_does_not_touch_follows_it_as_it_was_approved(service: Play) -> None:
    before = approved(service, overlay(K3, op.SetDue("C3", "P30D", reason="plus de temps"), service="DRH"))
    running = start(service, "DRH")
    done = service.do("jeanne", PublishMethod(worded("1.0.1")))
    assert (done.carried, done.left) == (["DRH"], [])
    old, new = service.rows(OverlayRow)
    assert [(row.state, row.version) for row in (old, new)] == [("superseded", "1.0.0"), ("in_force", "1.0.1")]
    assert (new.author_id, new.approver_id, new.word) == (old.author_id, old.approver_id, "d’accord")
    assert 'author: "hana"\napprover: "jeanne"' in new.content
    seen = service.see("hana", TailoringOf(METHOD, "DRH"))
    assert (seen.outdated, seen.overlay.id, [each.kind for each in seen.changes]) == (None, new.id, ["hide", "due"])
    assert release_of(service, start(service, "DRH")).overlay_id == new.id
    assert release_of(service, running).overlay_id == before


def test_what_it_does_less_is_a_deviation_of_the_one_that_follows_too(service: Play) -> None:
    approved(service, overlay(K3, service="DRH"))
    service.do("jeanne", PublishMethod(worded("1.0.1")))
    rows = service.rows(EntryRow, EntryRow.register == "deviation")
    assert [(row.origin_id, row.state, json.loads(row.facts)["element"]) for row in rows] == [
        (1, "approved", "K3"), (2, "approved", "K3"),
    ]  # fmt: skip


def test_one_that_it_touches_stays_on_its_version_and_new_projects_go_without(service: Play) -> None:
    left, carried = with_nine(service)
    done = service.do("jeanne", PublishMethod(files(versions.second())))
    assert (done.carried, done.left) == (["PAIE"], ["DRH"])
    states = {row.id: (row.state, row.version) for row in service.rows(OverlayRow)}
    assert states == {
        left: ("in_force", "1.1.0"), carried: ("superseded", "1.1.0"), carried + 1: ("in_force", "2.0.0"),
    }  # fmt: skip
    assert service.see("hana", TailoringOf(METHOD, "DRH")).outdated.id == left
    assert release_of(service, start(service, "DRH")).overlay_id is None
    assert release_of(service, start(service, "PAIE")).overlay_id == carried + 1


def test_history_says_which_followed_and_which_did_not(service: Play) -> None:
    with_nine(service)
    service.do("jeanne", PublishMethod(files(versions.second())))
    rows = service.rows(EventRow, EventRow.kind.in_(("overlay_carried", "overlay_left")))
    said = {row.kind: json.loads(row.facts) for row in rows}
    assert {**said["overlay_carried"], "digest": ""} == {
        "method": METHOD, "version": "2.0.0", "before": "1.1.0", "service": "PAIE", "digest": "",
    }  # fmt: skip
    assert said["overlay_left"] == {
        "method": METHOD, "version": "2.0.0", "before": "1.1.0", "service": "DRH", "blocks": 6, "entries": 8,
    }  # fmt: skip


def test_the_administrators_are_told_which_and_what_to_do(service: Play) -> None:
    service.engine.settings = Settings(smtp="smtp://127.0.0.1:9", mail_from="jalon@o.fr", base="https://jalon.o.fr")
    service.do("jeanne", LoadOrganisation({"people": [{"login": "hana", "name": "Hana", "email": "hana@o.fr"}]}))
    with_nine(service)
    service.do("jeanne", PublishMethod(files(versions.second())))
    letters = service.rows(MessageRow, MessageRow.key.like("rebase-%"))
    assert {row.actor_id for row in letters} == {service.people["hana"]}
    assert [row.subject for row in letters] == [
        "Jalon : l’aménagement de Service DRH attend vos choix pour « Projet transversal » 2.0.0",
        "Jalon : l’aménagement de Paie suit « Projet transversal » 2.0.0",
    ]
    assert "https://jalon.o.fr/methodes/projet_transversal/adapter/DRH/transposer" in letters[0].body
    assert "Vous n’avez rien à faire." in letters[1].body


def test_one_that_is_over_does_not_follow(service: Play) -> None:
    ends = service.clock.at.date() + timedelta(days=3)
    approved(service, replace(overlay(K3, service="DRH"), valid_until=ends))
    service.clock.advance(days=10)
    done = service.do("jeanne", PublishMethod(worded("1.0.1")))
    assert (done.carried, done.left) == ([], [])


def test_what_is_asked_for_an_earlier_version_is_neither_asked_nor_approved_any_more(service: Play) -> None:
    asked, draft = drafted(service, K3), drafted(service, K3)
    service.do("hana", RequestOverlay(asked))
    service.do("jeanne", PublishMethod(worded("1.0.1")))
    for login, command in (("jeanne", ApproveOverlay(asked)), ("hana", RequestOverlay(draft))):
        refusal = service.refused(login, command)
        assert isinstance(refusal, OverlayForAnotherVersion)
        assert "la méthode est projet_transversal@1.0.1" in refusal.text("fr")
    assert service.do("jeanne", ApproveOverlay(asked, "trop tard", refused=True)).state == "refused"


# --- the same step under another id ------------------------------------------------------------------------


def another_id(version: str, of: Release | None = None) -> dict[str, bytes]:
    """K3 is ANNONCE."""
    found = files(of) if of is not None else files_of("projet-transversal")
    file = next(name for name, content in found.items() if b'id="K3"' in content)
    found[file] = found[file].decode().replace('"K3"', '"ANNONCE"').replace(">K3<", ">ANNONCE<").encode()
    return files(versions.numbered(versions.loom_of(released(found)), version))


def test_an_id_that_changed_is_the_same_step_where_the_owner_says_so(service: Play) -> None:
    approved(service, overlay(K3, service="DRH"))
    done = service.do("jeanne", PublishMethod(another_id("1.0.1"), same={"K3": "ANNONCE"}))
    assert done.carried == ["DRH"]
    assert [each.element for each in service.see("hana", TailoringOf(METHOD, "DRH")).changes] == ["ANNONCE"]


def test_without_that_answer_it_is_gone_and_the_tailoring_waits(service: Play) -> None:
    approved(service, overlay(K3, service="DRH"))
    assert isinstance(service.refused("jeanne", PublishMethod(another_id("1.0.1"))), VersionTooSmall)
    done = service.do("jeanne", PublishMethod(another_id("2.0.0")))
    assert (done.carried, done.left) == ([], ["DRH"])


@pytest.mark.parametrize("same", [{"K1": "ANNONCE"}, {"K3": "K1"}, {"RIEN": "ANNONCE"}])
def test_only_what_is_gone_is_the_same_as_only_what_is_new(service: Play, same: dict[str, str]) -> None:
    assert isinstance(service.refused("jeanne", PublishMethod(another_id("2.0.0"), same=same)), ChoiceUnknown)


def test_the_answer_is_kept_for_later_releases_and_for_who_carries_over_later(service: Play) -> None:
    """K3 becomes ANNONCE, then CLOTURE; a request made for the first version still knows its step."""
    asked = drafted(service, K3, service="PAIE")
    service.do("hana", RequestOverlay(asked))
    approved(service, overlay(K3, service="DRH"))
    service.do("jeanne", PublishMethod(another_id("1.0.1"), same={"K3": "ANNONCE"}))
    again = {name: each.replace(b"ANNONCE", b"CLOTURE") for name, each in another_id("1.0.2").items()}
    done = service.do("jeanne", PublishMethod(again, same={"ANNONCE": "CLOTURE"}))
    assert done.carried == ["DRH"]
    assert [each.element for each in service.see("hana", TailoringOf(METHOD, "DRH")).changes] == ["CLOTURE"]
    page = service.see("hana", RebaseOf(METHOD, "PAIE"))
    assert (page.conflicts, page.questions, [each.element for each in page.kept]) == ((), (), ["CLOTURE"])
