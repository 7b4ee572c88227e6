"""An overlay as a file: written one way only, read back the same, refused by line where it is not understood."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import OverlayEdited, OverlayUnreadable
from engine.method import Column, Field, Item, Option
from engine.overlay import Overlay, read, write
from engine.overlay import operations as op
from engine.words import Text
from tests.overlay.granted import thirty
from tests.overlay.samples import HERE, overlay, step, text

NAME = "dpat.overlay.yaml"
#: what an overlay may hold: no control characters, no spaces at its ends
words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30).map(str.strip)
texts = st.builds(Text, words.filter(bool), words)
ids = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,9}", fullmatch=True)
options = st.lists(st.builds(Option, ids, texts), max_size=2).map(tuple)
columns = st.lists(
    st.builds(Column, ids, texts, st.sampled_from(["text", "number"]), st.booleans(), options), max_size=2
).map(tuple)
items = st.lists(st.builds(Item, ids, texts, evidence=st.booleans()), max_size=2).map(tuple)
fields = st.builds(
    Field, key=ids, type=st.sampled_from(["string", "table", "enum", "checklist"]), label=texts, required=st.booleans(),
    options=options, columns=columns, items=items, minimum=st.none() | st.decimals(-9, 9, places=2),
)  # fmt: skip
numbers = st.decimals(0, 1, places=3)
operations = st.one_of(
    st.builds(op.Hide, ids, reason=words),
    st.builds(op.MakeConditional, ids, words, reason=words),
    st.builds(op.Replace, ids, ids, reason=words),
    st.builds(op.Insert, ids, st.builds(op.Local, ids, texts, ids, texts | st.just(Text("")), form=st.tuples(fields))),
    st.builds(op.InsertProcess, ids, ids),
    st.builds(op.AddCriterion, ids, ids, texts, words, st.booleans(), reason=words),
    st.builds(op.AddItem, ids, ids, ids, texts),
    st.builds(op.AddField, ids, fields),
    st.builds(op.AddOption, ids, ids, ids, texts),
    st.builds(op.AddVoter, ids, ids),
    st.builds(op.RaiseQuorum, ids, numbers, reason=words),
    st.builds(op.TightenRule, ids, ids),
    st.builds(op.SetDue, ids, st.just("P5D")),
    st.builds(op.LowerThreshold, ids, numbers),
    st.builds(op.Rename, ids, texts | st.just(Text("")), ids),
    st.builds(op.SetTemplate, ids, words),
)
days = st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1))
all_overlays = st.builds(
    Overlay, method=ids, version=st.just("1.0.0"), service=ids, operations=st.lists(operations, max_size=4).map(tuple),
    reason=words, author=ids, approver=ids, valid_from=days, valid_until=days,
)  # fmt: skip


@given(all_overlays)
def test_what_is_written_is_read_back_the_same(one: Overlay) -> None:
    written = write(one)
    assert read(written.encode(), NAME) == one
    assert write(read(written.encode(), NAME)) == written


def test_the_file_reads_as_a_person_would_write_it() -> None:
    one = Overlay(
        "projet_transversal", "1.0.0", "DPAT", reason="Notre service est petit.", author="jeanne", approver="denis",
        valid_from=date(2027, 1, 1), valid_until=date(2027, 12, 31),
        operations=(
            op.Hide("C2", reason="Les idées viennent du terrain."),
            op.RaiseQuorum("G3", Decimal("0.75"), reason="Le budget est engagé."),
            op.AddCriterion("G3", "garant", Text("Un garant est nommé", "A guarantor is named"), evidence=True),
            op.Insert("P2.end", step("L1", due="P5D", form=(Field("note", "textarea", text("Note"), required=True),))),
        ),
    )  # fmt: skip
    assert write(one) == (HERE / NAME).read_text(encoding="utf-8")


def test_a_file_that_was_changed_by_hand_is_refused() -> None:
    sealed = write(overlay(*thirty(), author="jeanne", approver="denis"))
    with pytest.raises(OverlayEdited, match="ce fichier a été modifié à la main depuis qu’il a été exporté") as refusal:
        read(sealed.replace('value: "0.8"', 'value: "0.9"').encode(), NAME)
    assert refusal.value.facts["line"] == len(sealed.splitlines())


def test_a_file_without_a_fingerprint_is_a_draft_and_nobody_can_have_approved_it() -> None:
    text = write(overlay(op.Hide("C2"), author="jeanne"))
    draft = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("fingerprint"))
    assert read(draft.encode(), NAME) == overlay(op.Hide("C2"), author="jeanne")
    with pytest.raises(OverlayEdited):
        read(f'{draft}approver: "denis"\n'.encode(), NAME)


HEAD = 'overlay: "m@1"\nservice: "S"\noperations:\n'


@pytest.mark.parametrize(
    ("content", "where", "why"),
    [
        ("", (1, 1), "le fichier est vide"),
        ("a: b: c", (1, 5), "un « : » de trop"),
        ("- a", (1, 1), "des « nom : valeur » sont attendus"),
        ('service: "S"', (1, 1), "il manque « overlay »"),
        ('overlay: "m"\nservice: "S"\noperations: []', (1, 10), "« m » ne dit pas méthode@version"),
        ('overlay: "m@1"\nservice: "S"\noperations: "x"', (3, 13), "une liste est attendue"),
        ('overlay: "m@1"\nserivce: "S"\noperations: []', (2, 1), "« serivce » n’est pas attendu ici"),
        (f"{HEAD}  - x", (4, 5), "des « nom : valeur » sont attendus"),
        (f"{HEAD}  - element: C2", (4, 5), "il manque « op »"),
        (f"{HEAD}  - op: delete\n    element: C2", (4, 9), "« delete » n’est pas de hide, condition"),
        (f"{HEAD}  - op: hide", (4, 5), "il manque « element »"),
        (f"{HEAD}  - op: hide\n    element: C2\n    when: x", (6, 5), "« when » n’est pas attendu ici"),
        (f"{HEAD}  - op: hide\n    element: [C2]", (5, 14), "un seul texte est attendu"),
        (f"{HEAD}  - op: quorum\n    element: G1\n    value: beaucoup", (6, 12), "« beaucoup » n’est pas un nombre"),
        (f"{HEAD}  - op: quorum\n    element: G1\n    value: NaN", (6, 12), "« NaN » n’est pas un nombre"),
        (f"{HEAD}  - op: label\n    element: A1\n    text: A", (6, 11), "un texte avec « fr » et « en » est attendu"),
        (f"{HEAD}  - op: criterion\n    element: G1\n    key: a\n    text: {{fr: a, en: b}}\n    evidence: maybe",
         (8, 15), "yes ou no est attendu, et non « maybe »"),
        (f"{HEAD}  - op: field\n    element: A4\n    field:\n      key: a\n      type: magic\n      label: {{fr: a}}",
         (8, 13), "« magic » n’est pas de string"),
        ('overlay: "m@1"\nservice: "S"\nvalid_from: demain\noperations: []', (3, 13), "« demain » n’est pas une date"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_overlay_is_refused_by_line(content: str, where: tuple[int, int], why: str) -> None:
    with pytest.raises(OverlayUnreadable) as refusal:
        read(content.encode(), NAME)
    assert (refusal.value.facts["line"], refusal.value.facts["column"]) == where
    assert refusal.value.text().startswith(f"« {NAME} », ligne {where[0]}, colonne {where[1]} : {why}")


def test_a_least_value_of_nought_is_kept() -> None:
    one = overlay(op.AddField("A4", Field("part", "number", text("Part"), minimum=Decimal(0))))
    assert 'minimum: "0"' in write(one)
    assert read(write(one).encode(), NAME) == one
