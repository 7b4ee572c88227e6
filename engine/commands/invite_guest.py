"""Ask a person from outside for one task, by a link that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from engine.commands.hand_over import entrust
from engine.errors import ChoiceUnknown, GuestImpossible
from engine.guests import ADDRESS, LONGEST, LONGEST_MESSAGE, LONGEST_NAME, SECRET, why_no_guest
from engine.sessions import digest
from engine.store.act import Act
from engine.store.case import Case, must
from engine.store.invitations import end_links
from engine.store.outbox import mail
from engine.store.tables import ActorRow, InvitationRow
from engine.words import LANGUAGES, Text
from engine.working_time import PARIS, end_of


@dataclass(frozen=True, slots=True)
class InviteGuest:
    """Ask a person from outside for one task, by a link that ends. They have no account and see nothing else.

    Whoever asks makes the secret of the link, 32 random bytes in base64url, and shows it once: Jalon keeps its hash.
    Invited again to the same task, the guest has the new link alone.
    """

    task: int
    name: str
    email: str
    until: date  #: the last day
    secret: str
    language: str = "fr"
    message: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    invitation: int
    guest: int


def handle(act: Act, command: InviteGuest) -> Invited:
    case = act.case(command.task)
    must(act, case, "assign")
    why = why_no_guest(case.method, case.task)
    if why is not None:
        raise GuestImpossible(field="task", why=why)
    expires = _must_be_sound(act, command)
    guest = _guest(act, command)
    entrust(act, case, guest.id)
    end_links(act, InvitationRow.task_id == case.task.id)
    row = InvitationRow(
        digest=digest(command.secret), actor_id=guest.id, project_id=case.project.id, task_id=case.task.id,
        by_id=act.by, at=act.now, expires_at=expires,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    act.record(
        "guest_invited", case.project, case.task,
        element=case.task.element, instance=case.task.instance, to=guest.id, until=command.until.isoformat(),
    )  # fmt: skip
    _write(act, case, guest, row.id, command)
    return Invited(row.id, guest.id)


def _must_be_sound(act: Act, command: InviteGuest) -> datetime:
    """When the link ends. Raises `GuestImpossible` for what cannot be, `ChoiceUnknown` for a language."""
    if command.language not in LANGUAGES:
        raise ChoiceUnknown(value=command.language, label=Text("Langue", "Language"))
    if not SECRET.fullmatch(command.secret):
        raise GuestImpossible(field="", why=NO_SECRET)
    if not 0 < len(command.name.strip()) <= LONGEST_NAME:
        raise GuestImpossible(field="name", why=NO_NAME.format(most=LONGEST_NAME))
    if len(command.email) > LONGEST_NAME or not ADDRESS.fullmatch(command.email.strip()):
        raise GuestImpossible(field="email", why=NO_ADDRESS)
    if len(command.message) > LONGEST_MESSAGE:
        raise GuestImpossible(field="message", why=TOO_LONG.format(most=LONGEST_MESSAGE))
    today = act.now.astimezone(PARIS).date()
    if not today <= command.until <= today + timedelta(days=LONGEST):
        raise GuestImpossible(field="until", why=NO_END.format(most=LONGEST))
    return end_of(command.until)


def _guest(act: Act, command: InviteGuest) -> ActorRow:
    """The guest of that address, or a new one. Raises `GuestImpossible` for a colleague's address."""
    name, email = " ".join(command.name.split()), command.email.strip()
    known = list(
        act.session.execute(
            select(ActorRow).where(func.lower(ActorRow.email) == email.lower(), ActorRow.active).order_by(ActorRow.id)
        ).scalars()
    )
    colleague = next((each for each in known if each.kind != "guest"), None)
    if colleague is not None:
        raise GuestImpossible(field="email", why=COLLEAGUE.format(name=colleague.name))
    if known:
        return known[0]
    row = ActorRow(
        login=f"invite-{digest(command.secret)[:16]}", name=name, email=email, password="", kind="guest",
        language=command.language, active=True,
    )  # fmt: skip
    act.session.add(row)
    act.session.flush()
    return row


def _write(act: Act, case: Case, guest: ActorRow, invitation: int, command: InviteGuest) -> None:
    said = {
        "name": guest.name, "by": act.actor.name, "task": case.name, "project": case.project.title,
        "until": command.until.strftime("%d/%m/%Y"), "link": f"{act.settings.base}/invitation/{command.secret}",
        "message": f"\n{command.message.strip()}\n" if command.message.strip() else "",
    }  # fmt: skip
    subject, body = (each.format(**said).read(command.language) for each in (SUBJECT, BODY))
    mail(act, guest, f"invitation-{invitation}", subject, body)


NO_SECRET = Text(
    "le secret du lien est mal formé. Rechargez la page, puis recommencez.",
    "the secret of the link is malformed. Reload the page, then try again.",
)
NO_NAME = Text(
    "un nom de {most} caractères au plus est attendu. Écrivez celui de la personne invitée.",
    "a name of {most} characters at most is expected. Write that of the person you invite.",
)
NO_ADDRESS = Text(
    "une adresse électronique est attendue, par exemple nom@exemple.fr.",
    "a mail address is expected, for instance name@example.org.",
)
TOO_LONG = Text(
    "le message dépasse {most} caractères. Abrégez-le.", "the message is longer than {most} characters. Shorten it."
)
NO_END = Text(
    "elle doit finir aujourd’hui ou plus tard, dans {most} jours au plus. Corrigez sa date de fin.",
    "it must end today or later, in {most} days at most. Mend its end date.",
)
COLLEAGUE = Text(
    "cette adresse est celle de {name}, qui fait partie du personnel. Confiez-lui la tâche.",
    "this address is that of {name}, a member of the staff. Entrust the task to them.",
)
SUBJECT = Text("{by} vous demande : {task}", "{by} asks you for: {task}")
BODY = Text(
    "Bonjour {name},\n\n{by} vous demande « {task} » dans le projet « {project} ».\n{message}\nOuvrez ce lien, "
    "personnel, jusqu’au {until} ; aucun compte n’est nécessaire :\n\n{link}\n\nIl n’ouvre que cette demande. Ne le "
    "transmettez pas.\n\nJalon\n",
    "Hello {name},\n\n{by} asks you for “{task}” in the project “{project}”.\n{message}\nOpen this link, which is "
    "personal, until {until}; no account is needed:\n\n{link}\n\nIt opens this request only. Do not pass it on."
    "\n\nJalon\n",
)
