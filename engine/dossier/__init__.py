"""The dossier of a decided gate: one zip that proves itself without Jalon's database.

    dossier.pdf      what was decided, for people: tagged PDF/UA, made from decision.json alone
    decision.json    the same for machines: vote with its opinions, rule, quorum, criteria, reserves, deliverables
    history.json     what happened in the project, event by event, each chained to the one before by its digest
    files/           the files of the phase
    manifest.json    SHA-256 of each of these, and the head of the chain

The same decision gives the same bytes, today or in ten years. `prove` says what was altered, missing or added.
"""

FORMAT = "jalon-dossier/1"
DECISION, HISTORY, MANIFEST, PAPER, FILES = "decision.json", "history.json", "manifest.json", "dossier.pdf", "files/"
