"""How a file is written: as it was read, its encoding and namespaces have become those of today."""

from __future__ import annotations

from engine.normalise.rewrite import Rewrite


def writing(rewrite: Rewrite) -> None:
    for diagram in rewrite.diagrams:
        for each in diagram.renewed:
            rewrite.did(f"{each.what}-renewed", diagram.root, old=each.old, new=each.new)
        diagram.renewed = ()
