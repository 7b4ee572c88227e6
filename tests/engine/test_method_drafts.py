"""Drafts of methods: what they start from, two people who edit one, its review, its publication."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from engine import (
    AmendMethodDraft,
    AskReviewOf,
    DescribeMethodDraft,
    DropMethodDraft,
    JalonError,
    LoadOrganisation,
    MethodDraftFiles,
    MethodDraftOf,
    MethodDraftPage,
    MethodDrafts,
    MyReviews,
    OpenMethodDraft,
    PublishMethod,
    PublishMethodDraft,
    ReviewMethodDraft,
    SaveMethodDraft,
    Text,
    numbered,
)
from engine.release import digest_of, unpack
from engine.review import review
from engine.store.tables import EventRow, MethodDraftRow, ReleaseRow
from engine.workshop import MOST_KEPT, MOST_PHASES, starting
from tests.engine.bad_files import BAD, ESSAI, zipped
from tests.engine.play import ESSAI as WITHOUT_LAYOUT
from tests.engine.play import MONDAY, Play, files_of
from tests.engine.test_threads import at_once

NEXT = {name: content.replace(b'versionTag="1.0.0"', b'versionTag="1.1.0"') for name, content in ESSAI.items()}


@pytest.fixture
def two(play: Play) -> Play:
    """Jeanne and Karim both own methods."""
    role = {"role": "RM", "service": "ORG"}
    play.do(
        "jeanne", LoadOrganisation({"people": [{"login": "karim", "name": "Karim", "service": "ORG", "roles": [role]}]})
    )
    return play


def seen(play: Play, draft: int, login: str = "jeanne") -> MethodDraftPage:
    page: MethodDraftPage = play.see(login, MethodDraftOf(draft))
    return page


def with_change(files: dict[str, bytes], name: str, more: str) -> dict[str, bytes]:
    """One file said to be changed: a comment is a change, and stays a diagram."""
    return files | {name: files[name].replace(b"</bpmn:definitions>", f"<!-- {more} -->\n</bpmn:definitions>".encode())}


# --- what a draft starts from ------------------------------------------------------------------------------


def test_a_draft_takes_up_the_last_release_byte_for_byte(play: Play) -> None:
    opened = play.do("jeanne", OpenMethodDraft("petit_projet"))
    page = seen(play, opened.draft)
    said = page.line
    assert (said.method, said.version, said.base_version, said.revision) == ("petit_projet", "1.0.0", "1.0.0", 1)
    assert page.files == files_of("petit-projet")
    assert [each.kind for each in page.processes] == ["method", "phase", "phase"]


def test_what_has_no_layout_is_given_one(play: Play) -> None:
    opened = play.do("jeanne", OpenMethodDraft(files=WITHOUT_LAYOUT))
    assert seen(play, opened.draft).files == ESSAI


def test_a_bare_start_is_a_method_of_three_phases_in_which_the_review_finds_nothing(play: Play) -> None:
    opened = play.do("jeanne", OpenMethodDraft(name="Projet d’été", name_en="Summer project"))
    page = seen(play, opened.draft)
    assert (opened.method, page.findings, list(page.files)) == (
        "projet_d_ete", (), ["p1.bpmn", "p2.bpmn", "p3.bpmn", "projet-d-ete.bpmn"],
    )  # fmt: skip
    assert page.line.name == Text("Projet d’été", "Summer project")


@pytest.mark.parametrize("phases", range(1, MOST_PHASES + 1))
def test_each_bare_start_is_accepted_by_the_review(phases: int) -> None:
    found = review(starting(Text("Méthode", "Method"), phases), as_method=True)
    assert found.method is not None
    assert (len(found.method.phases), len(found.method.gates), found.findings) == (phases, phases, ())


@pytest.mark.parametrize("phases", range(1, MOST_PHASES + 1))
def test_the_last_of_several_phases_may_end_without_a_gate(essai: Play, phases: int) -> None:
    draft = essai.do("jeanne", OpenMethodDraft(name="Quartier", phases=phases, last_gate=False)).draft
    found = review(seen(essai, draft).files, as_method=True)
    assert found.method is not None
    assert (len(found.method.phases), len(found.method.gates), found.findings) == (phases, max(1, phases - 1), ())


def test_files_are_taken_as_they_are_or_from_a_zip_with_folders(play: Play) -> None:
    loose = play.do("jeanne", OpenMethodDraft(files=ESSAI))
    assert seen(play, loose.draft).files == ESSAI
    play.do("jeanne", DropMethodDraft(loose.draft))
    inside = {f"essai/{name}": content for name, content in ESSAI.items()}
    inside |= {"essai/README.md": b"# Essai", "__MACOSX/essai/._a.bpmn": b"\x00", "essai/.camunda/a.bpmn": b"{}"}
    packed = play.do("jeanne", OpenMethodDraft(files={"essai.zip": zipped(inside)}))
    assert (seen(play, packed.draft).files, packed.ignored) == (ESSAI, ["README.md"])


def test_a_diagram_drawn_elsewhere_is_named_by_its_first_process_that_is_meant_to_run(play: Play) -> None:
    elsewhere = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
      <process id="partner" isExecutable="false"/><process id="ours" name="La nôtre" isExecutable="true"/>
    </definitions>""".encode()
    opened = play.do("jeanne", OpenMethodDraft(files={"dessin.bpmn": elsewhere}))
    page = seen(play, opened.draft)
    assert (opened.method, page.line.name.fr, page.line.version) == ("ours", "La nôtre", "")
    assert page.findings != ()


