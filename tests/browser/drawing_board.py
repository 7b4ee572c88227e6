"""What the pages of the workshop show in the demonstration: drafts, a next version, a tailoring that it touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine import (
    AmendMethodDraft,
    ApproveOverlay,
    AskReviewOf,
    DraftOverlay,
    Engine,
    MethodDraftFiles,
    OpenMethodDraft,
    PublishMethodDraft,
    RequestOverlay,
    ReviewMethodDraft,
    SaveMethodDraft,
    numbered,
    write_overlay,
)
from tests.engine.play import ROOT
from tests.overlay.test_rebase import nine

ELSEWHERE = {each.name: each.read_bytes() for each in (ROOT / "docs" / "tutorial" / "quartier").glob("*.bpmn")}
#: what `nine` does that the method as it is shipped grants, and that the next version touches
TOUCHED = ("A5", "C2", "G2", "C3")
NEW = {"name": "Projet de quartier", "name_en": "Neighbourhood project"}
#: a scenario that comes with the method, up to its fourth step
KEPT = "fichier=projet-transversal.scenarios.yaml&scenario=De l’idée à la clôture, sans détour&pas=4"
QUESTIONS = (
    {"type": "enum", "fr": "Urgence", "en": "Urgency", "lines": "Haute | High\nBasse | Low", "required": "yes"},
    {"type": "multiselect", "fr": "Publics", "en": "Audience", "lines": "Locataires | Tenants\nÉlus | Councillors"},
    {"type": "money", "fr": "Budget", "en": "Budget", "min": "0", "help_fr": "Hors taxes", "help_en": "Without tax"},
    {"type": "table", "fr": "Coûts", "en": "Costs", "lines": "Poste | Item\nMontant | Amount"},
    {
        "type": "checklist",
        "fr": "Avant de rendre",
        "en": "Before",
        "lines": "Devis signé | Quote signed\nCroquis | Sketch",
    },
    {"type": "file", "fr": "Compte rendu", "en": "Minutes"},
)
SAID = {
    "help_fr": "Rencontrez **dix** habitants.\n\n- au marché",
    "help_en": "Meet **ten** residents.\n\n- at the market",
}


def furnished(engine: Engine, people: Mapping[str, int]) -> dict[str, str]:
    """The addresses, by name. Sophie and Marc own the methods."""
    sophie = people["sophie"]
    tailored(engine, people)
    next_version(engine, people)
    small = engine.execute(OpenMethodDraft("projet_transversal"), sophie).draft
    amended(engine, small, sophie, {"do": "rename", "element": "P2", "fr": "Concevoir", "en": "Design"})
    new = engine.execute(OpenMethodDraft(phases=3, **NEW), sophie).draft
    amended(engine, new, sophie, {"do": "words", "element": "A", "fr": "Écouter", "en": "Listen", **SAID})
    for each in QUESTIONS:
        amended(engine, new, sophie, {"do": "field", "element": "A", **each})
    elsewhere = engine.execute(OpenMethodDraft(files=ELSEWHERE), sophie).draft
    plan = f"/atelier/{new}/plan"
    return {
        "draft": f"/atelier/{new}", "draft-next": f"/atelier/{small}",
        "outline": plan, "outline-long": f"/atelier/{small}/plan", "outline-step": f"{plan}/A",
        "outline-gate": f"{plan}/G1", "outline-phase": f"{plan}/P1", "outline-method": f"{plan}/projet_de_quartier",
        "outline-long-step": f"/atelier/{small}/plan/C4",
        "draft-elsewhere": f"/atelier/{elsewhere}", "outline-elsewhere": f"/atelier/{elsewhere}/plan",
        "try": f"/atelier/{new}/essayer", "publication": f"/atelier/{new}/publier",
        "publication-next": f"/atelier/{small}/publier",
        "scenarios": f"/atelier/{small}/scenarios?jouer=1", "scenarios-none": f"/atelier/{new}/scenarios",
        "try-kept": f"/atelier/{small}/essayer?{KEPT}",
        "conflicts": "/methodes/projet_transversal/adapter/DSI/transposer",
        "migrations-by-phase": "/methodes/projet_transversal/migrer?version=2.0.0",
        "method-in-use-owner": "/methodes/projet_transversal/usage",
    }  # fmt: skip


def tailored(engine: Engine, people: Mapping[str, int]) -> None:
    kept = tuple(each for each in nine().operations if each.target in TOUCHED)
    said = write_overlay(replace(nine(), service="DSI", approver="", operations=kept))
    asked = engine.execute(DraftOverlay(said), people["sophie"]).overlay
    engine.execute(RequestOverlay(asked), people["sophie"])
    engine.execute(ApproveOverlay(asked), people["marc"])


def next_version(engine: Engine, people: Mapping[str, int]) -> None:
    """What the department does otherwise is locked, gone, or bounded anew."""
    sophie, marc = people["sophie"], people["marc"]
    draft = engine.execute(OpenMethodDraft("projet_transversal"), sophie).draft
    for each in (
        {"do": "remove_step", "element": "A5"},
        {"do": "step", "element": "C2", "lock": "locked", "tailor.hide": "", "tailor.condition": ""},
        {"do": "gate", "element": "G2", "quorum": "0.75"},
        {"do": "step", "element": "C3", "due": "P18D"},
    ):
        amended(engine, draft, sophie, each)
    found = engine.read(MethodDraftFiles(draft), sophie)
    engine.execute(SaveMethodDraft(draft, numbered(found.files, "2.0.0"), found.revision), sophie)
    engine.execute(AskReviewOf(draft), sophie)
    engine.execute(ReviewMethodDraft(draft), marc)
    # its scenarios pass through a step that is gone
    engine.execute(PublishMethodDraft(draft, ("scenario-fails",)), sophie)


def amended(engine: Engine, draft: int, by: int, edit: Mapping[str, str]) -> None:
    engine.execute(AmendMethodDraft(draft, edit), by)
