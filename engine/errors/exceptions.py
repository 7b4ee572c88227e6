"""Exceptional gates: what waits for them."""

from __future__ import annotations

from engine.errors.tree import Conflict
from engine.words import Text


class ExceptionOpen(Conflict):
    sentence = Text(
        "« {gate} » ne peut pas être franchie : la porte d’exception « {exceptions} » attend sa décision. "
        "Faites-la décider d’abord, ou choisissez une autre issue.",
        "“{gate}” cannot be passed: the exceptional gate “{exceptions}” awaits its decision. "
        "Have it decided first, or choose another outcome.",
    )