@pytest.mark.parametrize(("files", "refusal", "sentence"), BAD.values(), ids=BAD)
def test_what_cannot_be_taken_in_is_a_sentence_and_leaves_nothing(
    essai: Play, files: dict[str, bytes], refusal: str, sentence: str
) -> None:
    said = essai.refused("jeanne", OpenMethodDraft(files=files))
    assert (type(said).__name__, said.text("fr")[: len(sentence)]) == (refusal, sentence)


def test_one_draft_of_a_method_is_open_at_a_time(play: Play) -> None:
    first = play.do("jeanne", OpenMethodDraft("essai")).draft
    refused = play.refused("jeanne", OpenMethodDraft(files=ESSAI))
    assert (type(refused).__name__, "Jeanne" in refused.text("en")) == ("DraftExists", True)
    play.do("jeanne", DropMethodDraft(first))
    assert play.do("jeanne", OpenMethodDraft("essai")).draft != first


def test_a_new_method_has_a_name_and_no_id_of_a_published_one(play: Play) -> None:
    nameless = play.refused("jeanne", OpenMethodDraft(name=" "))
    assert nameless.text("fr").startswith("Le nom de la méthode manque.")
    published = play.refused("jeanne", OpenMethodDraft(name="Petit projet"))
    assert type(published).__name__ == "MethodPublished"
    assert "est déjà publiée, sous le même identifiant (petit_projet)." in published.text("fr")
    assert play.see("jeanne", MethodDrafts()).drafts == ()


def test_files_with_the_id_of_a_published_method_go_on_from_it_until_they_are_given_another(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft(files=ESSAI)).draft
    page = seen(play, draft)
    assert (page.line.base_version, page.follows.fr) == ("1.0.0", page.line.name.fr)
    again = {"do": "identify", "element": "essai"}
    refused = play.refused("jeanne", AmendMethodDraft(draft, again | {"id": "petit_projet"}))
    assert type(refused).__name__ == "MethodPublished"
    for id, sentence in (("Été 2", "« Été 2 » ne peut pas être un identifiant"), ("G1", "« G1 » est déjà l’ident")):
        assert play.refused("jeanne", AmendMethodDraft(draft, again | {"id": id})).text("fr").startswith(sentence)
    play.do("jeanne", AmendMethodDraft(draft, again | {"id": "essai_2"}))
    page = seen(play, draft)
    assert (page.line.method, page.line.base_version, page.follows) == ("essai_2", "", Text(""))
    assert review(page.files, as_method=True).method is not None
    assert "essai" not in {each.id for each in page.processes}


def test_a_draft_that_takes_the_id_of_another_is_refused(play: Play) -> None:
    play.do("jeanne", OpenMethodDraft("essai"))
    other = play.do("jeanne", OpenMethodDraft(name="Autre")).draft
    assert type(play.refused("jeanne", SaveMethodDraft(other, ESSAI, 1))).__name__ == "DraftExists"


# --- two people --------------------------------------------------------------------------------------------


