"""Expressions of other engines are said in FEEL, where their meaning is certain (`engine.juel`)."""

from __future__ import annotations

import re

from engine.juel import to_feel
from engine.normalise.dialects import dialect_of
from engine.normalise.repairs.xpath import from_xpath
from engine.normalise.rewrite import Rewrite
from engine.normalise.texts import Site, sites

#: languages that a modeler may name, by a part of the name -> whose habits they have
LANGUAGES = {"javascript": "bpmn-engine", "ecmascript": "bpmn-engine", "python": "spiffworkflow", "juel": "camunda"}

#: a name, which may be of several words, and what it is compared with
_COMPARED = re.compile(
    r"""(\w+(?: \w+)*) *(==?|!=|<=|>=|<|>) *('[^'"\\]*'|"[^"\\]*"|-?\d+(?:\.\d+)?|[Tt]rue|[Ff]alse)"""
)


def expressions(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        dialect = rewrite.dialect or dialect_of(diagram)
        for site in sites(diagram):
            said = translated(site, dialect)
            if said is not None and said != _bare(site):
                rewrite.did("expression-translated", site.node, old=site.text, new=said)
                site.write(said)


def _bare(site: Site) -> str:
    """Of Camunda 8, what stands after "="; an attribute keeps it, since there it tells an expression from a name."""
    return site.text if site.attribute else site.text.removeprefix("=").strip()


def translated(site: Site, dialect: str) -> str | None:
    """In FEEL, as it is written where it stands; None where its meaning is not certain."""
    text = site.text
    language = next((whose for part, whose in LANGUAGES.items() if part in site.language), dialect)
    said = from_xpath(text) or to_feel(text, language) or _by_its_looks(text, language)
    # a process that is named by an expression is told from one that is named by its id
    return f"={said}" if said is not None and site.attribute == "calledElement" else said


def _by_its_looks(text: str, language: str) -> str | None:
    """Files that were drawn in the modeler of one engine for another: the expression tells."""
    if text[:2] in ("${", "#{"):
        return to_feel(text, "camunda")
    found = _COMPARED.fullmatch(text)
    if found is None:
        return to_feel(text, "spiffworkflow") if language != "zeebe" else None
    name, sign, value = found.groups()
    literal = {"True": "true", "False": "false"}.get(value, value)
    return f"{name} {'=' if sign == '==' else sign} " + (f'"{literal[1:-1]}"' if literal[0] == "'" else literal)
