"""`python -m web.language update`: extract, update the English catalog, compile it. `compile`: only the last."""

from __future__ import annotations

import sys

from web.language import catalog


def main(words: list[str]) -> int:
    if words == ["update"]:
        missing = catalog.untranslated(catalog.update())
        catalog.compile_catalog()
        for message in missing:
            print(f"without English: {message}")
        return 1 if missing else 0
    if words == ["compile"]:
        catalog.compile_catalog()
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
