"""How the fixed values of a method and of a gate are said: one table a kind of value, in both languages."""

from __future__ import annotations

from engine import OUTCOMES as OUTCOMES
from engine import Text
from engine import duration as duration  # said as the engine says it

OPINIONS = {
    "favourable": Text("favorable", "favourable"),
    "unfavourable": Text("défavorable", "unfavourable"),
    "abstention": Text("abstention", "abstention"),
}
RESULTS = {
    "favourable": Text("avis favorable", "favourable opinion"),
    "unfavourable": Text("avis défavorable", "unfavourable opinion"),
    "tie": Text("partage des voix", "tied vote"),
}
CRITERIA = {
    "": Text("pas encore examiné", "not examined yet"),
    "met": Text("rempli", "met"),
    "unmet": Text("non rempli", "not met"),
    "not_applicable": Text("sans objet", "not applicable"),
}
STEPS = {
    "done": Text("terminée", "done"),
    "current": Text("en cours", "under way"),
    "waiting": Text("en attente", "waiting"),
    "upcoming": Text("à venir", "to come"),
    "skipped": Text("non parcourue", "not taken"),
}
DEVIATIONS = {
    "waiting": Text("demandée", "requested"),
    "live": Text("en vigueur", "in force"),
    "past": Text("échue", "expired"),
    "refused": Text("refusée", "refused"),
    "over": Text("sans objet désormais", "no longer in use"),
}
TURNS = {
    "missed": Text("à rattraper avant la prochaine porte", "to be caught up with before the next gate"),
    "current": Text("en cours", "under way"),
    "ahead": Text("viendra ensuite", "comes later"),
    "gone": Text("ne viendra plus", "does not come any more"),
    "passed": Text("dépassé, facultatif", "passed, optional"),
    "done": Text("déjà fait", "done already"),
}
RULES = {
    "chair": Text("le président décide seul", "the chair decides alone"),
    "majority_chair_casting": Text(
        "majorité des bulletins favorables et défavorables ; en cas de partage, la voix du président l’emporte",
        "majority of the ballots for and against; the chair’s vote prevails when they are even",
    ),
    "two_thirds": Text(
        "deux tiers des bulletins favorables et défavorables", "two thirds of the ballots for and against"
    ),
    "unanimity": Text("unanimité des bulletins favorables et défavorables", "all the ballots for and against"),
}
LOCKS = {
    "locked": Text("verrouillée : aucun service ne peut la retirer", "locked: no department can remove it"),
    "optional": Text("facultative : un service peut la masquer", "optional: a department may hide it"),
    "conditional": Text(
        "selon le projet : une condition la demande", "depending on the project: a condition asks for it"
    ),
}
EACH = {
    "service": Text("une par service impacté", "one for each impacted department"),
    "partner": Text("une par partenaire", "one for each partner"),
    "batch": Text("une par lot", "one for each batch"),
}
FIELDS = {
    "string": Text("texte court", "short text"),
    "textarea": Text("texte", "text"),
    "number": Text("nombre", "number"),
    "money": Text("montant", "amount"),
    "date": Text("date", "date"),
    "boolean": Text("oui ou non", "yes or no"),
    "enum": Text("un choix", "one choice"),
    "multiselect": Text("plusieurs choix", "several choices"),
    "user": Text("une personne", "a person"),
    "users": Text("des personnes", "people"),
    "file": Text("fichier", "file"),
    "table": Text("tableau", "table"),
    "checklist": Text("liste de contrôle", "checklist"),
}
PROOFS = {
    "person": Text("une personne l’atteste", "a person vouches for it"),
    "record": Text("Jalon le constate", "Jalon establishes it"),
    "admin": Text("l’administrateur l’atteste", "the administrator vouches for it"),
}
HOLDERS = {
    "project": Text("désigné dans le projet", "named in the project"),
    "service": Text("tenu dans le service", "held in the department"),
    "anyone": Text("tout agent", "any employee"),
    "guest": Text("compte invité", "guest account"),
}
ENDS = {
    "closed": Text("projet clôturé", "project closed"),
    "stopped": Text("projet arrêté", "project stopped"),
    "dismissed": Text("projet classé sans suite", "project dismissed"),
}
