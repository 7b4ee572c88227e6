"""Who is who, and one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import (
    ChangePassword,
    EndMandate,
    GrantMandate,
    Invalid,
    JalonError,
    Mandates,
    MandatesPage,
    Me,
    MethodPageOf,
    Methods,
    People,
    PeoplePage,
    PersonLine,
    ServiceLine,
    WrongPassword,
)
from web.acting import execute, read, the_engine
from web.exports import EITHER, export
from web.language import _, language, text
from web.session import current, signed_in

pages = Blueprint("people", __name__)


@dataclass(frozen=True, slots=True)
class Group:
    """A service, how deep it stands in the tree, and who works there. `service` None: nobody's."""

    service: ServiceLine | None
    depth: int
    people: tuple[PersonLine, ...]


@pages.get("/personnes")
def index() -> ResponseReturnValue:
    page = read(People())
    search = request.args.get("recherche", "").strip()
    kept = [each for each in page.people if search.casefold() in each.actor.name.casefold()]
    return render_template(
        "people/index.html", page=page, groups=groups(page, kept), search=search, kept=kept, held=held
    )


@pages.get(f"/personnes.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    page = read(People())
    names = {each.code: text(each.name) for each in page.services}
    columns = (_("Nom"), _("Identifiant"), _("Service"), _("Rôles"))
    rows = ((each.actor.name, each.login, names.get(each.actor.service, ""), roles_of(each)) for each in page.people)
    return export(_("personnes"), columns, rows, file)


def roles_of(person: PersonLine) -> str:
    return "; ".join(f"{', '.join(roles)} ({text(service.name)})" for service, roles in held(person))


def held(person: PersonLine) -> list[tuple[ServiceLine, list[str]]]:
    """The roles that a person holds, by service, each as the published methods name it."""
    names = role_names()
    found: dict[str, tuple[ServiceLine, list[str]]] = {}
    for role, service in person.roles:
        found.setdefault(service.code, (service, []))[1].append(names.get(role, role))
    return list(found.values())


def role_names() -> dict[str, str]:
    """The names that the published methods give to their roles, read once a request."""
    if "role_names" not in g:
        methods = [read(MethodPageOf(line.id)).method for line in read(Methods()).methods]
        g.role_names = {role.id: text(role.name) for method in methods for role in method.roles}
    return cast("dict[str, str]", g.role_names)


def groups(page: PeoplePage, people: list[PersonLine]) -> list[Group]:
    """The services in the order of their tree, each with its people; those that have nobody only where they are
    above one that has."""
    children: dict[str, list[ServiceLine]] = {}
    for service in page.services:
        children.setdefault(service.parent, []).append(service)
    known = {service.code for service in page.services}
    found = [group for service in children.get("", []) for group in below(service, 0, children, people)]
    others = tuple(each for each in people if each.actor.service not in known)
    return found + ([Group(None, 0, others)] if others else [])


def below(
    service: ServiceLine, depth: int, children: dict[str, list[ServiceLine]], people: list[PersonLine]
) -> list[Group]:
    own = tuple(each for each in people if each.actor.service == service.code)
    under = [group for child in children.get(service.code, []) for group in below(child, depth + 1, children, people)]
    return [Group(service, depth, own), *under] if own or under else []


# --- one's own account -------------------------------------------------------------------------------------


@pages.get("/compte")
def account() -> ResponseReturnValue:
    return show_account()


def show_account(wrong: dict[str, str] | None = None, status: int = 200, kept: str = "") -> ResponseReturnValue:
    """`wrong`: what to say beside each field. The engine refuses where nobody is signed in."""
    page = read(Me())
    mandates = read(Mandates()) if "people" in page.can else None
    shown = render_template(
        "people/account.html", account=page, wrong=wrong or {}, mandates=mandates, form_kept=kept,
        typed=request.form if kept else {}, offered=offered(mandates) if mandates else {},
    )  # fmt: skip
    return shown, status


def offered(page: MandatesPage) -> dict[str, list[tuple[str, str]]]:
    """What a new mandate chooses from: (value, words)."""
    return {
        "people": [(str(each.id), each.name) for each in page.people],
        "roles": [(each.value, text(each.label)) for each in page.roles],
        "projects": [(each.value, text(each.label)) for each in page.projects],
    }


@pages.post("/compte/suppleances")
def grant_mandate() -> ResponseReturnValue:
    given = request.form
    deputy, project = given.get("deputy", ""), given.get("project", "")
    if not deputy.isdecimal():
        return show_account({"deputy": _("Choisissez la personne qui vous supplée.")}, 422, "mandate")
    try:
        until, since = day(given.get("until", "")), day(given.get("since", ""))
    except ValueError:
        return show_account({"until": _("Écrivez une date, par exemple 2026-12-31.")}, 422, "mandate")
    if until is None:
        return show_account({"until": _("Dites jusqu’à quel jour la suppléance dure.")}, 422, "mandate")
    try:
        execute(
            GrantMandate(
                int(deputy), until, since, given.get("role", ""), int(project) if project.isdecimal() else None,
                given.get("reason", "").strip(),
            )
        )  # fmt: skip
    except Invalid as refusal:
        return show_account({"deputy": said(refusal)}, 422, "mandate")
    flash(_("Votre suppléant est nommé : il voit vos tâches et peut agir en votre nom."), "done")
    return redirect(url_for(".account", _anchor="mandates"), 303)


def day(typed: str) -> date | None:
    """Raises `ValueError` for what is no date."""
    return date.fromisoformat(typed.strip()) if typed.strip() else None


@pages.post("/compte/suppleances/<int:mandate>/fin")
def end_mandate(mandate: int) -> ResponseReturnValue:
    execute(EndMandate(mandate))
    flash(_("La suppléance est terminée."), "done")
    return redirect(url_for(".account", _anchor="mandates"), 303)


@pages.post("/compte/mot-de-passe")
def change_password() -> ResponseReturnValue:
    """A new password ends every other session of the person (OWASP ASVS 5, 7.4.3)."""
    old, new, again = (request.form.get(name, "") for name in ("old", "new", "again"))
    if new != again:
        return show_account(
            {"again": _("Les deux saisies du nouveau mot de passe diffèrent. Saisissez-le à nouveau.")}, 422
        )
    try:
        execute(ChangePassword(old, new))
    except (Invalid, WrongPassword) as refusal:
        return show_account({field_of(refusal): said(refusal)}, 422)
    actor = signed_in()
    if actor is not None:
        the_engine().sessions.close_all_of(actor)
        current().become(actor)
    flash(_("Votre mot de passe est changé. Vos autres sessions ont été fermées."), "done")
    return redirect(url_for(".account"), 303)


def field_of(refusal: JalonError) -> str:
    return "old" if isinstance(refusal, WrongPassword) else "new"


def said(refusal: JalonError) -> str:
    if isinstance(refusal, WrongPassword):
        return _("Ce n’est pas votre mot de passe actuel. Saisissez-le à nouveau.")
    return refusal.text(language())
