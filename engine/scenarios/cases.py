"""A list of cases in JSON -> verdicts. A case is `{id, kind, path, also, process, start, steps, final}`.

`kind` is `execute`, or `import`: a reading and a verdict only, where `human_task_names` must be found. `also` are
further files, `start` has the `variables` at the start (and the `message` that begins it), `final` is ended, waiting or
error. A step is one of the verbs of a scenario; here `variables` are given to the executor as they are, and no form is
filled in. `dialect`, or else `source` (the engine whose test it is), says how the file is meant.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.errors import FileMissing, JalonError
from engine.normalise import DIALECTS
from engine.scenarios import keywords
from engine.scenarios.play import RUNS, play, unexpected
from engine.scenarios.program import Prepared, human_tasks, prepare
from engine.scenarios.scenario import End, Scenario, Step
from engine.scenarios.verdict import Failed, Verdict, failed, listed
from engine.words import Text

READ = Text("une liste de cas", "a list of cases")


def run_cases(path: Path, root: Path, dialect: str = "") -> Iterator[Verdict]:
    """Raises `FileMissing` for a list that cannot be read; what goes wrong in a case is its verdict."""
    for number, case in enumerate(_cases(path), 1):
        id = str(case.get("id") or number) if isinstance(case, dict) else str(number)
        try:
            yield _run(case, id, root, dialect)
        except Failed as wrong:
            yield failed(id, None, 0, wrong)
        except JalonError as refusal:
            yield failed(id, None, 0, Failed(RUNS, refusal.said))
        except Exception as error:
            yield failed(id, None, 0, Failed(RUNS, unexpected(error)))


def _cases(path: Path) -> list[Any]:
    try:
        found = json.loads(path.read_bytes(), parse_float=Decimal)
    except OSError as error:
        raise FileMissing(file=path, why=error) from error
    except ValueError as error:
        raise FileMissing(
            file=path, why=Text(f"ce n’est pas du JSON ({error})", f"it is not JSON ({error})")
        ) from error
    if not isinstance(found, list):
        raise FileMissing(file=path, why=Text("une liste de cas y est attendue", "a list of cases is expected in it"))
    return found


def _run(case: Any, id: str, root: Path, dialect: str) -> Verdict:
    if not isinstance(case, dict):
        raise Failed(READ, Text(type(case).__name__))
    dialect = dialect or _dialect(case)
    if case.get("kind") == "import":
        return _imported(case, id, human_tasks(_files(case, root), dialect))
    scenario = _scenario(case)
    prepared = prepare(_files(case, root), dialect)
    return play(prepared, _process(case, prepared), scenario, id).verdict


def _files(case: Mapping[str, Any], root: Path) -> dict[str, bytes]:
    """The case's own file first; files of one name are told apart."""
    found: dict[str, bytes] = {}
    for said in (case.get("path", ""), *(case.get("also") or ())):
        path = root / str(said)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise FileMissing(file=said, why=error) from error
        found[path.name if path.name not in found else str(said).replace("/", "-")] = content
    return found


def _dialect(case: Mapping[str, Any]) -> str:
    """What the case says, else that of the engine whose test it is; empty: after the namespaces."""
    if case.get("dialect"):
        return str(case["dialect"])
    source = str(case.get("source") or "").lower()
    return next((each for each in sorted(DIALECTS) if source.startswith(each)), "")


def _process(case: Mapping[str, Any], prepared: Prepared) -> str:
    process = prepared.main(str(case.get("process") or ""))
    if not process:
        names = [Text(each.id) for each in prepared.processes()]
        raise Failed(Text("le processus {id}", "the process {id}").format(id=case.get("process") or "?"), listed(names))
    return process


def _imported(case: Mapping[str, Any], id: str, found: list[Text]) -> Verdict:
    wanted = Counter(keywords.bare(str(name)) for name in case.get("human_task_names") or ())
    missing = wanted - Counter(keywords.bare(each.fr) for each in found)
    if missing:
        expected = listed([Text(str(name)) for name in case.get("human_task_names") or ()])
        raise Failed(expected, listed(found))
    return Verdict(id, True)


def _scenario(case: Mapping[str, Any]) -> Scenario:
    start = case.get("start") or {}
    final = str(case.get("final") or "ended")
    if final not in keywords.ENDS:
        raise Failed(keywords.listing(keywords.ENDS.values()), Text(final))
    return Scenario(
        name=str(case.get("id") or ""),
        steps=tuple(map(_step, case.get("steps") or ())),
        end=End(final),
        by=str(start.get("message") or start.get("by") or ""),
        choose=_names(start.get("choose")),
        variables=dict(start.get("variables") or {}),
    )


def _step(said: Mapping[str, Any]) -> Step:
    verb = keywords.verb_of(said)
    if not verb:
        raise Failed(keywords.listing(keywords.VERBS.values()), Text(", ".join(map(str, said))))
    return Step(
        verb=verb, names=_names(said[verb]), variables=dict(said.get("variables") or {}),
        choose=_names(said.get("choose")) if verb != "choose" else (), outcome=str(said.get("outcome") or ""),
    )  # fmt: skip


def _names(said: Any) -> tuple[str, ...]:
    if said is None:
        return ()
    return tuple(str(each) for each in said) if isinstance(said, list) else (str(said),)
