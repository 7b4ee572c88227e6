"""The organisation of these tests: eight departments, thirteen people, who holds which role where."""

from __future__ import annotations

from typing import Any

PASSWORD = "quatre mots sans lien"

#: login: (name, {role: service})
PEOPLE: dict[str, tuple[str, dict[str, str]]] = {
    "claire": ("Claire", {}),  # leads the projects: the tests appoint her
    "denis": ("Denis", {"COM": "ORG", "COPIL": "ORG", "PO": "ORG", "RESP": "ORG", "PSC": "ORG"}),
    "alice": ("Alice", {"COPIL": "ORG", "PCT": "ORG"}),
    "bruno": ("Bruno", {"COPIL": "ORG", "PQA": "ORG"}),
    "chloe": ("Chloé", {"COPIL": "ORG"}),
    "emile": ("Émile", {"EXP": "ORG", "FIN": "ORG", "COMINT": "ORG"}),
    "fatou": ("Fatou", {"EXP": "ORG", "QUAL": "ORG", "GP": "ORG", "PROP": "ORG", "COTECH": "ORG", "BM": "ORG"}),
    "gael": ("Gaël", {"RS": "ORG"}),
    "hana": ("Hana", {"RS": "DRH"}),
    "jeanne": ("Jeanne", {"ADM": "ORG", "RM": "ORG"}),
    "karim": ("Karim", {}),  # takes part in nothing
    "igor": ("Igor", {}),  # a guest
    "lea": ("Léa", {"EXP": "ORG"}),  # has left
}
SERVICES = ["DAF", "DRH", "DSI", "DIR1", "DIR2", "DIR3", "DIR4", "DIR5"]

ORGANISATION: dict[str, Any] = {
    "services": [
        {"code": "ORG", "fr": "Organisme", "en": "Organisation"},
        *({"code": code, "fr": f"Service {code}", "en": f"{code} department", "parent": "ORG"} for code in SERVICES),
    ],
    "objectives": [{"code": "O1", "fr": "Mieux accueillir", "en": "Welcome better"}],
    "strands": [{"code": "V1", "fr": "Volet", "en": "Strand"}],
    "themes": [{"code": "energie", "fr": "Énergie", "en": "Energy"}],
    "people": [
        {
            "login": login,
            "name": name,
            "service": "ORG",
            "password": PASSWORD if login in ("claire", "lea") else "",
            "kind": "guest" if login == "igor" else "internal",
            "active": login != "lea",
            "roles": [{"role": role, "service": service} for role, service in roles.items()],
        }
        for login, (name, roles) in PEOPLE.items()
    ],
}
