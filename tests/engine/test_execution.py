"""The executor behind bytes: a state read again behaves as one that never left memory."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from SpiffWorkflow.util.task import TaskState

from engine import CompleteTask, Incident, PublishMethod, TooMuchWork, execution
from engine.diagram import Diagram
from engine.execution.state import has_token, load
from engine.execution.values import plain, restored, same
from engine.normalise import one_instance_each
from engine.release import Release, digest_of, read_method
from tests.engine.blocks import REPEATS, SPACES, STOPS, WARNS, nested, written
from tests.engine.memory import Memory
from tests.engine.play import ESSAI, Play, files_of


def program_of(file: bytes, reads: set[str]) -> execution.Program:
    return execution.compile({"p.bpmn": one_instance_each(Diagram(file, "p.bpmn")).write()}, frozenset(reads))


def process(body: str) -> bytes:
    return f'<definitions {SPACES}><process id="p" isExecutable="true">{body}</process></definitions>'.encode()


class Kept:
    """The same process with its state read again at each step."""

    def __init__(self, file: bytes, reads: set[str], variables: dict[str, Any]) -> None:
        self.program = program_of(file, reads)
        self.works: dict[str, execution.Work] = {}
        self.armed: dict[str, str] = {}
        self.follow(execution.start(self.program, "p", variables))

    def follow(self, run: execution.Run | None, fired: str = "") -> None:
        assert run is not None
        self.run, step = run, run.step
        assert not set(step.closed) & set(step.cancelled)
        self.works = {token: each for token, each in self.works.items() if token not in (*step.closed, *step.cancelled)}
        self.armed = {token: each for token, each in self.armed.items() if token not in (*step.disarmed, fired)}
        self.works |= {each.token: each for each in step.opened}
        self.armed |= {each.token: each.element for each in step.armed}

    def waiting(self) -> list[tuple[str, str]]:
        return sorted((work.element, str(work.item)) for work in self.works.values())

    def timers(self) -> list[str]:
        return sorted(self.armed.values())

    def over(self) -> bool:
        return bool(self.run.step.end)

    def complete(self, element: str, item: str, variables: dict[str, Any]) -> None:
        token = next(t for t, work in self.works.items() if (work.element, str(work.item)) == (element, item))
        self.follow(execution.complete(self.program, "p", self.run.state, token, variables))

    def fire(self, element: str) -> None:
        token = next(token for token, each in self.armed.items() if each == element)
        self.follow(execution.fire(self.program, "p", self.run.state, token), token)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nested(STOPS, WARNS), st.data())
def test_a_state_read_again_at_each_step_behaves_as_in_memory(block: Any, data: st.DataObject) -> None:
    file, variables = written(block)
    given_: dict[str, Any] = {name: data.draw(st.integers(0, 2)) for name in variables} | {"items": ["a", "b"]}
    memory, kept = Memory(file, given_), Kept(file, {*variables, "items"}, given_)
    for step in range(60):
        assert (kept.waiting(), kept.timers()) == (memory.waiting(), memory.timers())
        assert kept.over() == memory.over()
        acts = [(memory.fire, kept.fire, each) for each in kept.timers()]
        acts += [(memory.complete, kept.complete, each) for each in kept.waiting()]  # type: ignore[misc]
        if not acts:
            break
        in_memory, in_state, what = data.draw(st.sampled_from(acts))
        if isinstance(what, str):
            in_memory(what)
            in_state(what)
            continue
        # a loop goes round at most a few times
        said = {name: data.draw(st.integers(0, 2)) if step < 12 else 0 for name in variables}
        in_memory(*what, said)  # type: ignore[call-arg]
        in_state(*what, said)  # type: ignore[call-arg]
    assert kept.over()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nested(STOPS, WARNS, REPEATS), st.data())
def test_a_process_comes_to_its_end_whatever_is_done_and_leaves_only_its_root(block: Any, data: st.DataObject) -> None:
    """With timers that repeat: SpiffWorkflow alone drops what they have set off when what they stand on is over."""
    file, variables = written(block)
    kept = Kept(file, {*variables, "items"}, dict.fromkeys(variables, 0) | {"items": ["a", "b"]})
    for step in range(200):
        acts = [*kept.timers(), *kept.waiting()]
        if not acts:
            break
        what = data.draw(st.sampled_from(acts)) if step < 60 else acts[-1]
        if isinstance(what, str):
            kept.fire(what)
        else:
            kept.complete(*what, {name: data.draw(st.integers(0, 1)) if step < 12 else 0 for name in variables})
    assert kept.over()
    assert [len(each.tasks) for each in load(kept.run.state, kept.program, "p").trees()] == [1]


def test_a_second_round_waits_for_both_branches_of_a_parallel_block() -> None:
    """SpiffWorkflow 3.2.0 alone lets the second round pass with one branch of two done."""
    file, [again] = written(("loop", [("and", [("task",), ("task",)])]))
    kept = Kept(file, {again}, {again: 1})
    both = kept.waiting()
    for element, item in both:
        kept.complete(element, item, {})
    [step] = kept.waiting()
    kept.complete(*step, {again: 1})
    assert kept.waiting() == both
    kept.complete(*both[1], {})
    assert kept.waiting() == both[:1]


def test_what_a_repeating_timer_has_set_off_goes_on_when_its_task_is_over() -> None:
    kept = Kept(written((REPEATS, []))[0], set(), {})
    [task], [timer] = kept.waiting(), kept.timers()
    kept.fire(timer)
    [aside] = [each for each in kept.waiting() if each != task]
    kept.complete(*task, {})
    assert (kept.waiting(), kept.timers(), kept.over()) == ([aside], [], False)
    kept.complete(*aside, {})
    assert kept.over()


def test_each_turn_of_a_repeating_timer_opens_its_own_task() -> None:
    kept = Kept(written((REPEATS, []))[0], set(), {})
    [task], [timer] = kept.waiting(), kept.timers()
    assert kept.run.step.armed[0].when == "R2/P7D"
    kept.fire(timer)
    assert kept.run.step.armed == (execution.Armed(*kept.armed, timer, "R1/P7D"),)
    kept.fire(timer)
    [first, second] = [each for each in kept.waiting() if each != task]
    assert (first, kept.timers()) == (second, [])


@pytest.mark.parametrize("kind", ["each", "in turn"])
def test_a_state_goes_on_where_the_release_was_compiled_anew(kind: str) -> None:
    """In another process: a spec that no instance has begun on does not know yet whom its instances report to."""
    file, _ = written(("seq", [(kind,), ("task",)]))
    kept = Kept(file, {"items"}, {"items": ["a", "b"]})
    element = kept.waiting()[0][0]
    for item in ("a", "b"):
        kept.program = program_of(file, {"items"})
        kept.complete(element, item, {})
    assert len(kept.waiting()) == 1
    assert kept.waiting()[0][0] != element


def test_a_timer_that_has_fired_or_is_withdrawn_does_not_fire_again() -> None:
    kept = Kept(written(("warns", []))[0], set(), {})
    [token] = kept.armed
    fired = execution.fire(kept.program, "p", kept.run.state, token)
    assert fired is not None
    assert execution.fire(kept.program, "p", fired.state, token) is None
    # a token of a task is none of a timer, nor the other way round
    [task] = kept.works
    assert execution.fire(kept.program, "p", kept.run.state, task) is None
    assert execution.complete(kept.program, "p", kept.run.state, token, {}) is None
    withdrawn = execution.complete(kept.program, "p", kept.run.state, task, {})
    assert withdrawn is not None
    assert withdrawn.step.disarmed == (token,)
    assert execution.fire(kept.program, "p", withdrawn.state, token) is None


REWORK = process(
    '<startEvent id="s"/><exclusiveGateway id="in"/><userTask id="a"/><parallelGateway id="split"/><userTask id="b"/>'
    '<userTask id="c"/><parallelGateway id="join"/><userTask id="g"/><exclusiveGateway id="d" default="again"/>'
    '<endEvent id="e"/>'
    '<sequenceFlow id="f1" sourceRef="s" targetRef="in"/><sequenceFlow id="f2" sourceRef="in" targetRef="a"/>'
    '<sequenceFlow id="f3" sourceRef="a" targetRef="split"/><sequenceFlow id="f4" sourceRef="split" targetRef="b"/>'
    '<sequenceFlow id="f5" sourceRef="split" targetRef="c"/><sequenceFlow id="f6" sourceRef="b" targetRef="join"/>'
    '<sequenceFlow id="f7" sourceRef="c" targetRef="join"/><sequenceFlow id="f8" sourceRef="join" targetRef="g"/>'
    '<sequenceFlow id="f9" sourceRef="g" targetRef="d"/><sequenceFlow id="again" sourceRef="d" targetRef="in"/>'
    '<sequenceFlow id="f10" sourceRef="d" targetRef="e"><conditionExpression>go = true</conditionExpression>'
    "</sequenceFlow>"
)


def test_reworks_of_a_parallel_block_leave_the_state_as_it_was() -> None:
    sizes = reworked(REWORK, ["a", "b", "c"], 12)
    assert max(sizes) < min(sizes) * 1.1


def test_a_hundred_reworks_leave_the_state_as_small_as_the_first() -> None:
    plain = process(
        '<startEvent id="s"/><exclusiveGateway id="in"/><userTask id="a"/><userTask id="g"/>'
        '<exclusiveGateway id="d" default="again"/><endEvent id="e"/>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="in"/><sequenceFlow id="f2" sourceRef="in" targetRef="a"/>'
        '<sequenceFlow id="f3" sourceRef="a" targetRef="g"/><sequenceFlow id="f4" sourceRef="g" targetRef="d"/>'
        '<sequenceFlow id="again" sourceRef="d" targetRef="in"/><sequenceFlow id="f5" sourceRef="d" targetRef="e">'
        "<conditionExpression>go = true</conditionExpression></sequenceFlow>"
    )
    sizes = reworked(plain, ["a"], 100)
    assert max(sizes) < min(sizes) * 1.1


def reworked(file: bytes, tasks: list[str], times: int) -> list[int]:
    """Bytes of the state at `g`, after each rework."""
    program = program_of(file, {"go"})
    run = execution.start(program, "p", {})
    sizes = []
    for _ in range(times):
        for element in [*tasks, "g"]:
            token = waiting(program, run)[element]
            next_ = execution.complete(program, "p", run.state, token, {"go": False})
            assert next_ is not None
            run = next_
        sizes.append(len(run.state))
    return sizes


def waiting(program: execution.Program, run: execution.Run) -> dict[str, str]:
    return {
        str(task.task_spec.bpmn_id): task.id
        for each in load(run.state, program, "p").trees()
        for task in each.tasks.values()
        if has_token(task)
    }


def test_what_no_longer_waits_is_not_completed_twice() -> None:
    program = program_of(written(("seq", [("task",), ("task",)]))[0], set())
    run = execution.start(program, "p", {})
    token = run.step.opened[0].token
    assert execution.complete(program, "p", run.state, token, {}) is not None
    after = execution.complete(program, "p", run.state, token, {})
    assert after is not None
    assert execution.complete(program, "p", after.state, token, {}) is None
    assert execution.complete(program, "p", after.state, "0" * 32, {}) is None


# --- variables -------------------------------------------------------------------------------------------------

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=8,
)  # fmt: skip
TWO = program_of(written(("seq", [("task",), ("task",)]))[0], set())


KEYS = st.text(max_size=12) | st.sampled_from(["\x00decimal", "\x00date", "\x00int", "\x00dict", "typename", "items"])


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text() | st.dates() | st.decimals(allow_nan=False, allow_infinity=False)
)  # fmt: skip


@given(st.recursive(SCALARS, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=3)))
def test_a_value_read_again_is_the_same_to_its_type(value: Any) -> None:
    again = restored(orjson.loads(orjson.dumps(plain(value))))
    assert same(again, value)
    assert repr(again) == repr(value)


@pytest.mark.parametrize("value", [datetime(2027, 1, 1), {1, 2}, (1, 2), object(), [timedelta(1)]])
def test_what_cannot_be_a_variable_is_refused(value: Any) -> None:
    with pytest.raises(Incident) as refused:
        execution.start(TWO, "p", {"x": value})
    assert "cannot be a variable of a process" in refused.value.text("fr")


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(KEYS, values, max_size=4))
def test_a_variable_survives_whatever_its_text_and_keys(said: dict[str, Any]) -> None:
    run = execution.start(TWO, "p", {})
    after = execution.complete(TWO, "p", run.state, run.step.opened[0].token, said)
    assert after is not None
    [task] = [t for t in load(after.state, TWO, "p").get_tasks(state=TaskState.READY) if t.task_spec.manual]
    assert {key: task.data[key] for key in said} == said


@pytest.mark.parametrize(
    "text", ["\x00decimal", "u0000decimal", '{"\\u0000decimal": "1"}', "é\u2028\U0001f600", "' OR 1=1"]
)
def test_a_text_that_looks_like_our_own_marks_stays_a_text(text: str) -> None:
    run = execution.start(TWO, "p", {"a": text, "b": [text, Decimal("1.10")], "c": {"x": text}})
    [task] = [t for t in load(run.state, TWO, "p").get_tasks(state=TaskState.READY) if t.task_spec.manual]
    assert task.data == {"a": text, "b": [text, Decimal("1.10")], "c": {"x": text}}


def test_a_date_stays_a_date() -> None:
    run = execution.start(TWO, "p", {"fin": date(2027, 3, 1)})
    [task] = [t for t in load(run.state, TWO, "p").get_tasks(state=TaskState.READY) if t.task_spec.manual]
    assert task.data["fin"] == date(2027, 3, 1)


def test_a_variable_set_in_one_branch_is_known_after_the_join_whichever_branch_ends_last() -> None:
    program = program_of(written(("seq", [("and", [("task",), ("task",)]), ("task",)]))[0], {"lots"})
    run = execution.start(program, "p", {})
    first, second = (work.token for work in run.step.opened)
    one = execution.complete(program, "p", run.state, first, {"lots": ["L1"]})
    assert one is not None
    both = execution.complete(program, "p", one.state, second, {})
    assert both is not None
    [task] = [t for t in load(both.state, program, "p").get_tasks(state=TaskState.READY) if t.task_spec.manual]
    assert task.data["lots"] == ["L1"]


def test_one_instance_each_of_nothing_known_is_refused_in_words() -> None:
    program = program_of(written(("each",))[0], {"items"})
    with pytest.raises(Incident):
        execution.start(program, "p", {})


def test_a_condition_that_cannot_be_computed_is_an_incident_never_a_silent_false() -> None:
    file = written(("seq", [("task",), ("xor", [("task",), ("task",)])]))[0].replace(b"= 1<", b"+ 1 &gt; 0<")
    program = program_of(file, set())
    run = execution.start(program, "p", {})
    with pytest.raises(Incident) as refused:
        execution.complete(program, "p", run.state, run.step.opened[0].token, {})
    assert refused.value.text("fr").endswith("Le projet n’a pas bougé ; signalez-le au responsable de la méthode.")


# --- budget ----------------------------------------------------------------------------------------------------


def test_a_loop_that_never_stops_is_refused_and_nothing_changes(play: Play) -> None:
    """`urgent = true` leads back to the decision instead of to U: a method published before the review saw such."""
    main = ESSAI["essai.bpmn"].replace(b'"1.0.0"', b'"2.0.0"')
    published = play.do("jeanne", PublishMethod(ESSAI | {"essai.bpmn": main}))
    endless = ESSAI | {"essai.bpmn": main} | files_of(Path(__file__).parent / "endless")
    method, _, _ = read_method(endless)
    assert method is not None
    play.engine._releases[published.release] = Release(published.release, digest_of(endless), method, endless)
    project = play.start()
    task = play.task(project, "A")
    before = play.row(task).revision
    said = {"titre": "Un titre", "urgent": True, "services_impactes": ["DAF"]}
    refusal = play.refused("claire", CompleteTask(task, said))
    assert (type(refusal), refusal.text("fr")) == (
        TooMuchWork,
        "Cet acte déclencherait plus de 10000 étapes d’un coup. Il a été refusé et le projet n’a pas bougé ; "
        "signalez-le au responsable de la méthode : une boucle ne s’arrête sans doute pas.",
    )
    assert (play.row(task).revision, play.open(project)) == (before, ["A"])
    play.do("claire", CompleteTask(task, said | {"urgent": False}))
    assert play.open(project) == ["B"]
