"""What a person does with a task: take, pass on, ask time, draft, complete, correct, decline, comment, attach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engine import (
    AnswerFrozen,
    AnswerSteers,
    AskMoreTime,
    AssignTask,
    AttachFile,
    ChoiceUnknown,
    ClaimTask,
    CommentOn,
    CompleteTask,
    CorrectAnswer,
    DateInvalid,
    DetachFile,
    Download,
    FileRefused,
    FormRefused,
    GrantTime,
    HandOver,
    HoldProject,
    JalonError,
    LoadOrganisation,
    MyTasks,
    NotAllowed,
    NotFound,
    ProjectEnded,
    ProjectHeld,
    ReasonMissing,
    RefuseTask,
    ReleaseTask,
    SaveDraft,
    SeparationOfDuties,
    StalePage,
    TaskClosed,
    TaskTaken,
    TooLarge,
)
from engine.store.tables import NEVER, FileRow
from engine.working_time import PARIS, end_of
from tests.engine.play import PDF, Play

#: a valid answer to A; `urgent` steers
FRAMED: dict[str, Any] = {
    "titre": "Un titre", "montant": "1 250,50", "urgent": False, "services_impactes": ["DAF", "DRH"],
    "jalons": [{"objet": "Annonce", "date": "2027-01-15"}],
}  # fmt: skip


@pytest.fixture
def at_b(play: Play) -> tuple[Play, int, int]:
    """A project that waits at B, which two experts may do and none has taken."""
    project = play.start()
    play.complete(project, "A", urgent=False)
    return play, project, play.task(project, "B")


# --- who may do what -------------------------------------------------------------------------------------------


def test_an_open_task_is_claimed_by_one_who_holds_its_role_and_given_back(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    assert play.row(task).assignee_id is None
    play.do("emile", ClaimTask(task))
    assert play.row(task).assignee_id == play.people["emile"]
    assert [line.id for line in play.see("emile", MyTasks("mine")).tasks] == [task]
    play.do("emile", ReleaseTask(task))
    assert play.row(task).assignee_id is None
    assert task in [line.id for line in play.see("fatou", MyTasks("roles")).tasks]


def test_a_task_of_the_only_holder_of_a_role_is_theirs_at_once(play: Play) -> None:
    project = play.start()
    assert play.row(play.task(project, "A")).assignee_id == play.people["claire"]


def test_the_lead_assigns_and_the_assignee_hands_over(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    play.do("claire", AssignTask(task, play.people["karim"]))
    assert play.row(task).assignee_id == play.people["karim"]
    play.do("karim", HandOver(task, play.people["fatou"], "Tu connais mieux"))
    assert play.row(task).assignee_id == play.people["fatou"]
    texts = [event.text.fr for event in play.page(task).history]
    assert texts[-2:] == ["Claire a confié « Expertiser » à Karim", "Karim a transmis « Expertiser » à Fatou"]


def test_the_sponsor_assigns_too(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    play.do("denis", AssignTask(task, play.people["emile"]))
    assert play.row(task).assignee_id == play.people["emile"]


def test_a_change_of_holder_applies_to_the_open_tasks_at_once(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    said = {"login": "karim", "name": "Karim", "service": "ORG", "roles": [{"role": "EXP", "service": "ORG"}]}
    play.do("jalon", LoadOrganisation({"people": [said]}))
    assert [line.id for line in play.see("karim", MyTasks()).tasks] == [task]
    play.do("karim", ClaimTask(task))


Acts = Callable[[Play, int], Any]
B_TAKEN: list[tuple[str, str, Acts, type[JalonError], str]] = [
    (
        "claim what another has taken", "fatou", lambda play, task: ClaimTask(task), TaskTaken,
        "« Expertiser » est prise par Émile. Demandez-lui de la rendre, ou au chef de projet de vous la confier.",
    ),
    (
        "complete what another has taken", "fatou", lambda play, task: CompleteTask(task, {"avis": "oui"}), TaskTaken,
        "« Expertiser » est prise par Émile. Demandez-lui de la rendre, ou au chef de projet de vous la confier.",
    ),
    (
        "draft what another has taken", "claire", lambda play, task: SaveDraft(task, {"avis": "oui"}), TaskTaken,
        "« Expertiser » est prise par Émile. Demandez-lui de la rendre, ou au chef de projet de vous la confier.",
    ),
    (
        "release what another has taken", "fatou", lambda play, task: ReleaseTask(task), NotAllowed,
        "Vous ne pouvez pas rendre « Expertiser ». Qui le peut : la personne qui l’a prise, ou le chef de projet. "
        "Adressez-vous à cette personne.",
    ),
    (
        "hand over what another has taken", "fatou", lambda play, task: HandOver(task, play.people["fatou"]),
        NotAllowed,
        "Vous ne pouvez pas transmettre « Expertiser ». Qui le peut : la personne à qui la tâche est confiée. "
        "Adressez-vous à cette personne.",
    ),
    (
        "assign without leading", "emile", lambda play, task: AssignTask(task, play.people["fatou"]), NotAllowed,
        "Vous ne pouvez pas confier « Expertiser » à quelqu’un. Qui le peut : le chef de projet ou le commanditaire. "
        "Adressez-vous à cette personne.",
    ),
    (
        "assign to nobody", "claire", lambda play, task: AssignTask(task, 9999), ChoiceUnknown,
        "« 9999 » ne fait pas partie des choix de « Annuaire ». Choisissez dans la liste.",
    ),
    (
        "assign to one who has left", "claire", lambda play, task: AssignTask(task, play.people["lea"]), ChoiceUnknown,
        "« {lea} » ne fait pas partie des choix de « Annuaire ». Choisissez dans la liste.",
    ),
    (
        "refuse without a reason", "emile", lambda play, task: RefuseTask(task, "  "), ReasonMissing,
        "Un motif est attendu pour refuser « Expertiser ». Écrivez une phrase que les personnes concernées liront.",
    ),
    (
        "ask more time without a reason", "emile", lambda play, task: AskMoreTime(task, date(2027, 1, 1), ""),
        ReasonMissing,
        "Un motif est attendu pour demander un délai pour « Expertiser ». "
        "Écrivez une phrase que les personnes concernées liront.",
    ),
    (
        "ask time that is past", "emile", lambda play, task: AskMoreTime(task, date(2026, 11, 23), "trop"), DateInvalid,
        "« 2026-11-23 » n’est pas une date à venir. Donnez une date au format AAAA-MM-JJ, après aujourd’hui.",
    ),
    (
        "grant time without leading", "emile", lambda play, task: GrantTime(task, date(2027, 1, 1)), NotAllowed,
        "Vous ne pouvez pas accorder un délai pour « Expertiser ». Qui le peut : le chef de projet ou le "
        "commanditaire. Adressez-vous à cette personne.",
    ),
    (
        "grant time that is past", "claire", lambda play, task: GrantTime(task, date(2026, 11, 1)), DateInvalid,
        "« 2026-11-01 » n’est pas une date à venir. Donnez une date au format AAAA-MM-JJ, après aujourd’hui.",
    ),
    (
        "decline time without a reason", "claire", lambda play, task: GrantTime(task, None), ReasonMissing,
        "Un motif est attendu pour accorder un délai pour « Expertiser ». "
        "Écrivez une phrase que les personnes concernées liront.",
    ),
    (
        "correct what is not completed", "emile", lambda play, task: CorrectAnswer(task, {}, "faute"), NotAllowed,
        "Vous ne pouvez pas corriger la réponse à « Expertiser ». Qui le peut : la personne qui a répondu, ou "
        "le chef de projet. Adressez-vous à cette personne.",
    ),
    (
        "comment in silence", "emile", lambda play, task: CommentOn(task, " \n "), ReasonMissing,
        "Un motif est attendu pour commenter. Écrivez une phrase que les personnes concernées liront.",
    ),
    (
        "draft from a stale page", "emile", lambda play, task: SaveDraft(task, {}, revision=0), StalePage,
        "Cette page n’est plus à jour : quelqu’un a modifié « Expertiser » entre-temps. "
        "Rechargez-la, relisez, puis recommencez ; ce que vous avez saisi est conservé ci-dessous.",
    ),
    (
        "complete from a stale page", "emile", lambda play, task: CompleteTask(task, {"avis": "oui"}, 0), StalePage,
        "Cette page n’est plus à jour : quelqu’un a modifié « Expertiser » entre-temps. "
        "Rechargez-la, relisez, puis recommencez ; ce que vous avez saisi est conservé ci-dessous.",
    ),
    (
        "a task that does not exist", "emile", lambda play, task: ClaimTask(9999), NotFound,
        "Cette page n’existe pas, ou elle ne vous est pas ouverte. "
        "Vérifiez l’adresse, ou demandez l’accès au chef de projet.",
    ),
    (
        "a task of a project where one takes no part", "karim", lambda play, task: ClaimTask(task), NotFound,
        "Cette page n’existe pas, ou elle ne vous est pas ouverte. "
        "Vérifiez l’adresse, ou demandez l’accès au chef de projet.",
    ),
    (
        "complete what another has taken, as the sponsor", "denis", lambda play, task: CompleteTask(task), TaskTaken,
        "« Expertiser » est prise par Émile. Demandez-lui de la rendre, ou au chef de projet de vous la confier.",
    ),
]  # fmt: skip


def test_what_may_not_be_done_to_a_task_that_another_has_taken(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    play.do("emile", ClaimTask(task))
    wrong = []
    for case, login, act, kind, sentence in B_TAKEN:
        refusal = play.refused(login, act(play, task))
        if (type(refusal), refusal.text("fr")) != (kind, sentence.format(**play.people)):
            wrong.append((case, type(refusal), refusal.text("fr")))
    assert wrong == []


def everything(play: Play, task: int) -> dict[str, Any]:
    """Every act on a task but a comment."""
    return {
        "claim": ClaimTask(task),
        "release": ReleaseTask(task),
        "assign": AssignTask(task, play.people["fatou"]),
        "hand over": HandOver(task, play.people["fatou"]),
        "ask time": AskMoreTime(task, date(2027, 1, 1), "trop"),
        "grant time": GrantTime(task, date(2027, 1, 1)),
        "draft": SaveDraft(task, {}),
        "complete": CompleteTask(task, FRAMED),
        "refuse": RefuseTask(task, "non"),
    }


def test_nothing_is_done_to_a_task_that_is_completed(play: Play) -> None:
    project = play.start()
    task = play.complete(project, "A", urgent=False)
    at = play.row(task).closed_at
    assert at is not None
    for act in everything(play, task).values():
        refusal = play.refused("claire", act)
        assert type(refusal) is TaskClosed
        assert refusal.text("fr") == (
            f"« Cadrer » n’est plus à faire : terminée par Claire le {at.astimezone(PARIS):%d/%m/%Y %H:%M}. "
            "Ouvrez la tâche pour voir ce qui a été enregistré."
        )


def test_nothing_moves_in_a_project_on_hold(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    play.do("denis", HoldProject(project, "budget gelé", date(2027, 1, 15)))
    for act in [*everything(play, task).values(), AttachFile(task, "note.pdf", PDF)]:
        refusal = play.refused("claire", act)
        assert type(refusal) is ProjectHeld
        assert refusal.text("fr") == (
            "Le projet « Un projet » est suspendu jusqu’au 2027-01-15. Le commanditaire peut le reprendre ; "
            "d’ici là rien n’y avance."
        )
    play.do("claire", CommentOn(task, "On attend."))


def test_nothing_is_added_to_a_project_that_has_ended(play: Play) -> None:
    project = play.start("petit_projet")
    task = play.task(project, "S11")
    play.until(project, "", {"SG1": ["stop"]})
    for act in [*everything(play, task).values(), AttachFile(task, "note.pdf", PDF), CorrectAnswer(task, {}, "faute")]:
        refusal = play.refused("claire", act)
        assert type(refusal) is ProjectEnded
        assert refusal.text("fr") == (
            "Le projet « Un projet » est terminé (arrêté). Il reste consultable ; rien ne peut plus y être ajouté."
        )


# --- separation of duties --------------------------------------------------------------------------------------


def test_the_project_lead_never_does_what_the_method_forbids_them(play: Play) -> None:
    project = play.start(people={"CP": (play.people["alice"],)})
    play.people["claire"] = play.people["alice"]  # Alice leads, and holds COPIL, the role of C
    play.until(project, "C")
    task = play.task(project, "C")
    sentence = (
        "Alice ne peut pas {verb} « Relire » : la méthode l’interdit à qui tient le rôle « Chef de projet » dans ce "
        "projet. Confiez-le à une autre personne."
    )
    for verb, act in {
        "prendre": ClaimTask(task),
        "terminer": CompleteTask(task),
        "refuser": RefuseTask(task, "non"),
    }.items():
        refusal = play.refused("alice", act)
        assert (type(refusal), refusal.text("fr")) == (SeparationOfDuties, sentence.format(verb=verb))
    for act in (AssignTask(task, play.people["alice"]), HandOver(task, play.people["alice"])):
        refusal = play.refused("denis", act)
        assert (type(refusal), refusal.text("fr")) == (SeparationOfDuties, sentence.format(verb="terminer"))


def test_the_lessons_of_a_project_are_never_led_by_its_lead(play: Play) -> None:
    project = play.start(people={"CP": (play.people["emile"],)})
    play.people["claire"] = play.people["emile"]
    task = play.until(project, "K", {"G1": ["stop"]})
    assert type(play.refused("emile", ClaimTask(task))) is SeparationOfDuties
    assert type(play.refused("denis", AssignTask(task, play.people["emile"]))) is SeparationOfDuties
    play.do("fatou", ClaimTask(task))
    play.do("fatou", CompleteTask(task))
    assert play.project(project).status == "stopped"


# --- time ------------------------------------------------------------------------------------------------------


def test_more_time_is_asked_then_granted(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    play.do("emile", ClaimTask(task))
    play.do("emile", AskMoreTime(task, date(2027, 2, 1), "l’expert est absent"))
    assert play.page(task).more_time.fr == "Émile demande un délai jusqu’au 01/02/2027 : l’expert est absent"
    play.do("claire", GrantTime(task, date(2027, 2, 1)))
    assert play.row(task).due_at == end_of(date(2027, 2, 1))
    assert not play.page(task).more_time


def test_more_time_is_asked_then_declined_with_a_reason(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    due = play.row(task).due_at
    play.do("emile", AskMoreTime(task, date(2027, 2, 1), "l’expert est absent"))
    play.do("denis", GrantTime(task, None, "la porte est le 15"))
    assert play.row(task).due_at == due
    assert not play.page(task).more_time
    assert play.page(task).history[-1].text.fr == "Denis a maintenu l’échéance de « Expertiser » : la porte est le 15"


def test_a_task_without_a_deadline_is_due_never(play: Play) -> None:
    project = play.start()
    task = play.until(project, "C")
    assert play.row(task).due_at == NEVER
    assert (play.page(task).task.due_at, play.page(task).task.late) == (None, False)


def test_a_task_is_late_after_the_last_second_of_its_day_in_paris(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    due = play.row(task).due_at
    assert due == end_of(date(2026, 12, 7))
    play.clock.at = due
    assert not play.page(task).task.late
    play.clock.advance(seconds=1)
    assert play.page(task).task.late


# --- draft, complete, correct, refuse ---------------------------------------------------------------------------


def test_a_draft_keeps_what_is_typed_without_checking_it(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    play.do("claire", SaveDraft(task, {"titre": "x", "montant": "beaucoup", "inconnu": 1}))
    values = play.page(task).values
    assert (values["titre"], values["montant"], "inconnu" in values) == ("x", "beaucoup", False)
    assert play.page(task).task.drafted


def test_completing_stores_each_answer_in_its_one_form_and_opens_what_follows(play: Play) -> None:
    project = play.start()
    task = play.task(project, "A")
    revision = play.page(task).revision
    done = play.do("claire", CompleteTask(task, FRAMED | {"inconnu": 1}, revision))
    assert done.next_task is None  # what follows is not for her
    assert play.page(task).values == FRAMED | {"montant": "1250.50"}
    assert play.open(project) == ["B"]
    assert play.page(task).closed_by == "Claire"


def test_the_next_task_is_told_to_the_one_whom_it_is_for(at_b: tuple[Play, int, int]) -> None:
    play, project, task = at_b
    play.do("gael", CommentOn(task, "Je réponds ensuite."))
    play.do("fatou", CompleteTask(task, {"avis": "oui"}))
    play.complete(project, "R DAF")
    done = play.do("hana", CompleteTask(play.task(project, "R DRH")))
    assert done.next_task is None
    assert play.see("alice", MyTasks()).tasks[0].id == play.task(project, "C")


FORM = [
    ({"titre": ""}, {"titre": "Une réponse est attendue."}),
    ({"titre": "  ab  "}, {"titre": "Au moins 3 caractères."}),
    ({"titre": "x" * 61}, {"titre": "Au plus 60 caractères."}),
    ({"montant": "mille"}, {"montant": "Écrivez un nombre, par exemple 1 250,50."}),
    ({"montant": "-1"}, {"montant": "Au moins 0."}),
    ({"montant": "100000,01"}, {"montant": "Au plus 100000."}),
    ({"montant": "NaN"}, {"montant": "Écrivez un nombre, par exemple 1 250,50."}),
    ({"montant": "1e999999"}, {"montant": "Écrivez un nombre, par exemple 1 250,50."}),
    ({"urgent": None}, {"urgent": "Une réponse est attendue."}),
    ({"urgent": "peut-être"}, {"urgent": "Une réponse est attendue."}),
    ({"services_impactes": []}, {"services_impactes": "Une réponse est attendue."}),
    ({"services_impactes": ["DAF", "LUNE"]}, {"services_impactes": "Choisissez dans la liste."}),
    ({"jalons": [{"objet": "", "date": "2027-01-15"}]}, {"jalons.0.objet": "Une réponse est attendue."}),
    (
        {"jalons": [{"objet": "Un", "date": ""}, {"objet": "Deux", "date": "le 3"}]},
        {"jalons.1.date": "Écrivez une date, par exemple 2026-12-31."},
    ),
    (
        {"titre": "", "montant": "mille"},
        {"titre": "Une réponse est attendue.", "montant": "Écrivez un nombre, par exemple 1 250,50."},
    ),
]


def test_a_form_says_everything_that_is_wrong_at_once(play: Play) -> None:
    task = play.task(play.start(), "A")
    for said, expected in FORM:
        refusal = play.refused("claire", CompleteTask(task, FRAMED | said))
        assert isinstance(refusal, FormRefused)
        assert {key: text.fr for key, text in refusal.fields.items()} == expected
    assert refusal.text("fr") == "2 réponse(s) à revoir avant de terminer « Cadrer » : Titre, Montant."
    assert refusal.text("en") == "2 answer(s) to mend before completing “Frame”: Title, Amount."


def test_choices_people_dates_and_checklists_are_checked_too(at_b: tuple[Play, int, int]) -> None:
    play, project, task = at_b
    wrong = {"avis": "peut-être", "fin": "2027-02-30", "porteur": play.people["igor"]}
    refusal = play.refused("emile", CompleteTask(task, wrong))
    assert isinstance(refusal, FormRefused)
    assert {key: text.fr for key, text in refusal.fields.items()} == {
        "avis": "Choisissez dans la liste.",
        "fin": "Écrivez une date, par exemple 2026-12-31.",
        "porteur": "Choisissez une personne de l’annuaire.",
    }
    task = play.until(project, "C")
    said = {"points": {"1": {"state": "not_applicable"}, "2": {"state": ""}}}
    refusal = play.refused("alice", CompleteTask(task, said))
    assert isinstance(refusal, FormRefused)
    assert {key: text.fr for key, text in refusal.fields.items()} == {
        "points.1": "Dites pourquoi cette ligne est sans objet.",
        "points.2": "Cochez la ligne, ou dites pourquoi elle est sans objet.",
    }


def test_an_answer_is_corrected_until_its_gate_is_decided_and_history_keeps_what_it_replaces(play: Play) -> None:
    project = play.start()
    task = play.complete(project, "A", **FRAMED)
    before = play.page(task).values
    play.do("claire", CorrectAnswer(task, before | {"titre": "Un autre titre"}, "faute de frappe"))
    assert play.page(task).values == before | {"titre": "Un autre titre"}
    event = play.page(task).history[-1]
    assert (event.kind, event.text.fr) == ("answer_corrected", "Claire a corrigé « Cadrer » : faute de frappe")

    refusal = play.refused("claire", CorrectAnswer(task, before | {"urgent": True}, "en fait si"))
    assert (type(refusal), refusal.text("fr")) == (
        AnswerSteers,
        "Le projet a déjà suivi le chemin que dessine cette réponse : Urgent ?. "
        "Pour la changer, demandez une reprise de la phase à la porte.",
    )
    assert type(play.refused("claire", CorrectAnswer(task, before, " "))) is ReasonMissing
    assert type(play.refused("claire", CorrectAnswer(task, before | {"titre": ""}, "vide"))) is FormRefused
    assert type(play.refused("claire", CorrectAnswer(task, before, "x", revision=0))) is StalePage
    assert type(play.refused("emile", CorrectAnswer(task, before, "x"))) is NotAllowed

    play.until(project, "X")
    refusal = play.refused("claire", CorrectAnswer(task, before, "trop tard"))
    assert (type(refusal), refusal.text("fr")) == (
        AnswerFrozen,
        "La réponse à « Cadrer » est figée : la porte « Lancement » a été décidée depuis. "
        "Écrivez ce qui a changé dans un commentaire de la tâche : il y sera daté et signé.",
    )
    assert "correct" not in play.page(task).can


def test_a_refused_task_goes_to_the_sponsor_with_its_reason(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    play.do("emile", RefuseTask(task, "ce n’est pas mon métier"))
    assert play.row(task).assignee_id == play.people["denis"]
    page = play.page(task, "denis")
    assert page.refused.fr == "Émile a refusé cette tâche : ce n’est pas mon métier"
    play.do("denis", AssignTask(task, play.people["fatou"]))
    assert not play.page(task).refused


# --- comments and files ------------------------------------------------------------------------------------------


def test_a_comment_stays_with_its_task_and_in_history(at_b: tuple[Play, int, int]) -> None:
    play, _, task = at_b
    play.do("gael", CommentOn(task, "  Voir *l’annexe*.  "))
    page = play.page(task)
    assert [(line.author.name, line.body) for line in page.comments] == [("Gaël", "Voir *l’annexe*.")]
    assert page.history[-1].text.fr == "Gaël a commenté « Expertiser »"


def test_a_file_is_attached_read_again_and_withdrawn(at_b: tuple[Play, int, int]) -> None:
    play, project, task = at_b
    file = play.do("emile", AttachFile(task, "C:\\Docs\\note.pdf", PDF, "note")).file
    found = play.see("claire", Download(file))
    assert (found.name, found.content) == ("note.pdf", PDF)
    assert [line.name for line in play.project(project).files] == ["note.pdf"]
    assert type(play.refused("gael", DetachFile(file))) is NotAllowed
    play.do("emile", DetachFile(file))
    with pytest.raises(NotFound):
        play.see("claire", Download(file))
    assert type(play.refused("emile", DetachFile(file))) is NotFound
    assert play.rows(FileRow)[0].sha256 == found.sha256  # withdrawn, not lost


KINDS = (
    ".bpmn .csv .doc .docx .eml .gif .jpeg .jpg .md .msg .odp .ods .odt .pdf .png .ppt .pptx .txt .webp .xls .xlsx "
    ".xml .zip"
)
FILES = [
    ("vide.pdf", b"", FileRefused, "Le fichier « vide.pdf » n’est pas accepté : il est vide."),
    (
        "jeu.exe", b"MZ", FileRefused,
        f"Le fichier « jeu.exe » n’est pas accepté : les formats acceptés sont {KINDS}.",
    ),
    (
        "note.pdf", b"<html>", FileRefused,
        "Le fichier « note.pdf » n’est pas accepté : son contenu n’est pas celui d’un fichier .pdf.",
    ),
    (
        "image.png", PDF, FileRefused,
        "Le fichier « image.png » n’est pas accepté : son contenu n’est pas celui d’un fichier .png.",
    ),
    (
        "gros.txt", b"x" * 20_000_001, TooLarge,
        "« gros.txt » est trop volumineux : 20 Mo, pour 20 Mo au plus. Allégez-le ou scindez-le.",
    ),
]  # fmt: skip


def test_a_file_that_is_not_what_its_name_says_is_refused(essai: Play) -> None:
    task = essai.task(essai.start(), "A")
    for name, content, kind, sentence in FILES:
        refusal = essai.refused("claire", AttachFile(task, name, content))
        assert (type(refusal), refusal.text("fr")) == (kind, sentence)
    refusal = essai.refused("claire", AttachFile(task, "note.pdf", PDF, "absent"))
    assert (type(refusal), refusal.text("fr")) == (
        ChoiceUnknown,
        "« absent » ne fait pas partie des choix de « Cadrer ». Choisissez dans la liste.",
    )


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 17


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.png", PNG), ("a.txt", b"texte"), ("a.CSV", b"a;b")])
def test_a_file_that_is_what_its_name_says_is_accepted(essai: Play, name: str, content: bytes) -> None:
    task = essai.task(essai.start(), "A")
    file = essai.do("claire", AttachFile(task, name, content)).file
    assert essai.see("claire", Download(file)).content == content
