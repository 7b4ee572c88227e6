"""A play is written as YAML that reads as it was said, whatever is typed into it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.document import Listed, Named, Said, Words, read
from engine.scenarios.reading import read_book
from engine.scenarios.trying import NextStep, begun, cut, followed
from engine.scenarios.writing import alone

FILE = "essai.scenarios.yaml"
#: as a page sends it and a form keeps it: no half of a character
TYPED = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
NAMES = TYPED.map(lambda text: " ".join(text.split())).filter(bool)
#: what starts a comment, a list, a reference, a type, a pair, a quote
TRAPS = st.sampled_from(
    ["# a", "- a", "&a", "*a", "!a", "a: b", "'a'", '"a"', "a #b", "oui", "~", "1_000", "[a]", "{a}", "|", "@a"]
)


def plain(said: Said | None) -> object:
    """What is said, wherever it stands."""
    if isinstance(said, Named):
        return {name: plain(each) for name, each in said.items.items()}
    if isinstance(said, Listed):
        return [plain(each) for each in said.items]
    return (said.text, said.quoted) if isinstance(said, Words) else None


@given(NAMES, st.lists(st.tuples(NAMES | TRAPS, st.dictionaries(NAMES | TRAPS, NAMES | TRAPS, max_size=2)), max_size=3))
def test_what_is_clicked_and_answered_is_read_as_it_was_said(
    name: str, steps: list[tuple[str, dict[str, str]]]
) -> None:
    file = begun(name, ("DAF",))
    for task, answers in steps:
        file = followed(file, NextStep("complete", task, answers=answers))
    [scenario] = read_book(file.encode(), FILE).scenarios
    assert scenario.name == name
    assert [each.names for each in scenario.steps] == [(task.strip(),) for task, _ in steps]
    said = [plain(each.answers) or {} for each in scenario.steps]
    assert said == [{k.strip(): (v.strip(), True) for k, v in answers.items()} for _, answers in steps]
    canonical = alone(file.encode(), FILE, name)
    assert alone(canonical.encode(), FILE, name) == canonical
    assert len(read_book(cut(file, 1).encode(), FILE).scenarios[0].steps) == min(1, len(steps))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).map(str.strip) | TRAPS)
def test_a_text_that_stood_in_a_block_of_its_own_is_read_as_it_was(word: str) -> None:
    told = f"scénarios:\n  - scénario: Un\n    au départ:\n      mot: |-\n        {word}\n    fin: en attente\n"
    before = read(told.encode(), FILE)
    after = read(alone(told.encode(), FILE, "Un").encode(), FILE)
    words = [each for said in (before, after) for each in _starts(said)]
    assert [each.text for each in words] == [words[0].text] * 2


def _starts(said: Said) -> list[Words]:
    assert isinstance(said, Named)
    listed = said.items["scénarios"]
    assert isinstance(listed, Listed)
    found = listed.items[0]
    assert isinstance(found, Named)
    start = found.items["au départ"]
    assert isinstance(start, Named)
    return [each for each in start.items.values() if isinstance(each, Words)]