def test_what_each_of_two_people_changed_in_a_file_of_their_own_is_merged(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    hers, his = with_change(ESSAI, "etude.bpmn", "Jeanne"), with_change(ESSAI, "essai.bpmn", "Karim")
    assert two.do("jeanne", SaveMethodDraft(draft, hers, 1)).revision == 2
    saved = two.do("karim", SaveMethodDraft(draft, his, 1))
    assert (saved.revision, saved.merged) == (3, ["etude.bpmn"])
    page = seen(two, draft)
    assert page.files == ESSAI | {"etude.bpmn": hers["etude.bpmn"], "essai.bpmn": his["essai.bpmn"]}
    assert {each.name for each in page.editors} == {"Jeanne", "Karim"}


def test_who_changed_the_same_file_is_told_who_and_when_and_nothing_is_overwritten(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    hers, his = (with_change(ESSAI, "essai.bpmn", who) for who in ("Jeanne", "Karim"))
    two.do("jeanne", SaveMethodDraft(draft, hers, 1))
    refused = two.refused("karim", SaveMethodDraft(draft, his, 1))
    assert (type(refused).__name__, refused.status) == ("DraftMoved", 409)
    assert refused.text("en").startswith("Nothing is saved: Jeanne changed essai.bpmn on 23 November 2026 at 10:00,")
    assert seen(two, draft).files == hers


def test_files_put_in_and_taken_out_are_merged_too(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    added = ESSAI | {"nouvelle.bpmn": ESSAI["etude.bpmn"]}
    two.do("jeanne", SaveMethodDraft(draft, added, 1))
    two.do("karim", SaveMethodDraft(draft, {name: each for name, each in ESSAI.items() if name != "etude.bpmn"}, 1))
    assert sorted(seen(two, draft).files) == sorted({*added} - {"etude.bpmn"})


def test_what_is_saved_unchanged_is_no_revision(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft("essai")).draft
    assert play.do("jeanne", SaveMethodDraft(draft, ESSAI, 1)).revision == 1


def test_a_file_begun_before_all_that_is_remembered_is_refused_rather_than_guessed(essai: Play) -> None:
    draft = essai.do("jeanne", OpenMethodDraft("essai")).draft
    trail = json.loads(_trail(essai, draft))
    trail["files"]["essai.bpmn"] = [[n + 10, f"{n:032x}", 1, MONDAY.isoformat()] for n in range(MOST_KEPT)]
    with essai.engine.store.write() as session:
        row = session.get(MethodDraftRow, draft)
        assert row is not None
        row.trail, row.revision = json.dumps(trail), MOST_KEPT + 10
    refused = essai.refused("jeanne", SaveMethodDraft(draft, with_change(ESSAI, "essai.bpmn", "tard"), 1))
    assert type(refused).__name__ == "DraftMoved"


def _trail(play: Play, draft: int) -> str:
    with play.engine.store.read() as session:
        row = session.get(MethodDraftRow, draft)
        assert row is not None
        return row.trail


def test_a_zip_that_was_exported_and_brought_back_meets_what_changed_since(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    exported = two.see("jeanne", MethodDraftFiles(draft))
    assert (exported.name, exported.files) == ("essai-1.0.0-r1", ESSAI)
    assert ".camunda/element-templates/porte.json" in unpack(exported.content)
    hers = with_change(ESSAI, "etude.bpmn", "Jeanne")
    two.do("jeanne", SaveMethodDraft(draft, hers, 1))
    at_the_desk = with_change(unpack(exported.content), "essai.bpmn", "Karim")
    saved = two.do("karim", SaveMethodDraft(draft, {"retour.zip": zipped(at_the_desk)}, 2))
    assert (saved.revision, saved.merged) == (3, ["etude.bpmn"])


def test_files_of_a_newer_draft_are_refused(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft("essai")).draft
    newer = {**ESSAI, "jalon.json": b'{"revision": 7}'}
    refused = play.refused("jeanne", SaveMethodDraft(draft, newer, 1))
    assert (type(refused).__name__, "révision 7" in refused.text()) == ("DraftNewer", True)


# --- review and publication --------------------------------------------------------------------------------


def test_a_draft_is_published_once_a_second_person_has_approved_exactly_it(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    two.do("jeanne", SaveMethodDraft(draft, NEXT, 1))
    assert type(two.refused("jeanne", PublishMethodDraft(draft))).__name__ == "DraftNotReviewed"
    assert type(two.refused("karim", ReviewMethodDraft(draft))).__name__ == "ReviewNotAsked"
    two.do("jeanne", AskReviewOf(draft))
    assert type(two.refused("jeanne", ReviewMethodDraft(draft))).__name__ == "ReviewedByEditor"
    assert (seen(two, draft).may_review, seen(two, draft, "karim").may_review) == (False, True)
    two.do("karim", ReviewMethodDraft(draft, "bien vu"))
    page = seen(two, draft)
    assert (page.approved, page.reviewer and page.reviewer.name, page.review_word) == (True, "Karim", "bien vu")
    published = two.do("jeanne", PublishMethodDraft(draft))
    assert (published.version, published.digest) == ("1.1.0", digest_of(NEXT))
    assert type(two.refused("jeanne", SaveMethodDraft(draft, ESSAI, 2))).__name__ == "DraftClosed"
    kinds = [row.kind for row in two.rows(EventRow, EventRow.stream == 0)][-4:]
    assert kinds == ["method_draft_opened", "method_review_asked", "method_review_given", "method_published"]


def test_a_change_after_the_approval_takes_it_back(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    two.do("jeanne", AskReviewOf(draft))
    two.do("karim", ReviewMethodDraft(draft))
    two.do("jeanne", SaveMethodDraft(draft, NEXT, 1))
    assert type(two.refused("jeanne", PublishMethodDraft(draft))).__name__ == "DraftNotReviewed"
    assert seen(two, draft).line.state == "open"


def test_a_review_that_refuses_says_why(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    two.do("jeanne", AskReviewOf(draft))
    assert type(two.refused("karim", ReviewMethodDraft(draft, " ", refused=True))).__name__ == "ReasonMissing"
    two.do("karim", ReviewMethodDraft(draft, "la porte 1 n’a pas de critère", refused=True))
    page = seen(two, draft)
    assert (page.line.state, page.approved, page.review_word) == ("open", False, "la porte 1 n’a pas de critère")


def test_a_second_person_is_not_asked_about_what_the_automatic_review_refuses(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    half = {name: content for name, content in NEXT.items() if name != "etude.bpmn"}
    two.do("jeanne", SaveMethodDraft(draft, half, 1))
    refused = two.refused("jeanne", AskReviewOf(draft))
    assert (type(refused).__name__, "trouve 2." in refused.text("fr")) == ("ReviewTooEarly", True)
    assert (seen(two, draft).line.state, two.see("karim", MyReviews()).asked) == ("open", ())


def test_nobody_is_asked_where_every_method_owner_worked_on_the_draft(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    two.do("karim", SaveMethodDraft(draft, NEXT, 1))
    assert seen(two, draft).reviewers == ()
    assert type(two.refused("jeanne", AskReviewOf(draft))).__name__ == "NobodyToReview"
    assert seen(two, draft).line.state == "open"


def test_who_may_review_reads_who_asked_until_somebody_did_it(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    two.do("jeanne", SaveMethodDraft(draft, NEXT, 1))
    assert [each.name for each in seen(two, draft).reviewers] == ["Karim"]
    two.do("jeanne", AskReviewOf(draft))
    (line,) = two.see("karim", MyReviews()).asked
    assert (line.draft, line.method, line.version, line.by and line.by.name, line.at) == (
        draft, "essai", "1.1.0", "Jeanne", two.clock.at,
    )  # fmt: skip
    assert [two.see(login, MyReviews()).asked for login in ("jeanne", "claire")] == [(), ()]
    two.do("karim", ReviewMethodDraft(draft))
    assert two.see("karim", MyReviews()).asked == ()
    approved = seen(two, draft).line.approved_by
    assert approved is not None
    assert approved.name == "Karim"


def test_a_draft_in_which_nothing_changed_is_not_published_again(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("petit_projet")).draft
    two.do("jeanne", AskReviewOf(draft))
    two.do("karim", ReviewMethodDraft(draft))
    refused = two.refused("jeanne", PublishMethodDraft(draft))
    assert (type(refused).__name__, "version 1.0.0" in refused.text("fr")) == ("NothingNew", True)
    assert (seen(two, draft).line.live, len(two.rows(ReleaseRow, ReleaseRow.method == "petit_projet"))) == (True, 1)


@pytest.mark.parametrize("version", ["deux", "2", "2.0", "v2.0.0", "2.0.0-beta", "02.0.0", "2.0.0.0", ""])
def test_a_release_has_three_whole_numbers_the_first_one_too(essai: Play, version: str) -> None:
    for method in (b"essai", b"autre"):
        named = {
            name: content.replace(b'id="essai"', b'id="' + method + b'"').replace(b"1.0.0", version.encode())
            for name, content in ESSAI.items()
        }
        assert type(essai.refused("jeanne", PublishMethod(named))).__name__ == "NumberInvalid"


def test_a_number_is_typed_as_three_and_says_what_changed() -> None:
    for version, least, refusal in (("deux", "", "NumberInvalid"), ("1.9.9", "2.0.0", "NumberTooSmall")):
        with pytest.raises(JalonError) as refused:
            numbered(ESSAI, version, least)
        assert type(refused.value).__name__ == refusal
    assert numbered(ESSAI, "10.0.0", "9.9.9")["essai.bpmn"] == ESSAI["essai.bpmn"].replace(b'"1.0.0"', b'"10.0.0"')


def test_notes_and_answers_on_what_is_the_same_step_are_kept(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft("essai")).draft
    play.do("jeanne", DescribeMethodDraft(draft, "Deux étapes de moins", "Two steps fewer"))
    play.do("jeanne", DescribeMethodDraft(draft, same={"A": "A2"}))
    page = seen(play, draft)
    assert (page.notes, page.same) == (Text("Deux étapes de moins", "Two steps fewer"), {"A": "A2"})


def test_a_draft_is_compared_with_the_last_release_on_demand(play: Play) -> None:
    draft = play.do("jeanne", OpenMethodDraft("essai")).draft
    play.do("jeanne", SaveMethodDraft(draft, NEXT, 1))
    report = play.see("jeanne", MethodDraftOf(draft, compared=True)).report
    assert (report.method, report.version, report.level) == ("essai", "1.1.0", "none")


# --- who ---------------------------------------------------------------------------------------------------

ACTS: dict[str, Callable[[int], Any]] = {
    "open": lambda draft: OpenMethodDraft("essai"),
    "save": lambda draft: SaveMethodDraft(draft, ESSAI, 1),
    "describe": lambda draft: DescribeMethodDraft(draft, "x"),
    "ask": AskReviewOf,
    "review": ReviewMethodDraft,
    "publish": PublishMethodDraft,
    "drop": DropMethodDraft,
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_only_method_owners_work_in_the_workshop(essai: Play, act: Callable[[int], Any]) -> None:
    draft = essai.do("jeanne", OpenMethodDraft(name="Autre")).draft
    assert type(essai.refused("claire", act(draft))).__name__ == "NotAllowed"


@pytest.mark.parametrize("query", [MethodDrafts(), MethodDraftOf(1), MethodDraftFiles(1)], ids=str)
def test_only_method_owners_see_drafts(essai: Play, query: Any) -> None:
    essai.do("jeanne", OpenMethodDraft(name="Autre"))
    with pytest.raises(JalonError) as refused:
        essai.see("claire", query)
    assert type(refused.value).__name__ == "NotFound"


def test_the_list_has_live_drafts_first_and_the_methods_that_may_be_taken_up(play: Play) -> None:
    dropped = play.do("jeanne", OpenMethodDraft(files=files_of("pm2"))).draft
    live = play.do("jeanne", OpenMethodDraft("essai")).draft
    play.do("jeanne", DropMethodDraft(dropped))
    page = play.see("jeanne", MethodDrafts())
    assert [(each.id, each.state) for each in page.drafts] == [(live, "open"), (dropped, "dropped")]
    assert [each.id for each in page.methods] == ["petit_projet", "projet_transversal", "pm2"]


# --- at the same moment ------------------------------------------------------------------------------------


def test_two_owners_publish_at_once_and_one_reads_who_did(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    two.do("jeanne", SaveMethodDraft(draft, NEXT, 1))
    two.do("jeanne", AskReviewOf(draft))
    two.do("karim", ReviewMethodDraft(draft))
    people = {login: two.people[login] for login in ("jeanne", "karim")}
    answers = at_once([lambda who=who: two.engine.execute(PublishMethodDraft(draft), who) for who in people.values()])  # type: ignore[misc]
    done = [each for each in answers if not isinstance(each, JalonError)]
    refused = next(each for each in answers if isinstance(each, JalonError))
    first = ("Jeanne", "Karim")[answers.index(done[0])]
    assert (len(done), done[0].version, type(refused).__name__) == (1, "1.1.0", "DraftClosed")
    assert refused.text("en").startswith(f"This draft of “Trial” is closed: {first} published it on 23 November 2026")
    assert len(two.rows(ReleaseRow, ReleaseRow.method == "essai")) == 2


def test_who_edits_a_draft_that_somebody_drops_meanwhile_reads_who_did_and_loses_no_file(two: Play) -> None:
    draft = two.do("jeanne", OpenMethodDraft("essai")).draft
    hers = with_change(ESSAI, "etude.bpmn", "Jeanne")
    two.do("jeanne", SaveMethodDraft(draft, hers, 1))
    two.do("karim", DropMethodDraft(draft))
    for act in (SaveMethodDraft(draft, hers, 2), AmendMethodDraft(draft, {"do": "undo", "revision": "2"})):
        refused = two.refused("jeanne", act)
        assert refused.text("en").startswith("This draft of “Trial” is closed: Karim dropped it on 23 November 2026")
    assert two.see("jeanne", MethodDraftFiles(draft)).files == hers


def test_a_zip_that_points_outside_its_folder_stays_in_the_draft(essai: Play) -> None:
    outside = {f"../../{name}": content for name, content in ESSAI.items()}
    draft = essai.do("jeanne", OpenMethodDraft(files={"a.zip": zipped(outside)})).draft
    assert seen(essai, draft).files == ESSAI
