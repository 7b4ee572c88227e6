"""The method `essai` whose task B asks an opinion within a month, two with an expert; published as version 2."""

from __future__ import annotations

from engine import SYSTEM, PublishMethod
from tests.engine.play import ESSAI, Play

#: what B notes, but for the effect of its silence
NOTED = {
    "method.silence.source": "Règle d’essai",
    "method.silence.after": "if expert = true then &#34;P2M&#34; else &#34;P1M&#34;",
    "method.silence.answer.avis": "non",
}
EXPERT = (
    '<camunda:formField id="expert" label="Expertise ?" type="boolean"><camunda:properties>'
    '<camunda:property id="label.en" value="Expert?" /></camunda:properties></camunda:formField>'
)
IN_B = '<camunda:property name="name.en" value="Assess" />'
FIELD = '<camunda:formField id="porteur"'
VERSION = 'camunda:versionTag="1.0.0"'


def asking(effect: str = "deemed_unfavourable_continue", **noted: str) -> dict[str, bytes]:
    """The files, with the silence of B; `noted` replaces what it notes, empty: without it."""
    said = {"method.silence": effect} | NOTED | {f"method.silence.{key}": value for key, value in noted.items()}
    lines = "".join(f'<camunda:property name="{name}" value="{value}" />' for name, value in said.items() if value)
    study = ESSAI["etude.bpmn"].decode().replace(IN_B, IN_B + lines).replace(FIELD, EXPERT + FIELD)
    main = ESSAI["essai.bpmn"].decode().replace(VERSION, 'camunda:versionTag="2.0.0"')
    return ESSAI | {"etude.bpmn": study.encode(), "essai.bpmn": main.encode()}


def asked(play: Play, effect: str = "deemed_unfavourable_continue") -> tuple[int, int]:
    """A project whose opinion B is asked, and the task."""
    play.engine.execute(PublishMethod(asking(effect)), SYSTEM)
    project = play.start()
    play.complete(project, "A", urgent=False)
    return project, play.task(project, "B")
