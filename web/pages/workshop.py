"""The method owner's workshop: drafts of methods, drawn in the browser or brought as files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, jsonify, make_response, redirect, request, url_for
from flask import render_template as render
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from engine import (
    Conflict,
    DraftExpression,
    DraftFindings,
    DropMethodDraft,
    Invalid,
    JalonError,
    MethodDraftFiles,
    MethodDraftLine,
    MethodDraftOf,
    MethodDrafts,
    OpenMethodDraft,
    SaveMethodDraft,
    SignInNeeded,
    TooLarge,
    Unavailable,
    finding_as_json,
    is_form,
)
from web.acting import execute, read, who
from web.exports import EITHER, export
from web.forms import line
from web.language import _, language, text
from web.pages.files import attached
from web.security import allow_fonts

pages = Blueprint("workshop", __name__)

HERE = "/atelier/<int:draft>"
PUBLICATION = f"{HERE}/publier"


@pages.get("/atelier")
def index() -> ResponseReturnValue:
    return listed()


def listed(refused: str = "", form: str = "", status: int = 200) -> ResponseReturnValue:
    """`form`: which of the three ways to begin was refused."""
    page = read(MethodDrafts())
    shown = render("workshop/index.html", page=page, state_of=state_of, refused=refused, form_kept=form)
    return shown, status


@pages.get(f"/atelier.<{EITHER}>")
def exported(file: str) -> ResponseReturnValue:
    columns = (_("Méthode"), _("Version"), _("État"), _("Part de"), _("Modifié par"), _("Modifié le"))
    rows = (
        (each.name, each.version, state_of(each), each.base_version,
         each.edited_by.name if each.edited_by else "Jalon", each.edited_at)
        for each in read(MethodDrafts()).drafts
    )  # fmt: skip
    return export(_("atelier"), columns, rows, file)


@pages.post("/atelier")
def begin() -> ResponseReturnValue:
    given = request.form
    way = given.get("way", "")
    try:
        match way:
            case "release":
                command = OpenMethodDraft(method=line(given.get("method", "")))
            case "files":
                command = OpenMethodDraft(files=uploads())
            case _:
                command = OpenMethodDraft(
                    name=line(given.get("name", "")), name_en=line(given.get("name_en", "")),
                    phases=given.get("phases", 3, type=int), last_gate=given.get("last_gate", "yes") == "yes",
                )  # fmt: skip
        opened = execute(command)
    except (Invalid, Conflict, TooLarge, Unavailable) as refusal:
        return listed(refusal.text(language()), way, refusal.status)
    told_of(opened.ignored)
    flash(_("Le brouillon est ouvert."), "done")
    return redirect(url_for("workshop.page", draft=opened.draft), 303)


@pages.get(HERE)
def page(draft: int) -> ResponseReturnValue:
    return shown(draft)


def shown(draft: int, refused: str = "", status: int = 200) -> ResponseReturnValue:
    seen = read(MethodDraftOf(draft))
    publication = any(rule.rule == PUBLICATION for rule in current_app.url_map.iter_rules())
    return render(
        "workshop/page.html", page=seen, state_of=state_of, kinds=kinds(), refused=refused, publication=publication,
        forms=[name for name in seen.files if is_form(name)],
    ), status  # fmt: skip


@pages.post(f"{HERE}/apporter")
def bring(draft: int) -> ResponseReturnValue:
    """Files in the place of those of the same name; a zip that was exported says from which revision it was changed."""
    sent, revision = uploads(), request.form.get("revision", 0, type=int)
    try:
        saved = execute(SaveMethodDraft(draft, sent, revision, beside=True))
    except (Invalid, Conflict, TooLarge, Unavailable) as refusal:
        return shown(draft, refusal.text(language()), refusal.status)
    told_of(saved.ignored)
    if saved.merged:
        flash(
            _("Changés depuis ce téléchargement, et laissés ainsi : %(files)s", files=", ".join(saved.merged)),
            "warning",
        )
    if saved.stayed and any(name.lower().endswith(".zip") for name in sent):
        flash(
            _("Absents de l’archive, et toujours dans le brouillon : %(files)s", files=", ".join(saved.stayed)),
            "warning",
        )
    flash(_("Les fichiers sont dans le brouillon."), "done")
    back = "scenarios.page" if request.form.get("back") == "scenarios" else "workshop.page"
    return redirect(url_for(back, draft=draft), 303)


@pages.post(f"{HERE}/abandonner")
def drop(draft: int) -> ResponseReturnValue:
    execute(DropMethodDraft(draft))
    flash(_("Le brouillon est abandonné ; ses fichiers restent à télécharger."), "done")
    return redirect(url_for("workshop.index"), 303)


@pages.get(f"{HERE}/methode.zip")
def archive(draft: int) -> ResponseReturnValue:
    found = read(MethodDraftFiles(draft, for_camunda_8="camunda-8" in request.args))
    return attached(f"{found.name}.zip", found.content, "application/zip")


@pages.get(f"{HERE}/fichiers/<name>")
def one_file(draft: int, name: str) -> ResponseReturnValue:
    content = read(MethodDraftFiles(draft)).files.get(name)
    if content is None:
        abort(404)
    kinds = {".yaml": "application/yaml", ".form": "application/json"}
    return attached(name, content, kinds.get(name[name.rfind(".") :].lower(), "application/xml"))


@pages.post(f"{HERE}/fichiers/<name>/retirer")
def remove_file(draft: int, name: str) -> ResponseReturnValue:
    """What it drew is gone from the draft; what still calls it is told by the review."""
    files = read(MethodDraftFiles(draft)).files
    if name not in files:
        abort(404)
    left = {each: content for each, content in files.items() if each != name}
    try:
        execute(SaveMethodDraft(draft, left, request.form.get("revision", 0, type=int)))
    except (Invalid, Conflict) as refusal:
        return shown(draft, refusal.text(language()), refusal.status)
    flash(_("« %(file)s » n’est plus dans le brouillon.", file=name), "done")
    return redirect(url_for("workshop.page", draft=draft), 303)


# --- the modeler -------------------------------------------------------------------------------------------


@pages.get(f"{HERE}/dessiner")
def draw(draft: int) -> ResponseReturnValue:
    seen = read(MethodDraftOf(draft))
    if not seen.line.live:
        return redirect(url_for("workshop.page", draft=draft), 303)
    return allow_fonts(make_response(render("workshop/draw.html", page=seen)))


@pages.get(f"{HERE}/dessin.json")
def drawing(draft: int) -> ResponseReturnValue:
    return answered(lambda: as_drawn(draft) | {"token": generate_csrf()})


@pages.post(f"{HERE}/enregistrer")
def save(draft: int) -> ResponseReturnValue:
    def saved() -> dict[str, Any]:
        given = request.get_json()
        held, sent = read(MethodDraftFiles(draft, to_draw=True)), encoded(given["files"])
        # what is not drawn here, or was not touched, stays as it is
        same = {name for name, content in held.drawings.items() if sent.get(name) == content}
        kept = {name: content for name, content in held.files.items() if name not in held.drawings or name in same}
        done = execute(SaveMethodDraft(draft, sent | kept, int(given["revision"])))
        if not done.merged:
            return {"revision": done.revision, "merged": {}}
        files = as_drawn(draft)["files"]
        return {"revision": done.revision, "merged": {name: files.get(name, "") for name in done.merged}}

    return answered(saved)


@pages.post(f"{HERE}/relire")
def review(draft: int) -> ResponseReturnValue:
    def reviewed() -> dict[str, Any]:
        found = read(DraftFindings(draft, encoded(request.get_json()["files"])))
        return {"findings": [spoken(each) for each in found.findings], "unreadable": text(found.unreadable)}

    return answered(reviewed)


@pages.post(f"{HERE}/feel")
def feel(draft: int) -> ResponseReturnValue:
    def checked() -> dict[str, Any]:
        given = request.get_json()
        asked = DraftExpression(
            draft, str(given["element"]), str(given["text"]), str(given["over"]), encoded(given["files"])
        )  # fmt: skip
        found = read(asked)
        return {"problem": text(found.problem), "known": list(found.known)}

    return answered(checked)


def answered(made: Any) -> ResponseReturnValue:
    """JSON; a refusal too, with its sentence and its status. A stranger is sent to sign in, as everywhere."""
    if who() is None:
        raise SignInNeeded
    try:
        return jsonify(made())
    except (KeyError, TypeError, ValueError, AttributeError):
        abort(400)
    except JalonError as refusal:
        if refusal.status == 500:
            raise
        return jsonify({"error": refusal.text(language()), "kind": type(refusal).__name__}), refusal.status


def as_drawn(draft: int) -> dict[str, Any]:
    found = read(MethodDraftFiles(draft, to_draw=True))
    files = {name: content.decode() for name, content in found.drawings.items()}
    return {"revision": found.revision, "files": files, "head": found.head}


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {str(name): content.encode() for name, content in files.items()}


def spoken(finding: Any) -> dict[str, Any]:
    """A finding in the reader's language."""
    said = finding_as_json(finding)
    return {
        "rule": said["rule"], "severity": said["severity"], "element": said["element"], "file": said["file"],
        "line": said["line"], "name": text(finding.name), "message": text(finding.message),
        "remedy": text(finding.remedy), "way": said["way"],
    }  # fmt: skip


