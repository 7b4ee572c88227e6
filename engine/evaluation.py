"""What is said of a project six months after it was closed."""

from __future__ import annotations

from engine.words import Text

#: do the indicators still hold?
HELD: dict[str, Text] = {
    "yes": Text("les indicateurs tiennent", "the indicators hold"),
    "partly": Text("ils tiennent en partie", "they hold in part"),
    "no": Text("ils ne tiennent plus", "they no longer hold"),
}
