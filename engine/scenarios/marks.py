"""Where a course stands -> marks on its diagrams: done, current, waiting."""

from __future__ import annotations

from engine.drawing import Mark
from engine.scenarios.course import Course
from engine.scenarios.coverage import holder


def marks_of(course: Course) -> dict[str, Mark]:
    """By element: what a token left is done, what is open is current and so is its phase, a timer that waits waits."""
    flows = (flow for diagram in course.prepared.diagrams for flow in diagram.root.all("sequenceFlow"))
    marks = {flow.get("sourceRef"): Mark("done") for flow in flows if (holder(flow), flow.id) in course.passed}
    if course.end:
        marks[course.end] = Mark("done")
    marks |= {each.element: Mark("waiting") for each in course.timers}
    marks |= {each.work.element: Mark("current") for each in course.open}
    tasks = course.method.tasks if course.method is not None else {}
    marks |= {tasks[id].phase: Mark("current") for each in course.open if (id := each.work.element) in tasks}
    return marks
