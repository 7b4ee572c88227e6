"""What an import changed in what was drawn (`engine.normalise.repair`): each is said to the method's owner, in notes.

And what compilation changed in the form only (`engine.normalise.compiled`), for who asks (`--explain`).
"""

from __future__ import annotations

from engine.rules.rule import Rule
from engine.words import Text

REPAIRS: dict[str, Text] = {
    "encoding-renewed": Text(
        "Le fichier n’était pas écrit en {new}, mais en {old} : il l’est désormais. Regardez les accents.",
        "The file was not written in {new} but in {old}: it is now. Look at the accents.",
    ),
    "namespace-renewed": Text(
        "L’espace de noms « {old} » s’écrit aujourd’hui « {new} ».",
        "The namespace “{old}” is written “{new}” today.",
    ),
    "error-interrupts": Text(
        "« {name} » attend une erreur, qui interrompt toujours : il était dessiné sans interruption, il ne l’est plus.",
        "“{name}” waits for an error, which always interrupts: it was drawn without interrupting, and no longer is.",
    ),
    "id-given": Text(
        "<{tag}> n’avait pas d’identifiant : il a reçu « {id} ».", "<{tag}> had no id: it has been given “{id}”."
    ),
    "id-renamed": Text(
        "« {old} » servait déjà d’identifiant ailleurs : celui-ci est devenu « {new} ».",
        "“{old}” was used as an id elsewhere already: this one has become “{new}”.",
    ),
    "flow-brought-back": Text(
        "Ce flux était écrit hors de « {scope} », où sont ses deux bouts : il y est revenu.",
        "This flow was written outside “{scope}”, where both its ends are: it has been brought back.",
    ),
    "reference-defined": Text(
        "« {said} » n’était défini nulle part ({tag}) : il l’est, par ce nom.",
        "“{said}” was defined nowhere ({tag}): it is now, by that name.",
    ),
    "reference-shortened": Text(
        "« {said} » a perdu son préfixe : « {local} ».", "“{said}” has lost its prefix: “{local}”."
    ),
    "empty-sub-process": Text(
        "Rien n’est dessiné dans le sous-processus « {name} » : il devient une tâche, que quelqu’un accomplit.",
        "Nothing is drawn in the sub-process “{name}”: it becomes a task, which someone carries out.",
    ),
    "task-for-a-person": Text(
        "« {name} » (<{tag}>) devient une tâche utilisateur : quelqu’un l’accomplit.",
        "“{name}” (<{tag}>) becomes a user task: someone carries it out.",
    ),
    "empty-condition": Text("La condition de ce flux était vide : elle est retirée.",
                            "The condition of this flow was empty: it is removed."),
    "condition-without-effect": Text(
        "La condition « {condition} » ne décidait rien, là où tous les flux sont pris : elle est retirée.",
        "The condition “{condition}” decided nothing, where all flows are taken: it is removed.",
    ),
    "default-elsewhere": Text(
        "Le flux par défaut « {default} » ne part pas d’ici : il est oublié.",
        "The default flow “{default}” does not leave here: it is forgotten.",
    ),
    "default-found": Text(
        "Le seul flux sans condition de « {name} » devient son flux par défaut.",
        "The only flow of “{name}” without a condition becomes its default.",
    ),
    "loop-done-once": Text(
        "La boucle ne disait ni combien de fois, ni jusqu’à quand : l’activité est faite une fois.",
        "The loop said neither how often nor until when: the activity is done once.",
    ),
    "instances-become-one": Text(
        "Rien ne disait combien d’exemplaires, ni pour quoi : il y en a un.",
        "Nothing said how many instances, or for what: there is one.",
    ),
    "moment-written-out": Text("« {old} » s’écrit {new}.", "“{old}” is written {new}."),
    "expression-translated": Text("« {old} » se dit en FEEL : « {new} ».", "“{old}” is said in FEEL: “{new}”."),
}  # fmt: skip

FORMS: dict[str, Text] = {
    "events-parted": Text(
        "« {name} » attend {count} choses toutes ensemble : il s’exécute comme autant d’événements en parallèle.",
        "“{name}” waits for {count} things together: it is run as that many events in parallel.",
    ),
    "link-joined": Text(
        "Le lien « {name} » s’exécute comme un flux vers l’événement de même nom.",
        "The link “{name}” is run as a flow to the event of the same name.",
    ),
    "instances-read": Text(
        "Il y a un exemplaire pour chaque élément de « {collection} », que « {item} » nomme.",
        "There is one instance for each item of “{collection}”, which “{item}” names.",
    ),
}  # fmt: skip

#: repairs that cannot change what was meant
SAME = frozenset({"namespace-renewed", "id-given", "reference-shortened", "empty-condition"})
_LOOK = Text("Vérifiez que c’est bien ce que vous vouliez dire.", "Make sure that this is what you meant.")
_FORM = Text("Rien à faire : le sens est le même.", "Nothing to do: the meaning is the same.")
RULES: dict[str, Rule] = {
    **{id: Rule("note", said, _FORM if id in SAME else _LOOK) for id, said in REPAIRS.items()},
    **{id: Rule("note", said, _FORM) for id, said in FORMS.items()},
}
