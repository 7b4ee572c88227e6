"""Durations in words: `P10D` is « 10 jours ouvrés », as people read them (docs/reference/dialect.md)."""

from __future__ import annotations

import re

from engine.words import Text

#: units of a duration: (one, several) in each language
DAYS = (Text("jour ouvré", "working day"), Text("jours ouvrés", "working days"))
WEEKS = (Text("semaine", "week"), Text("semaines", "weeks"))
MONTHS = (Text("mois", "month"), Text("mois", "months"))
YEARS = (Text("an", "year"), Text("ans", "years"))
HOURS = (Text("heure", "hour"), Text("heures", "hours"))
UNITS = {"D": DAYS, "W": WEEKS, "M": MONTHS, "Y": YEARS, "H": HOURS}


def duration(iso: str) -> Text:
    """An ISO 8601 duration of one unit in words: `P10D` is « 10 jours ouvrés ». `plan`: as the project's plan says.

    What is written otherwise is given back as it is: the reader sees what the method says.
    """
    if iso == "plan":
        return Text("selon le plan du projet", "as the project’s plan says")
    found = re.fullmatch(r"PT?(\d+)([DWMYH])", iso)
    if not found:
        return Text(iso)
    count = int(found[1])
    one, several = UNITS[found[2]]
    return Text(
        f"{count}\u00a0{(one if count < 2 else several).fr}", f"{count}\u00a0{(one if count == 1 else several).en}"
    )
