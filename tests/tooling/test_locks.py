"""The locks pin all that pyproject.toml and package.json ask for, by hash, and name no host."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]
NPM_LOCK = ROOT / "web/frontend/package-lock.json"


def group(name: str) -> list[Requirement]:
    """The requirements of a dependency group, with those of the groups that it includes."""
    asked: list[Requirement] = []
    for line in PROJECT["dependency-groups"][name]:
        asked += [Requirement(line)] if isinstance(line, str) else group(line["include-group"])
    return asked


def pins(lock: str) -> list[str]:
    """The pins of a lock, each with the lines of its hashes."""
    joined = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip()]


def locked(lock: str) -> dict[str, list[str]]:
    """name -> versions; a version may differ with the Python version."""
    versions: dict[str, list[str]] = {}
    for line in pins(lock):
        requirement = Requirement(line.partition("--hash")[0].strip())
        versions.setdefault(canonicalize_name(requirement.name), []).append(
            str(requirement.specifier).removeprefix("==")
        )
    return versions


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["dev"])], ids=LOCKS
)
def test_a_lock_pins_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    asked = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    for name in groups:
        asked += group(name)
    versions = locked(lock)
    outside = [
        str(requirement)
        for requirement in asked
        if not any(requirement.specifier.contains(v) for v in versions.get(canonicalize_name(requirement.name), []))
    ]
    assert outside == []


def test_tests_run_on_the_versions_that_are_shipped() -> None:
    developer = locked("requirements-dev.lock")
    assert {name: developer[name] for name in locked("requirements.lock")} == locked("requirements.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_host(lock: str) -> None:
    assert [line for line in pins(lock) if "--hash=sha256:" not in line or "://" in line] == []


def test_the_lock_of_the_pages_pins_exact_versions_by_hash_and_names_no_host() -> None:
    package = json.loads((ROOT / "web/frontend/package.json").read_text(encoding="utf-8"))
    asked = package["dependencies"] | package["devDependencies"]
    entries = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    assert {name: entries[f"node_modules/{name}"]["version"] for name in asked} == asked
    loose = [path for path, entry in entries.items() if path and ("integrity" not in entry or "resolved" in entry)]
    assert loose == []


def test_development_tools_are_not_shipped() -> None:
    package = json.loads((ROOT / "web/frontend/package.json").read_text(encoding="utf-8"))
    entries = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    shipped = {re.sub(r".*node_modules/", "", path) for path, entry in entries.items() if path and not entry.get("dev")}
    assert (set(package["dependencies"]) - shipped, shipped & set(package["devDependencies"])) == (set(), set())
