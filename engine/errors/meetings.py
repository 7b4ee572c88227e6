"""Meetings and what is written in them."""

from __future__ import annotations

from engine.errors.tree import Conflict, Invalid
from engine.words import Text


class MeetingClosed(Conflict):
    sentence = Text(
        "La réunion « {meeting} » est close depuis le {at} : son compte rendu ne change plus. "
        "Ce qui reste à dire se note dans un registre, ou à la prochaine réunion.",
        "The meeting “{meeting}” has been closed since {at}: its minutes no longer change. "
        "What is left to say goes into a register, or to the next meeting.",
    )


class NobodyPresent(Invalid):
    sentence = Text(
        "Personne n’est noté présent à « {meeting} ». Notez qui était là, puis clôturez.",
        "Nobody is noted as present at “{meeting}”. Note who was there, then close it.",
    )


class LineIncomplete(Invalid):
    """A line typed in a meeting; `number` is its place, from 1."""

    sentence = Text(
        "La ligne {number} du compte rendu est incomplète : {why}",
        "Line {number} of the minutes is incomplete: {why}",
    )
