"""What the paper says, in order, as words: sections of paragraphs and one table each. Made from the record alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NotRequired, TypedDict

from engine.dossier import DECISION, HISTORY, MANIFEST
from engine.dossier.words import CRITERIA, HEADS, NOTES, OPINIONS
from engine.method import OUTCOMES
from engine.votes import RULES
from engine.words import Language, Text
from engine.working_time import PARIS

Record = Mapping[str, Any]


class Section(TypedDict):
    level: int
    heading: str
    paragraphs: Sequence[str]
    columns: Sequence[str]  #: heads of its table
    widths: Sequence[int]  #: of the columns, in shares
    rows: Sequence[Sequence[str]]
    marked: NotRequired[Sequence[int]]  #: rows that stand out, from 0; their words say why


class Sheet(TypedDict):
    language: Language
    title: str
    subtitle: str
    author: str
    keywords: Sequence[str]
    footer: str
    sections: Sequence[Section]


def sheet_of(record: Record, history: Record, language: Language) -> Sheet:
    return _Writer(record, history, language).sheet()


class _Writer:
    def __init__(self, record: Record, history: Record, language: Language) -> None:
        self.record, self.history, self.language = record, history, language

    # --- words ---

    def say(self, words: Text | Mapping[str, str], **facts: Any) -> str:
        text = words if isinstance(words, Text) else Text(words["fr"], words.get("en", ""))
        return spaced((text.format(**facts) if facts else text).read(self.language), self.language)

    def note(self, which: str, /, **facts: Any) -> str:
        return self.say(NOTES[which], **facts)

    def heads(self, *names: str) -> list[str]:
        return [self.say(HEADS[each]) for each in names]

    def person(self, id: int | None) -> str:
        found = self.record["people"].get(str(id))
        return str(found["name"]) if found else "Jalon"

    def moment(self, said: str) -> str:
        return datetime.fromisoformat(said).astimezone(PARIS).strftime("%d/%m/%Y %H:%M")

    def day(self, said: str) -> str:
        return datetime.fromisoformat(said).astimezone(PARIS).strftime("%d/%m/%Y")

    def section(
        self, heading: str, paragraphs: Iterable[str] = (), columns: Sequence[str] = (), widths: Sequence[int] = (),
        rows: Iterable[Sequence[str]] = (), level: int = 1, **facts: Any,
    ) -> Section:  # fmt: skip
        return Section(
            level=level, heading=self.note(heading, **facts) if heading in NOTES else heading,
            paragraphs=list(paragraphs), columns=self.heads(*columns), widths=list(widths), rows=list(rows),
        )  # fmt: skip

    # --- the sheet ---

    def sheet(self) -> Sheet:
        gate, project, decision = self.record["gate"], self.record["project"], self.record["decision"]
        title = self.note("title", gate=f"{gate['id']} · {self.say(gate)}", number=decision["number"])
        return Sheet(
            language=self.language,
            title=title,
            subtitle=self.note("subtitle", project=project["title"], service=self.say(project["service"])),
            author="Jalon",
            keywords=[decision["number"], gate["id"], project["title"]],
            footer=self.note("footer", number=decision["number"]),
            sections=[
                self.decision(), self.vote(), self.criteria(), *self.reserves(), *self.deliverables(), self.files(),
                self.events(), self.proof(),
            ],
        )  # fmt: skip

    def decision(self) -> Section:
        decision, project, gate = self.record["decision"], self.record["project"], self.record["gate"]
        method = project["method"]
        rows = [
            ("outcome", self.say(OUTCOMES.get(decision["outcome"], Text(decision["outcome"])))),
            ("reason", decision["reason"]),
            ("decided", f"{self.moment(decision['at'])}, {self.person(decision['by'])}"),
            ("chair", self.say(gate["chair"])),
            ("phase", self.say(gate["phase"])),
            ("session", str(decision["session"])),
            ("project", f"{project['title']} (n° {project['number']})"),
            ("service", self.say(project["service"])),
            ("objectives", ", ".join(self.say(each) for each in project["objectives"]) or "–"),
            ("themes", ", ".join(self.say(each) for each in project["themes"]) or "–"),
            ("method", f"{self.say(method)} {method['version']}"),
        ]
        return self.section(
            "decision", columns=("what", "said"), widths=(1, 3),
            rows=[(self.say(HEADS[name]), said) for name, said in rows],
        )  # fmt: skip

    def vote(self) -> Section:
        vote, gate = self.record["vote"], self.record["gate"]
        said = [self.note("rule", rule=RULES.get(gate["rule"], Text(gate["rule"])))]
        if gate["rule"] != "chair":
            said += [
                self.note("quorum", share=f"{Decimal(gate['quorum']) * 100:.0f}", eligible=vote["eligible"]),
                self.note("count", **{name: vote[name] for name in ("favourable", "unfavourable", "abstention")}),
            ]
        said += [self.note(name) for name in ("second_session", "without_quorum", "escalated") if vote.get(name)]
        rows = [
            (self.voter(each), self.say(OPINIONS.get(each["opinion"], Text(each["opinion"]))), each["comment"])
            for each in vote["ballots"]
        ]
        return self.section("vote", said, ("voter", "opinion", "comment"), (2, 2, 5), rows)

    def voter(self, ballot: Record) -> str:
        name = self.person(ballot["actor"])
        return self.note("by_deputy", name=name, deputy=self.person(ballot["by"])) if ballot.get("by") else name

    def criteria(self) -> Section:
        rows = [
            (self.say(each), self.say(CRITERIA.get(each["state"], Text(each["state"]))), self.evidence(each))
            for each in self.record["criteria"]
        ]
        said = [] if rows else [self.note("no_criteria")]
        return self.section("criteria", said, ("criterion", "state", "evidence"), (4, 2, 4), rows)

    def evidence(self, criterion: Record) -> str:
        """What was written, and what it refers to."""
        shown = self.say(criterion["shown_by"]) if "shown_by" in criterion else ""
        return " · ".join(each for each in (criterion["evidence"], shown) if each)

    def reserves(self) -> list[Section]:
        rows = [(each["text"], self.person(each["owner"]), self.day(each["due"])) for each in self.record["reserves"]]
        return [self.section("reserves", (), ("reserve", "owner", "due"), (5, 2, 2), rows)] if rows else []

    def deliverables(self) -> list[Section]:
        found = self.record["deliverables"]
        return [self.section("deliverables", () if found else [self.note("no_deliverables")]), *map(self.work, found)]

    def work(self, each: Record) -> Section:
        name = " · ".join(part for part in (each["code"], self.say(each["name"]), self.say(each["instance"])) if part)
        by = self.note("work_by", by=self.person(each["by"]), at=self.moment(each["at"]))
        rows = [(self.say(label), self.say(said)) for label, said in each["answers"]]
        return self.section(name, [by], ("question", "answer"), (2, 4), rows, level=2)

    def files(self) -> Section:
        rows = [(each["name"], self.say(each["task"]), in_groups(each["sha256"])) for each in self.record["files"]]
        said = [self.note("files_note")] if rows else [self.note("no_files")]
        return self.section("files", said, ("file", "step", "sha256"), (3, 2, 3), rows)

    def events(self) -> Section:
        rows = [
            (str(each["number"]), self.moment(each["at"]), self.say(each["text"]))
            for each in self.history["events"]
            if "text" in each
        ]
        return self.section(
            "history", [self.note("history_note", history=HISTORY)], ("number", "moment", "event"), (1, 3, 8), rows
        )

    def proof(self) -> Section:
        head = self.history["head"]
        said = [
            self.note("proof_chain", events=head["number"], digest=in_groups(head["digest"])),
            self.note("proof_how", decision=DECISION, history=HISTORY, manifest=MANIFEST),
        ]
        return self.section("proof", said)


def in_groups(digest: str) -> str:
    """A digest in four, so that a line can end within it."""
    return " ".join(re.findall(".{1,16}", digest))


def spaced(words: str, language: Language) -> str:
    """French sets signs of two parts apart with a space that never breaks."""
    if language != "fr":
        return words
    return re.sub(r" ([;:!?»%€])", "\u00a0\\1", words.replace("« ", "«\u00a0"))
