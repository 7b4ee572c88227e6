"""A service's tailoring from its draft to the projects that start on it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from engine import (
    ApprovedByRequester,
    ApproveOverlay,
    ChoiceUnknown,
    DraftOverlay,
    LoadOrganisation,
    MethodPageOf,
    MethodRefused,
    Methods,
    NotAllowed,
    OverlayEdited,
    OverlayFixed,
    OverlayRefused,
    PublishMethod,
    ReasonMissing,
    RebaseReport,
    RequestOverlay,
    write_overlay,
)
from engine.cli import main
from engine.overlay import edit
from engine.overlay import operations as op
from engine.overlay.operations import Operation
from engine.store.tables import EntryRow, EventRow, OverlayRow, ProjectRow, ReleaseRow, TaskRow
from tests.engine.play import Play, files_of
from tests.overlay import versions
from tests.overlay.samples import overlay, released

METHOD = "projet_transversal"
HIDE = op.Hide("C2", reason="Les idées viennent du terrain.")


@pytest.fixture
def service(essai: Play) -> Play:
    """Hana administers her department; below it is another."""
    return administered(essai)


def administered(essai: Play) -> Play:
    essai.do("jeanne", LoadOrganisation({
        "services": [{"code": "PAIE", "fr": "Paie", "en": "Payroll", "parent": "DRH"}],
        "people": [{"login": "hana", "name": "Hana", "service": "DRH", "roles": [
            {"role": "RS", "service": "DRH"}, {"role": "ADM", "service": "DRH"}]}],
    }))  # fmt: skip
    return essai


def drafted(play: Play, *operations: Operation, by: str = "hana", service: str = "DRH") -> int:
    text = write_overlay(overlay(*operations, service=service))
    id: int = play.do(by, DraftOverlay(text)).overlay
    return id


def in_force(play: Play, *operations: Operation) -> int:
    id = drafted(play, *operations)
    play.do("hana", RequestOverlay(id))
    play.do("jeanne", ApproveOverlay(id, "les projets de la DRH sont courts"))
    return id


def release_of(play: Play, project: int) -> ReleaseRow:
    row: ReleaseRow = play.rows(
        ReleaseRow, ReleaseRow.id == play.rows(ProjectRow, ProjectRow.id == project)[0].release_id
    )[0]
    return row


def start(play: Play, service: str) -> int:
    return play.start(METHOD, service=service)


def states(play: Play) -> list[str]:
    return [row.state for row in play.rows(OverlayRow)]


def test_a_tailoring_is_drafted_asked_for_approved_and_in_force(service: Play) -> None:
    id = drafted(service, HIDE)
    assert states(service) == ["draft"]
    service.do("hana", RequestOverlay(id))
    assert states(service) == ["requested"]
    done = service.do("jeanne", ApproveOverlay(id, "d’accord"))
    assert (done.state, done.deviations) == ("in_force", 1)
    row = service.rows(OverlayRow)[0]
    assert (row.word, row.author_id, row.approver_id) == ("d’accord", service.people["hana"], service.people["jeanne"])
    assert 'author: "hana"\napprover: "jeanne"' in row.content


def test_new_projects_of_the_service_and_below_start_on_it_and_others_do_not(service: Play) -> None:
    before = start(service, "DRH")
    in_force(service, HIDE)
    mine, below, other = (start(service, each) for each in ("DRH", "PAIE", "DAF"))
    base = release_of(service, other)
    assert base.version == "1.0.0"
    assert release_of(service, before).id == base.id
    assert release_of(service, mine).id == release_of(service, below).id
    assert release_of(service, mine).base_id == base.id
    assert release_of(service, mine).version.startswith("1.0.0+")


def test_a_project_skips_the_step_that_its_service_hides(service: Play) -> None:
    in_force(service, HIDE)
    project = start(service, "DRH")
    service.until(project, "C3")
    done = {row.element for row in service.rows(TaskRow, TaskRow.project_id == project)}
    assert "C1" in done
    assert "C2" not in done


def test_the_nearest_tailoring_counts(service: Play) -> None:
    in_force(service, HIDE)
    id = drafted(service, op.RaiseQuorum("G2", Decimal("0.9")), service="PAIE")
    service.do("hana", RequestOverlay(id))
    service.do("jeanne", ApproveOverlay(id))
    mine = service.engine._releases
    below = release_of(service, start(service, "PAIE"))
    assert mine[below.id].method.gate["G2"].quorum == Decimal("0.9")
    assert "C2" in mine[below.id].method.tasks


def test_another_one_supersedes_it_and_running_projects_stay(service: Play) -> None:
    in_force(service, HIDE)
    first = start(service, "DRH")
    in_force(service, op.Hide("C5"))
    assert states(service) == ["superseded", "in_force"]
    second = start(service, "DRH")
    assert release_of(service, first).id != release_of(service, second).id


def test_a_woven_release_is_in_no_list_of_methods(service: Play) -> None:
    before = [each.version for each in service.see("jeanne", Methods()).methods]
    in_force(service, HIDE)
    project = start(service, "DRH")
    page = service.see("jeanne", MethodPageOf(METHOD))
    assert [each.version for each in service.see("jeanne", Methods()).methods] == before
    assert page.versions == ("1.0.0",)
    assert page.projects == 1
    assert json.loads(release_of_origins(service, project))["hidden"]["C2"]["who"] == "DRH"


def release_of_origins(play: Play, project: int) -> str:
    id = release_of(play, project).id
    with play.engine.store.read() as session:
        found = session.get(ReleaseRow, id)
        assert found is not None
        return found.origins or ""


def test_each_operation_that_does_less_is_a_deviation_and_no_other(service: Play) -> None:
    longer = op.SetDue("C3", "P30D", reason="plus de temps", measure="un point chaque semaine")
    id = in_force(service, HIDE, op.RaiseQuorum("G2", Decimal("0.9")), longer)
    rows = service.rows(EntryRow, EntryRow.register == "deviation")
    assert [(row.title, row.body, row.state, row.origin_id) for row in rows] == [
        ("« Atelier d’idéation » est masquée", "Les idées viennent du terrain.", "approved", id),
        ("L’échéance de « Élaborer les scénarios » est allongée", "plus de temps", "approved", id),
    ]
    base = service.rows(ReleaseRow, ReleaseRow.method == METHOD)[0]
    woven = release_of(service, start(service, "DRH"))
    same = {"method": METHOD, "version": "1.0.0", "before": base.digest, "after": woven.digest}
    assert [json.loads(row.facts) for row in rows] == [
        {"element": "C2", "operation": "hide", "en": {"title": "“Ideation workshop” is hidden"}} | same,
        {
            "element": "C3", "operation": "due", "measure": "un point chaque semaine",
            "en": {"title": "The deadline of “Build scenarios” is lengthened"},
        } | same,
    ]  # fmt: skip
    who = [(row.author_id, row.closed_by) for row in rows]
    assert who == [(service.people["hana"], service.people["jeanne"])] * 2


def test_who_asks_does_not_approve(service: Play) -> None:
    id = drafted(service, HIDE, by="jeanne", service="DAF")
    service.do("jeanne", RequestOverlay(id))
    assert isinstance(service.refused("jeanne", ApproveOverlay(id)), ApprovedByRequester)


def test_nor_does_who_drafted_it(service: Play) -> None:
    id = drafted(service, HIDE, by="jeanne")
    service.do("hana", RequestOverlay(id))
    assert isinstance(service.refused("jeanne", ApproveOverlay(id)), ApprovedByRequester)


def test_what_is_weaker_is_not_even_asked_for(service: Play) -> None:
    id = drafted(service, op.RaiseQuorum("G3", Decimal("0.5")))
    refusal = service.refused("hana", RequestOverlay(id))
    assert isinstance(refusal, OverlayRefused)
    assert states(service) == ["draft"]


def test_a_draft_is_drafted_anew_until_it_is_asked_for(service: Play) -> None:
    id = drafted(service, HIDE)
    anew = write_overlay(overlay(op.Hide("C5"), service="DRH"))
    service.do("hana", DraftOverlay(anew, id))
    assert 'element: "C5"' in service.rows(OverlayRow)[0].content
    service.do("hana", RequestOverlay(id))
    assert isinstance(service.refused("hana", DraftOverlay(anew, id)), OverlayFixed)
    assert isinstance(service.refused("hana", RequestOverlay(id)), OverlayFixed)


def test_a_refusal_has_its_reason_and_is_the_end_of_it(service: Play) -> None:
    id = drafted(service, HIDE)
    service.do("hana", RequestOverlay(id))
    assert isinstance(service.refused("jeanne", ApproveOverlay(id, refused=True)), ReasonMissing)
    assert service.do("jeanne", ApproveOverlay(id, "l’atelier compte", refused=True)).state == "refused"
    assert isinstance(service.refused("jeanne", ApproveOverlay(id)), OverlayFixed)
    assert release_of(service, start(service, "DRH")).base_id is None


@pytest.mark.parametrize("login", ["emile", "igor"])
def test_only_an_administrator_of_the_service_tailors_it(service: Play, login: str) -> None:
    text = write_overlay(overlay(HIDE, service="DRH"))
    assert isinstance(service.refused(login, DraftOverlay(text)), NotAllowed)


def test_an_administrator_of_one_service_does_not_tailor_another(service: Play) -> None:
    assert isinstance(service.refused("hana", DraftOverlay(write_overlay(overlay(HIDE, service="DAF")))), NotAllowed)


@pytest.mark.parametrize(
    ("said", "value"), [({"service": "XYZ"}, "XYZ"), ({"version": "9.9.9", "service": "DRH"}, "9.9.9")]
)
def test_an_unknown_service_or_version_is_refused(service: Play, said: dict[str, str], value: str) -> None:
    refusal = service.refused("hana", DraftOverlay(write_overlay(overlay(HIDE, **said))))
    assert isinstance(refusal, ChoiceUnknown)
    assert value in refusal.text()


def test_a_file_changed_by_hand_is_no_draft(service: Play) -> None:
    text = write_overlay(overlay(HIDE, service="DRH")).replace("C2", "C5")
    assert isinstance(service.refused("hana", DraftOverlay(text)), OverlayEdited)


# --- before a new version is published ---------------------------------------------------------------------


def next_version() -> dict[str, bytes]:
    """C2 is locked in it."""
    loom = versions.loom_of(released(files_of("projet-transversal")))
    edit.say(loom.nodes["C2"], "method.lock", "locked")
    edit.say(loom.nodes["C2"], "method.tailor", "")
    return dict(versions.numbered(loom, "1.1.0").files)


def test_the_owner_sees_service_by_service_what_a_new_version_does(service: Play) -> None:
    in_force(service, HIDE)
    id = drafted(service, op.Hide("K3"), service="PAIE")
    service.do("hana", RequestOverlay(id))
    service.do("jeanne", ApproveOverlay(id))
    start(service, "DRH")
    page = service.see("jeanne", RebaseReport(next_version()))
    assert (page.method, page.version, page.level, page.clean, page.blocked) == (METHOD, "1.1.0", "major", 1, 1)
    assert page.number.fr.endswith(
        "Donnez-lui le numéro 2.0.0 au moins (camunda:versionTag, zeebe:versionTag), puis recommencez."
    )
    assert [(each.service, [entry.conflict for entry in each.entries]) for each in page.lines] == [
        ("DRH", ["LOCK"]), ("PAIE", []),
    ]  # fmt: skip
    assert page.running == (("P0", 1),)


def test_only_the_owner_of_methods_sees_it(service: Play) -> None:
    with pytest.raises(NotAllowed):
        service.see("hana", RebaseReport(next_version()))


def test_the_command_line_says_it_of_those_in_force(
    service: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_force(service, HIDE)
    for name, content in next_version().items():
        (tmp_path / name).write_bytes(content)
    url = str(service.engine.store.engine.url)
    assert main(["--language", "fr", "--database", url, "rebase", "--dry-run", "--to", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "Service DRH : 1 à résoudre, 0 à reconnaître." in said
    assert "LOCK – opération 1 (C2)" in said
    assert said.endswith("0 service(s) sans conflit, 0 à reconnaître, 1 bloqué(s).\n")


# --- at publication ----------------------------------------------------------------------------------------


def test_the_certificate_of_what_a_method_grants_is_in_its_history(service: Play) -> None:
    files = dict(files_of("petit-projet"))
    files["petit-projet.bpmn"] = files["petit-projet.bpmn"].replace(b'versionTag="1.0.0"', b'versionTag="1.1.0"')
    service.do("jeanne", PublishMethod(files))
    said = json.loads(service.rows(EventRow, EventRow.kind == "method_published")[-1].facts)
    assert {**said["certificate"], "seconds": ""} == {"combinations": 1, "hooks": 4, "seconds": ""}


def test_a_method_that_grants_what_is_read_elsewhere_is_not_published(service: Play) -> None:
    """`externes`, by which partners are asked, is answered by A2."""
    loom = versions.loom_of(released(files_of("projet-transversal")))
    edit.say(loom.nodes["A2"], "method.lock", "optional")
    edit.say(loom.nodes["A2"], "method.tailor", "hide")
    refusal = service.refused("jeanne", PublishMethod(dict(versions.numbered(loom, "2.0.0").files)))
    assert isinstance(refusal, MethodRefused)
    assert "externes" in refusal.text()
