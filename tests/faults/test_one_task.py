"""Fifty browsers complete the same task at once: one succeeds, the others read why not, and the project is fine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from engine import examine
from engine.store.tables import TaskRow
from tests.engine.play import Play
from tests.engine.test_threads import at_once
from tests.web.conftest import Browser, words
from web import create_app

BROWSERS = 50


def test_fifty_browsers_complete_one_task_at_once(play: Play, record_property: Callable[[str, object], None]) -> None:
    project = play.start()
    play.complete(project, "A", urgent=False, services_impactes=["DAF", "DRH"])
    task = play.task(project, "B")
    app = create_app(play.engine, secure=False)

    def opened(login: str) -> Browser:
        client = app.test_client()
        client.set_cookie("jalon", play.engine.sessions.open(play.people[login]))
        return Browser(client)

    browsers = [opened(login) for login in ("emile", "fatou") * (BROWSERS // 2)]
    pages = [browser.get(f"/taches/{task}") for browser in browsers]
    revisions = {re.search(r'name="revision" value="(\d+)"', page.text)[1] for page in pages}  # type: ignore[index]
    (revision,) = revisions
    sent = {"do": "complete", "revision": revision, "f.avis": "oui"}
    answers = at_once([lambda browser=each: browser.post(f"/taches/{task}", sent) for each in browsers])  # type: ignore[misc]
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses == {303: 1, 409: BROWSERS - 1}
    refused = [words(answer) for answer in answers if answer.status_code == 409]
    assert [page for page in refused if "« Expertiser » n’est plus à faire : terminée par " not in page] == []
    assert len(play.rows(TaskRow, TaskRow.element == "R")) == 2
    assert {each.check for each in examine(play.engine) if not each.well} <= {"settings"}
    play.until(project, "")
    record_property("figure: browsers that completed one task at once: succeeded", statuses[303])
    record_property("figure: … refused in a sentence (409)", statuses[409])
    record_property("figure: … other answers", BROWSERS - statuses[303] - statuses[409])
