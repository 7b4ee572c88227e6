"""Who may do what: to a task, and to who holds a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.method import Method
from engine.people.holding import Held
from engine.words import Text


@dataclass(frozen=True)
class Standing:
    """What `can` looks at: one actor before one task of one project."""

    lead: bool  #: holds the lead's role in it
    sponsor: bool
    assignee: bool
    seated: bool  #: the task's seat is theirs
    taken: bool  #: somebody is its assignee
    open: bool
    barred: bool = False  #: by a separation of duties
    frozen: bool = False  #: its gate has been decided since
    answered: bool = False  #: they are the one who completed it
    chair: bool = False
    voter: bool = False
    running: bool = True  #: the project is neither held nor ended


def can(verb: str, who: Standing) -> bool:
    """May one so placed do `verb` to the task? The only table of permissions on a task."""
    match verb:
        case "claim":
            return (
                who.running
                and who.open
                and not who.taken
                and (who.seated or who.lead or who.sponsor)
                and not who.barred
            )
        case "release":
            return who.running and who.open and who.taken and (who.assignee or who.lead or who.sponsor)
        case "draft" | "complete" | "refuse" | "attach":
            return who.running and who.open and not who.barred and (who.assignee or (who.seated and not who.taken))
        case "hand_over" | "more_time":
            return who.running and who.open and (who.assignee or (who.seated and not who.taken))
        case "assign" | "grant_time":
            return who.running and who.open and (who.lead or who.sponsor)
        case "correct":
            return who.running and not who.open and not who.frozen and (who.answered or who.lead)
        case "request":
            return who.running and who.open and (who.assignee or who.seated or who.lead or who.sponsor)
        case "assess":
            return who.running and who.open and (who.lead or who.chair)
        case "vote" | "declare_interest":
            return who.running and who.open and who.voter and not who.lead
        case "close_vote" | "decide" | "call_session":
            return who.running and who.open and who.chair and not who.lead
        case "settle":
            return who.running and who.open and who.sponsor and not who.lead
        case "comment":
            return True
    raise ValueError(verb)


def roles_to_appoint(method: Method, held: Mapping[str, Held], actor: int) -> frozenset[str]:
    """The roles whose holders `actor` may name in a project: the sponsor all, the lead those that decide nothing."""

    def holds(role: str) -> bool:
        return any(each.actor == actor for each in held[role].holders)

    if holds(method.sponsor):
        return frozenset(method.role)
    deciding = {method.lead, method.sponsor}.union(*({gate.chair, *gate.voters} for gate in method.gate.values()))
    return frozenset(method.role) - deciding if holds(method.lead) else frozenset()


def steers(actor: int, method: Method, held: Mapping[str, Held]) -> bool:
    """Does `actor` hold the lead's role, or the sponsor's?"""
    return any(each.actor == actor for role in (method.lead, method.sponsor) for each in held[role].holders)


#: who may, in words, for the refusal
WHO = {
    "claim": Text("une personne qui tient le rôle de cette tâche", "someone who holds the role of this task"),
    "release": Text("la personne qui l’a prise, ou le chef de projet", "the person who took it, or the project lead"),
    "draft": Text("la personne à qui la tâche est confiée", "the person to whom the task is entrusted"),
    "assign": Text("le chef de projet ou le commanditaire", "the project lead or the sponsor"),
    "correct": Text("la personne qui a répondu, ou le chef de projet", "the person who answered, or the project lead"),
    "request": Text(
        "la personne à qui l’avis est demandé, le chef de projet ou le commanditaire",
        "the person whose opinion is asked, the project lead or the sponsor",
    ),
    "assess": Text("le chef de projet ou le président de la porte", "the project lead or the gate’s chair"),
    "vote": Text("les votants de la porte, jamais le chef de projet", "the gate’s voters, never the project lead"),
    "decide": Text("le président de la porte", "the gate’s chair"),
    "settle": Text(
        "le commanditaire, puisque la phase a été reprise autant de fois que la méthode l’admet",
        "the sponsor, as the phase has been reworked as often as the method allows",
    ),
    "hold": Text("le commanditaire ou le chef de projet", "the sponsor or the project lead"),
    "sponsor": Text("le commanditaire", "the sponsor"),
    "publish": Text("le responsable de méthode", "the method owner"),
    "administer": Text("l’administrateur", "the administrator"),
    "approve": Text(
        "le commanditaire ou le président de la porte, jamais qui l’a demandé",
        "the sponsor or the gate’s chair, never who asked",
    ),
}
WHO |= {
    "complete": WHO["draft"], "refuse": WHO["draft"], "attach": WHO["draft"], "hand_over": WHO["draft"],
    "more_time": WHO["draft"], "grant_time": WHO["assign"], "declare_interest": WHO["vote"],
    "close_vote": WHO["decide"], "call_session": WHO["decide"],
}  # fmt: skip

#: what was attempted, in words
VERBS = {
    "claim": Text("prendre « {task} »", "claim “{task}”"),
    "release": Text("rendre « {task} »", "release “{task}”"),
    "draft": Text("enregistrer un brouillon de « {task} »", "save a draft of “{task}”"),
    "complete": Text("terminer « {task} »", "complete “{task}”"),
    "refuse": Text("refuser « {task} »", "refuse “{task}”"),
    "attach": Text("joindre un fichier à « {task} »", "attach a file to “{task}”"),
    "hand_over": Text("transmettre « {task} »", "hand over “{task}”"),
    "more_time": Text("demander un délai pour « {task} »", "ask more time for “{task}”"),
    "assign": Text("confier « {task} » à quelqu’un", "assign “{task}” to someone"),
    "grant_time": Text("accorder un délai pour « {task} »", "grant more time for “{task}”"),
    "request": Text("suspendre le délai de « {task} »", "suspend the clock of “{task}”"),
    "correct": Text("corriger la réponse à « {task} »", "correct the answer to “{task}”"),
    "assess": Text("renseigner les critères de « {task} »", "assess the criteria of “{task}”"),
    "vote": Text("voter à « {task} »", "vote at “{task}”"),
    "declare_interest": Text("déclarer un intérêt à « {task} »", "declare an interest at “{task}”"),
    "close_vote": Text("clore le vote de « {task} »", "close the vote of “{task}”"),
    "call_session": Text("convoquer une seconde séance de « {task} »", "call a second session of “{task}”"),
    "decide": Text("décider à « {task} »", "decide at “{task}”"),
    "settle": Text("décider à « {task} »", "decide at “{task}”"),
    "set_aside": Text("demander que « {task} » soit sans objet", "ask that “{task}” be not applicable"),
    "approve": Text("répondre à la demande sur « {task} »", "answer the request on “{task}”"),
    "attest": Text("attester « {task} »", "vouch for “{task}”"),
}
