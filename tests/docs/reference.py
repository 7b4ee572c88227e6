"""The pages of docs/reference that say word for word what the code says: errors, rules, events.

python tests/docs/reference.py      writes them; the tests beside refuse one that is out of date
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT))  # run as a script, Python only looks beside it

import engine  # noqa: E402
from engine import JalonError, Text  # noqa: E402
from engine.dmn.problems import TEXTS, severity_of  # noqa: E402
from engine.history import SENTENCES  # noqa: E402
from engine.rules import RULES, Rule  # noqa: E402

WRITTEN = "<!-- Written by tests/docs/reference.py: change the code, then run it. -->\n"


def errors() -> str:
    """Every class of refusal, in the order of the tree."""
    lines = [
        "# Errors\n", WRITTEN,
        "Everything that Jalon can refuse. A page shows the sentence with the HTTP status given here; the\n"
        "command line prints the same sentence and exits with 1 (2 for a diagram that cannot be read). What stands in\n"
        "braces is filled in. A class without a sentence of its own is a family: its members say what is wrong.\n",
        "| error | is a | status |\n|---|---|---|",
    ]  # fmt: skip
    for each in refusals():
        lines.append(f"| [{each.__name__}](#{each.__name__.lower()}) | {_family(each)} | {each.status} |")
    for each in refusals():
        lines.append(f"\n## {each.__name__}\n\nStatus {each.status}.{_remark(each)}")
        if "sentence" in vars(each):
            lines.append(f"\n{_both(each.sentence)}")
    return "\n".join(lines) + "\n"


def refusals() -> tuple[type[JalonError], ...]:
    return (JalonError, *_below(JalonError))


def _below(family: type[JalonError]) -> Iterator[type[JalonError]]:
    """The classes of the product, each followed by its own; what a test defines is none of them."""
    for each in sorted(family.__subclasses__(), key=lambda member: (member.status, member.__name__)):
        if each.__module__.split(".")[0] == "engine":
            yield each
            yield from _below(each)


def _family(refusal: type[JalonError]) -> str:
    base = refusal.__mro__[1].__name__
    return "" if base == "Exception" else base


def _remark(refusal: type[JalonError]) -> str:
    said = inspect.cleandoc(refusal.__doc__ or "")
    return f" {said}" if said and refusal is not JalonError else ""


def rules() -> str:
    """Every rule of the review."""
    lines = [
        "# Rules of the review\n", WRITTEN,
        "What `jalon review` looks for, and what publishing refuses. An **error** refuses the publication; a\n"
        "**warning** must be accepted as one publishes; a **note** is for information. A drawing that is no method\n"
        "may leave more open: its severity stands after the method's. How a method is drawn:\n"
        "[dialect.md](dialect.md); what of BPMN is run: [bpmn.md](bpmn.md); decisions: [decisions.md](decisions.md).\n",
        "| rule | in a method | in a drawing |\n|---|---|---|",
    ]  # fmt: skip
    every = {**RULES, **{id: Rule(severity_of(id), *texts) for id, texts in TEXTS.items()}}
    lines += [f"| [{id}](#{id}) | {each.severity} | {each.gravity(method=False)} |" for id, each in every.items()]
    for id, rule in every.items():
        lines.append(f"\n## {id}\n\nSeverity: {rule.severity}{_elsewhere(rule)}.\n")
        remedies = [rule.remedy, *(remedy for _, remedy in rule.causes)]
        french = "\n> ".join([rule.sentence.fr, *(f"*{each.fr}*" for each in remedies)])
        english = "\n> ".join([rule.sentence.en, *(f"*{each.en}*" for each in remedies)])
        lines.append(_both(Text(french, english)))
    return "\n".join(lines) + "\n"


def _elsewhere(rule: Rule) -> str:
    return f"; in a drawing: {rule.elsewhere}" if rule.elsewhere else ""


def events() -> str:
    """Every kind of event that history keeps."""
    lines = [
        "# Events\n", WRITTEN,
        "What a project's history is made of: one event for every act, in the same transaction. How they are chained:\n"
        "[history.md](../explanation/history.md).\n",
        "| kind | reads, in French | in English |\n|---|---|---|",
    ]  # fmt: skip
    lines += [f"| `{kind}` | {sentence.fr} | {sentence.en} |" for kind, sentence in SENTENCES.items()]
    return "\n".join(lines) + "\n"


def _both(said: Text) -> str:
    french, english = (_quoted(each) for each in (said.fr, said.en))
    return f"> {french}\n\n> {english}"


def _quoted(sentence: str) -> str:
    """As Markdown shows it: `<` is no tag, and a new line stays in the quotation."""
    quoted = sentence.replace("\n>", "\x00").replace("\n", "\n> ").replace("<", "\\<")
    return quoted.replace("\x00", "  \n>")


PAGES: dict[str, Callable[[], str]] = {"errors.md": errors, "rules.md": rules, "events.md": events}


if __name__ == "__main__":
    assert engine.__file__
    for name, write in PAGES.items():
        (REFERENCE / name).write_text(write(), encoding="utf-8")
