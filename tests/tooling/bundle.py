"""The shipped bundle against its manifest, without Node: `python tests/tooling/bundle.py`, or from the test."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "web/static/vendor"
MANIFEST = "manifest.json"


def faults(folder: Path = VENDOR) -> list[str]:
    """A sentence for each file that is missing, changed, or not in the manifest."""
    expected: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    said = [
        f"{name} is not in the manifest: build it with `make js`, or delete it."
        for name in sorted(found - set(expected))
    ]
    for name, digest in sorted(expected.items()):
        if name not in found:
            said.append(f"{name} is in the manifest but not in the folder: run `make js`.")
        elif hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            said.append(f"{name} is not the file that was built: run `make js`.")
    return said


if __name__ == "__main__":
    sentences = faults()
    print("\n".join(sentences) or f"{VENDOR.name}: every file is the one in the manifest.")
    sys.exit(bool(sentences))
