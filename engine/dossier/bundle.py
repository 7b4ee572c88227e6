"""The dossier's zip: fixed order, fixed dates, nothing compressed, so that the same record gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from typing import Any

from engine.dossier import DECISION, FILES, FORMAT, HISTORY, MANIFEST, PAPER
from engine.dossier.paper import paper
from engine.words import Language

#: the first day that a zip can name
EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle(
    record: Mapping[str, Any], history: Mapping[str, Any], files: Mapping[str, bytes], language: Language
) -> bytes:
    """The zip. `record` and `history`: as engine/queries/gate_dossier.py gathers them; `files`: by their path in it."""
    parts = {
        PAPER: paper(record, history, language),
        DECISION: as_json(record),
        HISTORY: as_json(history),
        **files,
    }
    manifest = {
        "format": FORMAT,
        "decision": record["decision"]["number"],
        "language": language,
        "chain": history["head"],
        "files": [
            {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in sorted(parts.items())
        ],
    }
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_STORED) as archive:
        for path, content in sorted({**parts, MANIFEST: as_json(manifest)}.items()):
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return page.getvalue()


def as_json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def path_of(number: int, name: str) -> str:
    """Where a file lies in the zip: its number keeps namesakes apart, its name is one that every system can write."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[-80:] or "file"
    return f"{FILES}{number}-{safe}"
