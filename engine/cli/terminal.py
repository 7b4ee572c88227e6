"""What a terminal gives and shows: values, files; sentences in the reader's language."""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from pathlib import Path
from typing import Any, Protocol

from engine import FileMissing, Text

#: modelers that a diagram may come from
DIALECTS = ("camunda", "flowable", "activiti", "spiffworkflow", "zeebe", "bpmn-engine")
WHOSE = "modeleur d’origine ; sinon d’après les espaces de noms"


class Verb(Protocol):
    """Adds a verb, named as the function that carries it out."""

    def __call__(self, act: Any, help: str) -> argparse.ArgumentParser: ...


def value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileMissing(file=path, why=error) from error


def json_of(path: str) -> Any:
    try:
        return json.loads(bytes_of(Path(path)))
    except ValueError as error:
        why = Text(f"ce n’est pas du JSON ({error})", f"it is not JSON ({error})")
        raise FileMissing(file=path, why=why) from error


def say(options: argparse.Namespace, fr: str, en: str, **facts: Any) -> None:
    print(Text(fr, en).format(**facts).read(options.language), flush=True)


def say_error(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def language() -> str:
    said = os.environ.get("LC_ALL") or os.environ.get("LANG") or (locale.getlocale()[0] or "")
    return "en" if said.lower().startswith("en") else "fr"
