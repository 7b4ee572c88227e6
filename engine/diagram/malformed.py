"""What the XML parser complains of, in words: it speaks one language only, and to programmers."""

from __future__ import annotations

import re
from typing import Any

from engine.words import Text

#: what the parser says, as a pattern -> what is wrong, with what the pattern found as {0}, {1} …
_SAID = (
    (
        r"Start tag expected|no element found|Document is empty",
        Text("ce n’est pas du XML, ou il est coupé", "it is no XML, or is cut off"),
    ),
    (
        r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)",
        Text("<{0}>, ouvert ligne {1}, est fermé par </{2}>", "<{0}>, opened in line {1}, is closed by </{2}>"),
    ),
    (
        r"Premature end of data in tag (\S+) line (\d+)",
        Text("<{0}>, ouvert ligne {1}, n’est pas fermé : le fichier est coupé",
             "<{0}>, opened in line {1}, is not closed: the file is cut off"),
    ),
    (
        r"Couldn't find end of Start Tag (\S+)",
        Text("<{0}> n’a pas de « > » : le fichier est coupé", "<{0}> has no “>”: the file is cut off"),
    ),
    (
        r"Extra content at the end",
        Text("il reste du texte après la fin du diagramme", "there is text after the end of the diagram"),
    ),
    (r"Attribute (\S+) redefined", Text("l’attribut {0} est écrit deux fois", "the attribute {0} is written twice")),
    (
        r"AttValue|mandates value for attribute|attributes construct error|Unescaped '<' not allowed in attributes",
        Text("un attribut n’est pas écrit nom=\"valeur\"", "an attribute is not written name=\"value\""),
    ),
    (
        r"EntityRef|xmlParseCharRef|Entity '(\S+)' not defined",
        Text("un « & » y est seul : il s’écrit &amp;", "an “&” stands alone: it is written &amp;"),
    ),
    (
        r"Namespace prefix (\S+)",
        Text("le préfixe « {0} : » n’est pas déclaré (xmlns:{0})", "the prefix “{0}:” is not declared (xmlns:{0})"),
    ),
    (
        r"invalid Char|Invalid bytes",
        Text("il contient un caractère qui n’est pas du texte", "it holds a character that is no text"),
    ),
    (
        r"Comment not terminated|CData section not finished",
        Text("un commentaire ou un texte n’y est pas fermé", "a comment or a text is not closed"),
    ),
    (
        r"XML declaration allowed only at the start",
        Text("<?xml … ?> n’est pas au tout début", "<?xml … ?> is not at the very beginning"),
    ),
)  # fmt: skip


def in_words(error: Any) -> Text:
    """Why an `XMLSyntaxError`; what is unusual stays as the parser says it."""
    reason = str(error.msg or "").split(", line")[0]
    for pattern, said in _SAID:
        found = re.search(pattern, reason)
        if found is not None:
            facts = [each or "" for each in found.groups()]
            why = Text(said.fr.format(*facts), said.en.format(*facts)) if facts else said
            break
    else:
        why = Text(reason)
    return Text("le XML n’est pas bien formé ({why})", "the XML is not well-formed ({why})").format(why=why)
