"""The dossier of a decided gate: what it holds, always the same, and that nothing in it can be changed unseen."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import (
    AssessCriterion,
    AttachFile,
    CommentOn,
    DecideGate,
    DossierUnreadable,
    FileMissing,
    GateDossier,
    NotFound,
    TaskPaper,
    verify_dossier,
)
from engine.dossier.paper import drawable, paper
from engine.dossier.sheet import sheet_of
from engine.history import digest
from engine.people import load_actor
from engine.queries.task_paper import _Writer as writer
from engine.queries.view import View
from engine.store.tables import DecisionRow, FileRow, TaskRow
from tests.engine.play import PDF, Play

Parts = dict[str, bytes]

#: whatever JSON can say, with the words of a dossier among its keys
WORDS = ["format", "decision", "chain", "files", "number", "digest", "events", "project", "path", "kind", "facts"]
ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.sampled_from(WORDS), each),
)


@pytest.fixture
def decided(play: Play) -> tuple[Play, int]:
    """A project of which G1 was decided with a reserve, on a file; the id of the decision."""
    return play, g1(play)


def g1(play: Play) -> int:
    project = play.start(title="Vélo : « tout doux » 😀")
    play.do("claire", AttachFile(play.task(project, "A"), "étude d’impact.pdf", PDF))
    gate = play.until(project, "G1", A={"urgent": False})
    play.do("denis", CommentOn(gate, "un mot entre nous"))
    decision: int = play.decide(project, "G1", "go_reserves").decision
    return decision


def dossier(play: Play, decision: int, login: str = "claire", **said: Any) -> bytes:
    content: bytes = play.see(login, GateDossier(decision, **said)).content
    return content


def parts(content: bytes) -> Parts:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: Parts) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return page.getvalue()


def flaws(tmp_path: Path, content: bytes) -> list[tuple[str, str]]:
    path = tmp_path / "dossier.zip"
    path.write_bytes(content)
    return [(flaw.what, flaw.part) for flaw in verify_dossier(path).flaws]


def resealed(content: Parts) -> Parts:
    """The same with a manifest that a forger wrote anew for the parts, its chain left alone."""
    manifest = json.loads(content["manifest.json"])
    manifest["files"] = [
        {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(content.items())
        if name != "manifest.json"
    ]
    return {**content, "manifest.json": json.dumps(manifest).encode()}


# --- what it holds -----------------------------------------------------------------------------------------


def test_a_dossier_says_what_was_decided_by_whom_on_what(decided: tuple[Play, int]) -> None:
    play, decision = decided
    content = parts(dossier(play, decision))
    file = play.rows(FileRow)[0]
    assert list(content) == [
        "decision.json", "dossier.pdf", f"files/{file.id}-etude-dimpact.pdf", "history.json", "manifest.json",
    ]  # fmt: skip
    record = json.loads(content["decision.json"])
    assert record["decision"]["outcome"] == "go_reserves"
    assert record["decision"]["reason"] == "le dossier le montre"
    names = {id: each["name"] for id, each in record["people"].items()}
    assert sorted(names[str(each["actor"])] for each in record["vote"]["ballots"]) == [
        "Alice", "Bruno", "Chloé", "Denis",
    ]  # fmt: skip
    assert {each["opinion"] for each in record["vote"]["ballots"]} == {"favourable"}
    assert record["gate"]["rule"] == "majority_chair_casting"
    assert record["gate"]["quorum"] == "0.5"
    assert {each["state"] for each in record["criteria"]} == {"met"}
    assert [each["text"] for each in record["reserves"]] == ["Compléter le budget"]
    assert [each["code"] for each in record["deliverables"]] == ["A", "B", "R", "R", "C"]
    assert [(each["name"], each["sha256"]) for each in record["files"]] == [("étude d’impact.pdf", file.sha256)]
    assert content[f"files/{file.id}-etude-dimpact.pdf"] == PDF


def test_the_same_decision_gives_the_same_bytes_whatever_happened_since(decided: tuple[Play, int]) -> None:
    play, decision = decided
    before = dossier(play, decision)
    project = play.rows(DecisionRow)[0].project_id
    play.clock.advance(days=40)
    play.lift(project)
    play.until(project, "G2")
    assert dossier(play, decision) == before
    assert dossier(play, decision, "denis") == before


def test_its_paper_is_a_tagged_pdf_in_the_readers_language(decided: tuple[Play, int]) -> None:
    play, decision = decided
    french, english = (parts(dossier(play, decision, language=each)) for each in ("fr", "en"))
    for content, language in ((french, b"fr"), (english, b"en")):
        pdf = content["dossier.pdf"]
        assert pdf.startswith(b"%PDF-1.7")
        assert b"/Lang(" + language + b")" in pdf
        assert b"/MarkInfo" in pdf
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert french["decision.json"] == english["decision.json"]
    said = [sheet_of(json.loads(french["decision.json"]), json.loads(french["history.json"]), each)["title"]
            for each in ("fr", "en")]  # fmt: skip
    assert said[0].startswith("Dossier de la porte G1")
    assert said[1].startswith("Dossier of the gate G1")


def test_history_is_whole_and_tells_the_phase_in_words(decided: tuple[Play, int]) -> None:
    play, decision = decided
    project = play.rows(DecisionRow)[0].project_id
    play.lift(project)
    second = play.decide(project, "G2") if play.until(project, "G2") else None
    assert second is not None
    events = json.loads(parts(dossier(play, second.decision))["history.json"])["events"]
    assert [each["number"] for each in events] == list(range(1, len(events) + 1))
    decisions = [(json.loads(each["facts"])["element"], "text" in each) for each in events
                 if each["kind"] == "gate_decided"]  # fmt: skip
    assert decisions == [("G1", False), ("G2", True)]
    assert b"un mot entre nous" not in dossier(play, decision)


def test_who_may_not_see_the_gate_may_not_have_its_dossier(decided: tuple[Play, int]) -> None:
    play, decision = decided
    with pytest.raises(NotFound):
        dossier(play, decision, "karim")
    with pytest.raises(NotFound):
        dossier(play, decision + 1)


def test_answers_that_feed_the_confidential_register_are_not_in_it(essai: Play) -> None:
    project = essai.start("projet_transversal")
    essai.until(project, "G2")
    decision = essai.decide(project, "G2").decision
    record = json.loads(parts(dossier(essai, decision))["decision.json"])
    said = [
        answer["fr"]
        for each in record["deliverables"]
        if each["code"] == "C4"
        for label, answer in each["answers"]
        if label["fr"] == "Résistances (→ journal)"
    ]
    assert said == ["réservé au chef de projet et au commanditaire"] * 2  # one for each department


def test_the_recommendation_of_c6_is_in_the_dossier_of_g2(essai: Play) -> None:
    project = essai.start("projet_transversal")
    essai.until(project, "G2")
    record = json.loads(parts(dossier(essai, essai.decide(project, "G2").decision))["decision.json"])
    (note,) = (each for each in record["deliverables"] if each["code"] == "C6")
    assert note["name"]["fr"] == "Formaliser les préconisations"
    assert [label["fr"] for label, _ in note["answers"]][:3] == [
        "Scénario recommandé", "Argumentaire", "Préconisations",
    ]  # fmt: skip


def test_what_evidence_refers_to_is_named_as_it_was_when_decided(essai: Play) -> None:
    project = essai.start("petit_projet")
    gate = essai.until(project, "SG1")
    sheet = essai.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "S11")[0].id
    essai.do("claire", AssessCriterion(gate, "1", "met", "page 2", "task", sheet))
    decision = essai.do("denis", DecideGate(gate, "go", "clair")).decision
    content = parts(dossier(essai, decision))
    line = json.loads(content["decision.json"])["criteria"][0]
    assert (line["evidence"], line["shown_by"]) == ("page 2", {"fr": "Fiche projet", "en": "One-page project sheet"})
    shown = essai.gate(gate).decided
    assert shown is not None
    assert shown.criteria[0][2].fr == "page 2 · Fiche projet"


def test_the_recommendation_is_a_paper_with_a_part_for_each_department(essai: Play) -> None:
    project = essai.start("projet_transversal")
    lines = [
        {"preconisation": "Former", "service": "DAF", "benefice": "Moins d’erreurs"},
        {"preconisation": "Équiper", "service": "DRH", "benefice": ""},
    ]
    essai.until(project, "G2", C6={"preco": lines})
    task = essai.rows(TaskRow, TaskRow.project_id == project, TaskRow.element == "C6")[0].id
    page = essai.see("claire", TaskPaper(task))
    assert page.name == f"{project}-C6-{task}.pdf"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in page.content
    assert page == essai.see("denis", TaskPaper(task))
    with essai.engine.store.read() as session:
        view = View(session, load_actor(session, essai.people["claire"]), essai.clock.at, essai.engine.release)
        sections = writer(view, view.case(task), "fr").sheet()["sections"]
    headings = [each["heading"] for each in sections]
    assert headings[headings.index("Pour chaque service") :] == ["Pour chaque service", "Service DAF", "Service DRH"]
    assert sections[-2]["rows"] == [["Former", "Moins d’erreurs"]]
    with pytest.raises(NotFound):
        essai.see("karim", TaskPaper(task))
    with pytest.raises(NotFound):
        essai.see("claire", TaskPaper(essai.task(project, "G2")))


# --- that nothing in it can be changed unseen --------------------------------------------------------------


@pytest.fixture
def whole(essai: Play) -> Parts:
    return parts(dossier(essai, g1(essai)))


def test_an_untouched_dossier_is_whole(whole: Parts, tmp_path: Path) -> None:
    path = tmp_path / "dossier.zip"
    path.write_bytes(zipped(whole))
    proof = verify_dossier(path)
    manifest = json.loads(whole["manifest.json"])
    assert proof.whole
    assert proof.parts == 4
    assert (proof.events, proof.head) == (manifest["chain"]["number"], manifest["chain"]["digest"])
    assert proof.seal == hashlib.sha256(whole["manifest.json"]).hexdigest()


def test_what_was_altered_missing_or_added_is_named(whole: Parts, tmp_path: Path) -> None:
    for part in whole:
        if part != "manifest.json":
            assert flaws(tmp_path, zipped({**whole, part: whole[part] + b" "}))[0] == ("altered", part)
            assert ("missing", part) in flaws(tmp_path, zipped({k: v for k, v in whole.items() if k != part}))
    assert flaws(tmp_path, zipped({**whole, "files/9-note.txt": b"x"})) == [("added", "files/9-note.txt")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_byte_of_it_can_change_unseen(whole: Parts, tmp_path: Path, data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(sorted(set(whole) - {"manifest.json"})))
    at = data.draw(st.integers(0, len(whole[part]) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = bytearray(whole[part])
    changed[at] ^= flip
    assert ("altered", part) in flaws(tmp_path, zipped({**whole, part: bytes(changed)}))


def forged_file(content: Parts) -> Parts:
    name = next(each for each in content if each.startswith("files/"))
    return {**content, name: b"%PDF-1.4 autre"}


def forged_reason(content: Parts) -> Parts:
    record = json.loads(content["decision.json"])
    record["decision"]["reason"] = "tout va bien"
    return {**content, "decision.json": json.dumps(record).encode()}


def forged_event(content: Parts) -> Parts:
    history = json.loads(content["history.json"])
    event = next(each for each in history["events"] if each.get("kind") == "gate_decided")
    event["facts"] = event["facts"].replace("le dossier le montre", "tout va bien")
    return {**content, "history.json": json.dumps(history).encode()}


def event_taken_out(content: Parts) -> Parts:
    history = json.loads(content["history.json"])
    del history["events"][1]
    return {**content, "history.json": json.dumps(history).encode()}


def chain_rewritten(content: Parts) -> Parts:
    """The forger changes an event and links every one after it anew."""
    history = json.loads(forged_event(content)["history.json"])
    previous = "0" * 64
    for each in history["events"]:
        at = datetime.fromisoformat(each["at"])
        facts = (each["actor"], each["kind"], each["task"], each["facts"])
        each["digest"] = digest(previous, history["project"], each["number"], at, *facts)
        previous = each["digest"]
    return {**forged_reason(content), "history.json": json.dumps(history).encode()}


@pytest.mark.parametrize(
    ("forge", "found"),
    [
        (forged_file, [("altered", "files/1-etude-dimpact.pdf")]),
        (forged_reason, [("altered", "decision.json")]),
        (forged_event, [("chain", "history.json, 26"), ("altered", "decision.json")]),
        (event_taken_out, [("chain", "history.json, 2")]),
        (chain_rewritten, [("chain", "history.json")]),
    ],
)
def test_a_forger_who_seals_the_manifest_anew_is_betrayed_by_the_chain(
    whole: Parts, tmp_path: Path, forge: Callable[[Parts], Parts], found: list[tuple[str, str]]
) -> None:
    assert flaws(tmp_path, zipped(resealed(forge(whole)))) == found


@pytest.mark.parametrize(
    "content",
    [
        b"", b"%PDF-1.4", zipped({"a.txt": b"x"}), zipped({"manifest.json": b"{"}), zipped({"manifest.json": b"[]"}),
        zipped({"manifest.json": b'{"format": "jalon-dossier/9"}'}),
    ],
)  # fmt: skip
def test_what_is_no_dossier_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "autre.zip"
    path.write_bytes(content)
    with pytest.raises(DossierUnreadable) as refusal:
        verify_dossier(path)
    assert "n’est pas un dossier de porte lisible" in refusal.value.text()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=ANYTHING)
def test_whatever_stands_in_its_json_it_is_refused_or_found_false(whole: Parts, tmp_path: Path, said: Any) -> None:
    for part in ("manifest.json", "history.json", "decision.json"):
        path = tmp_path / "dossier.zip"
        changed = {**whole, part: json.dumps(said).encode()}
        path.write_bytes(zipped(changed if part == "manifest.json" else resealed(changed)))
        with contextlib.suppress(DossierUnreadable):
            assert not verify_dossier(path).whole


def verify(path: Path, *options: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "engine.cli", "verify", str(path), *options], capture_output=True, encoding="utf-8"
    )
    return done.returncode, done.stdout + done.stderr


def test_the_command_line_proves_it_without_a_database(whole: Parts, tmp_path: Path) -> None:
    path = tmp_path / "dossier.zip"
    path.write_bytes(zipped(whole))
    status, said = verify(path)
    assert status == 0
    assert "intact : 4 fichiers" in said
    path.write_bytes(zipped(forged_file(whole)))
    assert verify(path)[0] == 1
    assert "files/1-etude-dimpact.pdf : contenu altéré depuis l’export" in verify(path)[1]
    status, said = verify(path, "--format", "json")
    assert (status, json.loads(said)["flaws"][0]["what"]) == (1, "altered")
    path.write_bytes(b"rien")
    assert verify(path)[0] == 2
    assert verify(tmp_path / "absent.zip")[0] == 2
    with pytest.raises(FileMissing):
        verify_dossier(tmp_path / "absent.zip")


# --- the paper ---------------------------------------------------------------------------------------------


def test_every_character_that_is_kept_can_be_drawn(whole: Parts) -> None:
    record, history = json.loads(whole["decision.json"]), json.loads(whole["history.json"])
    kept = "".join(each for each in map(chr, range(0x20, 0x3000)) if drawable(each) == each)
    record["decision"]["reason"] = " ".join(kept)
    assert paper(record, history, "fr").startswith(b"%PDF")  # PDF/UA refuses a character without a shape


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=200))
def test_whatever_people_write_the_paper_is_made(whole: Parts, words: str) -> None:
    record, history = json.loads(whole["decision.json"]), json.loads(whole["history.json"])
    record["decision"]["reason"] = words
    assert paper(record, history, "en").startswith(b"%PDF")
