"""What a change of the outline did, said to who asked it, and where it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import Method, MethodOutline
from web import wording
from web.forms import line
from web.language import _, text

ADDS = ("add_step", "add_phase", "add_gate")


def elements(seen: MethodOutline) -> dict[str, Mapping[str, Any]]:
    method = seen.method
    if method is None:
        return {}
    phases = {each.id: each for each in method.phases}
    return {"task": method.tasks, "gate": method.gate, "phase": phases, "method": {method.id: method}}


def named_from(asked: Mapping[str, str]) -> bool:
    """Is the outline from before needed, to say what was done?"""
    do = asked.get("do", "")
    taken = do.startswith("remove_") or (do == "criterion" and not line(asked.get("fr", "")))
    return taken or do in ADDS


def added(before: MethodOutline, after: MethodOutline) -> str:
    """The id of what the list has more than before: of a phase with its step and its gate, the phase."""
    known = {each for found in elements(before).values() for each in found}
    more = [each for kind in ("phase", "task", "gate") for each in elements(after).get(kind, ()) if each not in known]
    return more[0] if more else ""


def done(asked: Mapping[str, str], form: str, before: MethodOutline | None) -> str:
    do, new = asked.get("do", ""), line(asked.get("fr", ""))
    if do == "adopt":
        return _("Ce dessin est une méthode : complétez-la ici, ou dans le dessin.")
    if do == "undo":
        return _("Le dernier changement est annulé. Pour le retrouver, annulez encore.")
    if do == "add_outcome" or do == "remove_outcome":
        outcome = text(wording.OUTCOMES[asked["outcome"]])
        if do == "add_outcome":
            return _("L’issue « %(name)s » est proposée.", name=outcome)
        return _("L’issue « %(name)s » n’est plus proposée.", name=outcome)
    if before is not None and before.method is not None:
        return changed(asked, before.method)
    if form.endswith("-new"):
        return _("« %(name)s » est dans le brouillon.", name=new)
    return _("C’est dans le brouillon.")


def changed(asked: Mapping[str, str], method: Method) -> str:
    """Something was added or taken out, of which `method` is from before."""
    do, about, new = asked["do"], asked.get("element", ""), line(asked.get("fr", ""))
    name = text(method.name_of(about))
    match do:
        case "add_step":
            return _("L’étape « %(name)s » est ajoutée.", name=new)
        case "add_phase":
            return _("La phase « %(name)s » est ajoutée.", name=new)
        case "add_gate":
            return _("Une porte est ajoutée au bout de « %(name)s ».", name=name)
        case "remove_step":
            return _("L’étape « %(name)s » est retirée.", name=name)
        case "remove_phase":
            return _("La phase « %(name)s » est retirée.", name=name)
        case "remove_gate":
            return _("La porte « %(name)s » est retirée.", name=name)
        case "remove_role":
            return _("Le rôle « %(name)s » est retiré.", name=text(method.role[asked["role"]].name))
        case "remove_field":
            field = method.tasks[about].field(asked["field"]) if about in method.tasks else None
            return _("La question « %(name)s » est retirée.", name=text(field.label) if field else asked["field"])
    criteria = method.gate[about].criteria if about in method.gate else ()
    gone = [text(each.text) for each in criteria if each.key == asked.get("criterion")]
    return _("Le critère « %(name)s » est retiré.", name=", ".join(gone))
