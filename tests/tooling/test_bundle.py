"""What the pages load is what was built from the lock, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.tooling.bundle import VENDOR, faults

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(VENDOR, tmp_path / "vendor"))


def test_every_shipped_file_is_the_one_in_the_manifest() -> None:
    assert faults() == []


def test_a_changed_file_is_seen(copy: Path) -> None:
    (copy / "htmx.min.js").write_text("alert(1)", encoding="utf-8")
    assert faults(copy) == ["htmx.min.js is not the file that was built: run `make js`."]


def test_a_missing_file_is_seen(copy: Path) -> None:
    (copy / "htmx.min.js").unlink()
    assert faults(copy) == ["htmx.min.js is in the manifest but not in the folder: run `make js`."]


def test_a_file_from_elsewhere_is_seen(copy: Path) -> None:
    (copy / "more.js").touch()
    assert faults(copy) == ["more.js is not in the manifest: build it with `make js`, or delete it."]


def test_the_notices_name_every_shipped_package() -> None:
    lock = json.loads((ROOT / "web/frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
    notices = (VENDOR / "THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8")
    shipped = {path: entry for path, entry in lock.items() if path and not entry.get("dev")}
    titles = [
        f"{path.rpartition('node_modules/')[2]} {entry['version']} ({entry['license']})"
        for path, entry in shipped.items()
    ]
    assert [title for title in titles if title not in notices] == []
