"""A method published: frozen under the hash of its content."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.release import digest_of, pack, read_method, unpack
from tests.engine.play import ESSAI

folders = st.dictionaries(st.from_regex(r"[a-z]{1,8}\.bpmn", fullmatch=True), st.binary(max_size=200), max_size=5)


@given(folders, st.randoms())
def test_the_same_files_give_the_same_digest_and_the_same_bytes(files: dict[str, bytes], random: object) -> None:
    names = list(files)
    random.shuffle(names)  # type: ignore[attr-defined]
    shuffled = {name: files[name] for name in names}
    assert (digest_of(shuffled), pack(shuffled)) == (digest_of(files), pack(files))
    assert unpack(pack(files)) == files


@given(folders, folders)
def test_other_files_give_another_digest(first: dict[str, bytes], second: dict[str, bytes]) -> None:
    assert (digest_of(first) == digest_of(second)) == (first == second)


def test_a_name_and_its_content_are_not_confused() -> None:
    assert digest_of({"a": b"bc"}) != digest_of({"ab": b"c"})


def test_a_method_is_read_the_same_whatever_the_order_of_its_files() -> None:
    backwards = dict(reversed(ESSAI.items()))
    assert read_method(backwards)[0] == read_method(ESSAI)[0]