# --- what is said ------------------------------------------------------------------------------------------


def uploads() -> dict[str, bytes]:
    """What was chosen, by name; two of one name are told apart, and refused by the engine."""
    found: dict[str, bytes] = {}
    for each in request.files.getlist("files"):
        if each.filename:
            found[f"{len(found)}/{each.filename}"] = each.read()
    return {name.partition("/")[2]: content for name, content in found.items()} if _are_distinct(found) else found


def _are_distinct(found: dict[str, bytes]) -> bool:
    return len({name.partition("/")[2] for name in found}) == len(found)


def told_of(ignored: list[str]) -> None:
    if ignored:
        flash(_("Laissés de côté, car ce ne sont pas des diagrammes : %(files)s", files=", ".join(ignored)), "warning")


def states() -> dict[str, str]:
    return {
        "open": _("en cours de dessin"), "review": _("en relecture"), "published": _("publié"),
        "dropped": _("abandonné"),
    }  # fmt: skip


def state_of(draft: MethodDraftLine) -> str:
    """In words; once it is approved, by whom."""
    approved = draft.approved_by
    return _("approuvé par %(name)s", name=approved.name) if approved is not None else states()[draft.state]


def kinds() -> dict[str, str]:
    return {
        "method": _("processus principal"), "phase": _("phase"), "recurring": _("activité récurrente"),
        "exception": _("porte d’exception"), "variant": _("variante"), "fragment": _("fragment"),
    }  # fmt: skip
