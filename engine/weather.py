"""How a project goes, as its lead says: four kinds of weather."""

from __future__ import annotations

from engine.words import Text

#: from the best to the worst
WEATHERS: dict[str, Text] = {
    "sunny": Text("beau temps", "sunny"),
    "cloudy": Text("nuageux", "cloudy"),
    "rainy": Text("pluvieux", "rainy"),
    "stormy": Text("orageux", "stormy"),
}
