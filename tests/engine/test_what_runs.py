"""What is drawn runs as drawn: each construct of docs/reference/bpmn.md, on the executor alone."""

from __future__ import annotations

import pytest

from engine import DiagramRefused, Incident, execution
from engine.diagram import Diagram
from engine.method import Place
from engine.normalise import refusals
from engine.rules import RULES
from tests.engine.courses import Course
from tests.engine.sketch import sketch

# --- gateways --------------------------------------------------------------------------------------------------

SOME_OF_TWO = """
    start s -> o
    or o -> a [x > 0], b [x > 1], c [default]
    user a -> j
    user b -> j
    user c -> j
    or j -> z
    user z
"""


@pytest.mark.parametrize(("x", "opened"), [(0, ["c"]), (1, ["a"]), (2, ["a", "b"])])
def test_an_inclusive_gateway_takes_every_flow_that_holds_and_its_join_waits_for_those(
    x: int, opened: list[str]
) -> None:
    course = Course(SOME_OF_TWO, x=x)
    assert course.open == opened
    for number, each in enumerate(opened, 1):
        course.complete(each)
        assert course.open == opened[number:] or course.open == ["z"]
    assert course.open == ["z"]
    assert course.complete("z").end == "z"


def test_an_inclusive_join_does_not_wait_for_what_can_no_longer_come() -> None:
    course = Course("""
        start s -> f
        and f -> a, b
        user a -> j
        user b -> d
        xor d -> j [go = true], e [default]
        end e
        or j -> z
        user z
    """)
    assert course.complete("a").open == ["b"]
    assert course.complete("b", go=False).open == ["z"]


def test_an_inclusive_join_waits_for_a_loop_that_may_still_come_out_of_itself() -> None:
    course = Course("""
        start s -> f
        and f -> a, m
        user a -> j
        xor m -> b
        user b -> d
        xor d -> j [go = true], m [default]
        or j -> z
        user z
    """)
    course.complete("a")
    assert course.complete("b", go=False).open == ["b"]
    assert course.complete("b", go=True).open == ["z"]


def test_an_inclusive_join_waits_for_the_way_out_of_an_event_on_a_border() -> None:
    course = Course("""
        start s -> f
        and f -> a, b
        user a -> j
        user b -> e
        on t of=b (timer P1D) -> j
        end e
        or j -> z
        user z
    """)
    assert course.complete("a").open == ["b"]
    assert course.fire("t").open == ["z"]


def test_a_parallel_join_keeps_a_second_token_of_one_branch_for_the_next_round() -> None:
    course = Course("""
        start s -> f
        and f -> a, b, c
        user a -> m
        user b -> m
        xor m -> j
        user c -> k
        and k -> x, y
        user x -> n
        user y -> n
        xor n -> j
        and j -> z
        user z
    """)
    for each in "abcx":
        course.complete(each)
    assert course.open == ["y", "z"]
    assert course.complete("y").open == ["z", "z"]


def test_two_flows_from_one_element_to_one_join_are_two_branches() -> None:
    course = Course("""
        start s -> f
        and f -> j, j, a
        user a -> j
        and j -> z
        user z
    """)
    assert course.open == ["a"]
    assert course.complete("a").open == ["z"]


def test_several_flows_out_of_a_task_are_all_taken_and_several_into_one_are_taken_each_in_turn() -> None:
    course = Course("""
        start s -> a
        user a -> b, c
        user b -> z
        user c -> z
        user z
    """)
    assert course.complete("a").open == ["b", "c"]
    assert course.complete("b").open == ["c", "z"]
    assert course.complete("c").open == ["z", "z"]
    assert course.complete("z").end == ""
    assert course.complete("z").end == "z"


def test_of_the_flows_out_of_a_task_those_are_taken_whose_conditions_hold() -> None:
    text = """
        start s -> a
        user a -> b [x = 1], c [x > 0], d [default], e
        user b
        user c
        user d
        user e
    """
    assert Course(text).complete("a", x=1).open == ["b", "c", "e"]
    assert Course(text).complete("a", x=0).open == ["e"]


def test_a_decision_without_conditions_waits_for_someone_to_say_which_way() -> None:
    course = Course("""
        start s -> a
        user a -> d
        xor d "Accord ?" -> b "oui", c "non"
        user b
        user c
    """)
    said = course.complete("a").waiting.works
    assert [(work.kind, work.name) for work in said] == [("decision", "Accord ?")]
    with pytest.raises(Incident) as refused:
        course.complete("d")
    assert "il faut dire par où sort « Accord ? » : oui, non." in refused.value.text("fr")
    assert course.complete("d", choose=["non"]).open == ["c"]


def test_a_flow_that_is_chosen_beforehand_is_taken_at_the_decision_whatever_its_condition() -> None:
    text = """
        start s -> a
        user a -> d
        xor d -> b "oui" [x = 1], c [default]
        user b
        user c
    """
    assert Course(text).complete("a", choose=["oui"]).open == ["b"]
    assert Course(text).complete("a", choose=["d.1"], x=1).open == ["c"]


def test_no_condition_and_no_default_is_an_incident() -> None:
    course = Course("start s -> a\nuser a -> d\nxor d -> b [x = 1], c [x = 2]\nuser b\nuser c")
    with pytest.raises(Incident) as refused:
        course.complete("a", x=3)
    assert "aucune condition de « d » n’est remplie" in refused.value.text("fr")


RACE = """
    start s -> g
    race g -> m, t, u, r
    catch m (message Avis) -> a
    catch t (timer P5D) -> b
    catch u (timer P9D) -> c
    receive r -> d
    user a
    user b
    user c
    user d
"""


def test_the_first_event_after_a_gateway_withdraws_the_others() -> None:
    assert (Course(RACE).open, Course(RACE).timers) == (["r"], ["t", "u"])
    for act, opened in (
        (lambda c: c.send("message", "Avis"), "a"), (lambda c: c.fire("t"), "b"), (lambda c: c.fire("u"), "c"),
        (lambda c: c.complete("r"), "d"),
    ):  # fmt: skip
        course = act(Course(RACE))
        assert (course.open, course.timers, course.awaited) == ([opened], [], [])


# --- messages and signals --------------------------------------------------------------------------------------


def test_a_message_is_for_one_who_waits_and_brings_what_it_says() -> None:
    course = Course("""
        start s -> f
        and f -> m, n
        catch m (message Avis) -> a
        catch n (message Avis) -> d
        user a
        xor d -> b [x = 1], c [default]
        user b
        user c
    """)
    assert course.awaited == [("message", "Avis")] * 2
    assert not course.hears("message", "Autre")
    assert course.send("message", "Avis", x=1).open == ["a"]
    assert course.send("message", "n", x=1).open == ["a", "b"]


def test_a_signal_is_for_all_who_wait() -> None:
    course = Course("""
        start s -> f
        and f -> m, n
        catch m (signal Alerte) -> a
        catch n (signal Alerte) -> b
        user a
        user b
    """)
    assert course.send("signal", "Alerte").open == ["a", "b"]


def test_what_is_thrown_is_heard_within_and_else_leaves_the_process() -> None:
    course = Course("""
        start s -> f
        and f -> t, c
        throw t (signal Alerte) -> u
        throw u (message Fin) -> e
        end e (message Fini)
        catch c (signal Alerte) -> a
        user a -> x
        end x (signal Clos)
    """)
    assert course.open == ["a"]
    assert course.complete("a").thrown == [
        ("signal", "Alerte"), ("message", "Fin"), ("message", "Fini"), ("signal", "Clos")
    ]  # fmt: skip
    assert course.end == "x"


def test_a_message_for_oneself_does_not_leave_the_process() -> None:
    course = Course("""
        start s -> f
        and f -> t, c
        throw t (message Avis)
        catch c (message Avis) -> a
        user a
    """)
    assert (course.open, course.thrown) == (["a"], [])


def test_one_start_of_several_is_chosen_by_its_message() -> None:
    text = """
        start s -> a
        start m (message Avis) -> b
        user a
        user b
    """
    assert Course(text).open == ["a"]
    assert Course(text, by="Avis").open == ["b"]
    assert Course(text, by="m").open == ["b"]
    with pytest.raises(Incident):
        Course(text, by="Autre")


def test_of_two_starts_that_wait_for_something_one_must_be_said() -> None:
    text = "start m (message A) -> a\nstart n (message B) -> a\nuser a"
    with pytest.raises(Incident) as refused:
        Course(text)
    assert "il faut dire par quel événement de début il commence" in refused.value.text("fr")
    assert Course(text, by="B").open == ["a"]


# --- events on a border ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["message Stop", "signal Stop"])
def test_an_event_on_a_border_interrupts_or_does_not(event: str) -> None:
    kind, name = event.split()
    text = f"start s -> a\nuser a -> b\non t of=a ({event}) -> c\nuser b\nuser c"
    assert Course(text).send(kind, name).open == ["c"]
    assert not Course(text).complete("a").hears(kind, name)
    course = Course(text.replace("on t", "on! t"))
    assert course.send(kind, name).send(kind, name).open == ["a", "c", "c"]
    assert not course.complete("a").hears(kind, name)
    assert course.open == ["b", "c", "c"]


def test_a_condition_on_a_border_comes_true_once_each_time() -> None:
    course = Course("""
        start s -> f
        and f -> a, w
        user a -> e
        on! t of=a (condition x > 1) -> c
        end e
        user w -> w
        user c -> e
    """)
    assert course.open == ["a", "w"]
    assert course.complete("w", x=2).open == ["a", "c", "w"]
    assert course.complete("w", x=3).open == ["a", "c", "w"]
    assert course.complete("w", x=0).open == ["a", "c", "w"]
    assert course.complete("w", x=5).open == ["a", "c", "c", "w"]


def test_a_conditional_event_lets_pass_once_its_condition_holds() -> None:
    course = Course("start s -> f\nand f -> a, c\nuser a\ncatch c (condition x > 1) -> b\nuser b")
    assert (course.open, course.awaited) == (["a"], [("conditional", "x > 1")])
    assert course.complete("a", x=2).open == ["b"]


def test_withdrawing_an_activity_withdraws_all_that_it_began() -> None:
    course = Course("""
        start s -> p
        sub p [each items as item] -> e
          start ps -> c
          call c calls=q
        on t of=p (timer P1D) -> b
        user b
        end e
        process q
        start qs -> u
        user u
    """, items=["x", "y"])  # fmt: skip
    assert course.open == ["u", "u"]
    assert course.fire("t").open == ["b"]
    assert len(course.run.step.cancelled) == 2
    assert course.run.step.left == ("c", "c")
    assert course.complete("b").end == "b"


# --- errors, escalations, the end ------------------------------------------------------------------------------

ERROR = """
    start s -> p
    sub p -> b
      start ps -> pf
      and pf -> pa, pb
      user pa -> pe
      user pb
      end pe (error Refus)
    on t of=p (error Refus) -> c
    on u of=p (error Autre) -> d
    user b
    user c
    user d
"""


def test_an_error_is_caught_on_the_border_of_what_it_happens_in_and_stops_it() -> None:
    course = Course(ERROR)
    assert course.open == ["pa", "pb"]
    assert course.complete("pa").open == ["c"]


def test_an_error_without_a_name_catches_all_and_one_that_names_it_goes_before() -> None:
    assert Course(ERROR.replace("(error Refus) -> c", "(error) -> c")).complete("pa").open == ["c"]
    both = ERROR.replace("(error Refus) -> c", "(error) -> c").replace("(error Autre)", "(error Refus)")
    assert Course(both).complete("pa").open == ["d"]


def test_an_error_that_nobody_catches_ends_the_process() -> None:
    course = Course(ERROR.replace("(error Refus) -> c", "(error Rien) -> c")).complete("pa")
    assert (course.run.step.error, course.end, course.open) == ("Refus", "pe", [])


def test_an_error_goes_up_through_calls_and_instances() -> None:
    course = Course("""
        start s -> p
        call p calls=q [each items as item] -> e
        on t of=p (error Refus) -> c
        user c
        end e
        process q
        start qs -> qa
        user qa -> qe
        end qe (error Refus)
    """, items=[1, 2])  # fmt: skip
    assert course.open == ["qa", "qa"]
    assert course.complete("qa").open == ["c"]


def test_external_work_that_fails_takes_the_way_of_its_error() -> None:
    text = "start s -> a\nservice a -> b\non t of=a (error Panne) -> c\nuser b\nuser c"
    assert [work.kind for work in Course(text).waiting.works] == ["external"]
    assert Course(text).complete("a").open == ["b"]
    assert Course(text).complete("a", error="Panne").open == ["c"]
    failed = Course(text).complete("a", error="Autre").run.step
    assert (failed.error, failed.end) == ("Autre", "a")


def test_an_escalation_is_caught_and_who_said_it_goes_on() -> None:
    text = """
        start s -> p
        sub p -> b
          start ps -> pt
          throw pt (escalation Retard) -> pa
          user pa
        on! t of=p (escalation Retard) -> c
        user b
        user c
    """
    assert Course(text).open == ["c", "pa"]
    assert Course(text.replace("on! t", "on t")).open == ["c"]
    alone = Course(text.replace("of=p (escalation Retard)", "of=p (escalation Autre)"))
    assert (alone.open, alone.thrown) == (["pa"], [("escalation", "Retard")])


def test_a_terminate_end_stops_all_else_in_its_own_process_only() -> None:
    course = Course("""
        start s -> f
        and f -> p, x
        user x -> y
        end y (terminate)
        sub p -> b
          start ps -> pf
          and pf -> pa, pb
          user pa -> pe
          user pb
          end pe (terminate)
        user b
    """)
    assert course.complete("pa").open == ["b", "x"]
    assert course.complete("x").end == "y"


def test_a_terminate_end_of_flowable_may_stop_the_whole_process() -> None:
    file = sketch("start s -> p\nsub p -> b\n  start ps -> pa\n  user pa -> pe\n  end pe (terminate)\nuser b")
    course = Course(
        file.replace(b"<terminateEventDefinition", b'<terminateEventDefinition camunda:terminateAll="true"')
    )
    assert (course.complete("pa").end, course.open) == ("pe", [])


def test_a_transaction_that_is_cancelled_goes_on_from_its_border() -> None:
    text = """
        start s -> p
        transaction p -> b
          start ps -> pa
          user pa -> pd
          xor pd -> pe [go = true], pc [default]
          end pe
          end pc (cancel)
        on t of=p (cancel) -> c
        user b
        user c
    """
    assert Course(text).complete("pa", go=True).open == ["b"]
    assert Course(text).complete("pa", go=False).open == ["c"]


# --- event sub-processes ---------------------------------------------------------------------------------------

LISTENS = """
    start s -> a
    user a -> b
    user b
    sub! w
      start ws interrupts={interrupts} ({event}) -> wa
      user wa
"""


def test_an_event_sub_process_interrupts_the_process_that_it_stands_in() -> None:
    course = Course(LISTENS.format(interrupts="true", event="message Stop"))
    assert course.awaited == [("message", "Stop")]
    assert course.send("message", "Stop").open == ["wa"]
    assert course.awaited == []
    assert course.complete("wa").end == "w"
    assert course.open == []


def test_an_event_sub_process_that_interrupts_nothing_runs_beside_as_often_as_it_is_called() -> None:
    course = Course(LISTENS.format(interrupts="false", event="message Aide"))
    assert course.send("message", "Aide").send("message", "Aide").open == ["a", "wa", "wa"]
    assert course.complete("a").complete("b").open == ["wa", "wa"]
    # the process goes on as long as they do, and listens
    assert course.send("message", "Aide").open == ["wa", "wa", "wa"]
    for _ in range(3):
        course.complete("wa")
    assert (course.end != "", course.open) == (True, [])
    assert execution.send(course.program, "p", course.state, "message", "Aide", {}) is None


def test_a_timer_of_an_event_sub_process_is_armed_with_its_process_and_disarmed_with_it() -> None:
    course = Course(LISTENS.format(interrupts="false", event="timer R2/P7D"))
    assert [(each.element, each.when) for each in course.run.step.armed] == [("ws", "R2/P7D")]
    assert course.fire("ws").open == ["a", "wa"]
    assert course.fire("ws").timers == []
    course = Course(LISTENS.format(interrupts="true", event="timer P7D"))
    [token] = [each.token for each in course.run.step.armed]
    course.complete("a").complete("b")
    assert (course.end, course.run.step.disarmed) == ("b", (token,))


@pytest.mark.parametrize("event", ["error Refus", "error", "escalation Refus"])
def test_an_event_sub_process_catches_what_is_thrown_in_its_process_and_below(event: str) -> None:
    kind = event.split()[0]
    course = Course(
        f"""
        start s -> p
        sub p -> b
          start ps -> q
          sub q
            start qs -> qa
            user qa -> qe
            end qe ({kind} Refus)
          user px
          sub! w
            start ws ({event}) -> wa
            user wa
        user b
    """.replace("          user px\n", "")
    )
    assert course.complete("qa").open == ["wa"]
    assert course.complete("wa").open == ["b"]
    assert course.complete("b").end == "b"


def test_two_executions_of_a_shared_program_do_not_see_each_others_events() -> None:
    text = LISTENS.format(interrupts="false", event="message Aide")
    one, other = Course(text), Course(text)
    other.program = one.program
    one.send("message", "Aide").complete("wa").complete("a").complete("b")
    assert one.end != ""
    assert other.complete("a").complete("b").end == "b"


# --- several times ---------------------------------------------------------------------------------------------


def test_one_instance_for_each_item_at_once_and_enough_withdraws_the_others() -> None:
    course = Course(
        'start s -> a\nuser a "Avis ${item}" [each items as item] [enough nrOfCompletedInstances >= 2] -> b\nuser b',
        items=["x", "y", "z"],
    )
    assert course.open == ["a:x", "a:y", "a:z"]
    assert [work.name for work in course.waiting.works] == ["Avis x", "Avis y", "Avis z"]
    assert course.complete("a:y").open == ["a:x", "a:z"]
    assert course.complete("a:z").open == ["b"]
    assert len(course.run.step.cancelled) == 1


def test_one_instance_after_the_other_and_enough_stops() -> None:
    course = Course("start s -> a\nuser a [times n in turn] [enough x = 1] -> b\nuser b", n=3)
    assert course.open == ["a:0"]
    assert course.complete("a", x=0).open == ["a:1"]
    assert course.complete("a", x=1).open == ["b"]


def test_no_item_is_no_instance() -> None:
    assert Course("start s -> a\nuser a [each items as item] -> b\nuser b", items=[]).open == ["b"]
    assert Course("start s -> a\nuser a [times 0] -> b\nuser b").open == ["b"]


def test_instances_within_instances_have_their_own_items() -> None:
    course = Course("""
        start s -> p
        sub p [each lots as lot] -> b
          start ps -> a
          user a "${lot}/${qui}" [each gens as qui in turn]
        user b "b"
    """, lots=["L1", "L2"], gens=["x", "y"])  # fmt: skip
    names = lambda: sorted(work.name for work in course.waiting.works)  # noqa: E731
    assert names() == ["L1/x", "L2/x"]
    course.complete("a:x")
    assert names() == ["L1/y", "L2/x"]
    course.complete("a:y").complete("a:x").complete("a:y")
    assert names() == ["b"]


def test_a_loop_goes_round_while_its_condition_holds() -> None:
    course = Course("start s -> a\nuser a [while go = true] -> b\nuser b")
    assert course.complete("a", go=True).open == ["a"]
    assert course.complete("a", go=False).open == ["b"]


def test_what_an_instance_says_of_its_own_item_stays_with_it() -> None:
    course = Course("""
        start s -> p
        sub p [each items as item] -> z
          start ps -> a
          user a -> d
          xor d -> b [item = "q"], c [default]
          user b
          user c
        user z
    """, items=["x", "y"])  # fmt: skip
    course.complete("a", item="q")
    course.complete("a")
    assert course.open == ["b", "c"]


# --- calls and external work -----------------------------------------------------------------------------------

CALLS = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p" isExecutable="true"><startEvent id="s"/>
  <callActivity id="c" calledElement="q"><extensionElements><camunda:in source="x" target="y"/>
  <camunda:in sourceExpression="x + 1" target="w"/><camunda:out source="z" target="r"/></extensionElements>
  </callActivity>
  <exclusiveGateway id="d" default="f4"/><userTask id="yes"/><userTask id="no"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="c"/><sequenceFlow id="f2" sourceRef="c" targetRef="d"/>
  <sequenceFlow id="f3" sourceRef="d" targetRef="yes"><conditionExpression>r = 7 and x = 1</conditionExpression>
  </sequenceFlow><sequenceFlow id="f4" sourceRef="d" targetRef="no"/></process>
  <process id="q" isExecutable="true"><startEvent id="qs"/><userTask id="qa"/><exclusiveGateway id="qd" default="g4"/>
  <userTask id="qy"/><userTask id="qn"/><sequenceFlow id="g1" sourceRef="qs" targetRef="qa"/>
  <sequenceFlow id="g2" sourceRef="qa" targetRef="qd"/><sequenceFlow id="g3" sourceRef="qd" targetRef="qy">
  <conditionExpression>y = 1 and w = 2 and x = null</conditionExpression></sequenceFlow>
  <sequenceFlow id="g4" sourceRef="qd" targetRef="qn"/></process></definitions>"""


def test_a_called_process_has_the_variables_that_it_is_given_and_gives_back_those_that_are_taken() -> None:
    course = Course(CALLS, x=1)
    assert course.complete("qa").open == ["qy"]
    assert course.complete("qy", z=7, x=9).open == ["yes"]


def test_a_call_without_inputs_or_outputs_shares_all_variables() -> None:
    course = Course("""
        start s -> c
        call c calls=q -> d
        xor d -> b [x = 1], e [default]
        user b
        end e
        process q
        start qs -> qa
        user qa
    """)
    assert course.complete("qa", x=1).open == ["b"]


def test_what_an_expression_names_is_called() -> None:
    text = """
        start s -> c
        call c calls=${which} -> b
        user b
        process q
        start qs -> qa
        user qa
        process r
        start rs -> ra
        user ra
    """
    course = Course(text, which="r")
    # the process that began goes on, whatever the variable says later
    assert course.open == ["ra"]
    assert course.complete("ra", which="q").open == ["b"]
    with pytest.raises(Incident) as refused:
        Course(text, which="nowhere")
    assert "appelle « nowhere », qu’aucun fichier ne dessine" in refused.value.text("fr")


def test_work_that_others_carry_out_waits_to_be_completed_by_its_token() -> None:
    course = Course("""
        start s -> f
        and f -> a, b, c, d, g, h
        service a
        send b
        rule c
        receive d
        call g calls=ailleurs
        script h
    """)
    assert sorted((work.element, work.kind) for work in course.waiting.works) == [
        ("a", "external"), ("b", "external"), ("c", "external"), ("d", "receive"), ("g", "external"), ("h", "external")
    ]  # fmt: skip
    assert course.send("message", "d").open == ["a", "b", "c", "g", "h"]


def test_tasks_of_no_kind_are_passed_where_their_engine_passes_them() -> None:
    text = "start s -> a\ntask a -> b\nmanual b -> c\nuser c"
    assert Course(text).open == ["c"]
    spiff = sketch(text, 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"')
    assert Course(spiff).complete("a").complete("b").open == ["c"]


def test_what_begins_without_a_start_event_begins_everywhere_and_ends_where_nothing_follows() -> None:
    course = Course("user a -> c\nuser b -> c\nuser c")
    assert course.open == ["a", "b"]
    course.complete("a").complete("b").complete("c")
    assert course.complete("c").end == "c"


def test_links_lead_to_the_event_of_the_same_name() -> None:
    course = Course("""
        start s -> f
        and f -> l, m
        throw l (link Suite)
        throw m (link Suite)
        catch k (link Suite) -> a
        user a
    """)
    assert course.open == ["a", "a"]


def test_a_timer_or_an_event_that_says_nothing_waits_until_someone_does() -> None:
    course = Course("""
        start s -> f
        and f -> t, c, w
        catch t (timer) -> a
        catch c (condition) -> b
        catch w -> d
        user a
        user b
        user d
    """)
    assert [(each.element, each.when) for each in course.waiting.timers] == [("t", "")]
    assert course.fire("t").send("conditional", "c").send("message", "w").open == ["a", "b", "d"]


def test_ids_may_be_the_names_that_the_executor_has_for_its_own() -> None:
    course = Course("""
        start Start -> End
        user End -> Root
        user Root
        on t of=Root (timer P1D) -> x
        end x
    """)
    assert course.complete("End").open == ["Root"]
    assert course.complete("Root").end == "Root"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("complex a", "complex-gateway-not-run"),
        ("adhoc a\n  user b", "ad-hoc-not-run"),
        ("user a isForCompensation=true", "compensation-not-run"),
        ("throw a (compensate)", "compensation-not-run"),
        ("throw a (link Suite)", "event-not-run"),
        ("catch a (error E)", "event-not-run"),
        ("end a (cancel)", "cancel-outside-transaction"),
    ],
)
def test_what_is_not_run_is_refused_by_rule_element_and_line(text: str, rule: str) -> None:
    file = sketch("start s -> a\n" + text).replace(b"<sequenceFlow", b"\n<sequenceFlow", 1)
    [problem] = refusals([Diagram(file, "p.bpmn")])
    assert (problem.rule, problem.place) == (rule, Place("p.bpmn", 2, "a"))
    assert RULES[rule].severity == "error"
    with pytest.raises(DiagramRefused):
        Course(file)


@pytest.mark.parametrize("twin", ["sub! a\n  start b (signal S)", "complex a", "catch a (error E)"])
def test_two_elements_of_one_id_are_refused_whatever_they_are(twin: str) -> None:
    file = sketch(f"start s -> e\nend e\n{twin}\nuser x").replace(b'id="x"', b'id="a"')
    assert "duplicate-id" in {problem.rule for problem in refusals([Diagram(file, "p.bpmn")])}
    twins = sketch(f"start s -> e\nend e\n{twin}\n{twin.replace(' a', ' x').replace(' b ', ' c ')}").replace(
        b'id="x"', b'id="a"'
    )
    assert "duplicate-id" in {problem.rule for problem in refusals([Diagram(twins, "p.bpmn")])}


def test_a_called_process_that_stands_still_is_an_incident_whatever_errors_its_caller_would_catch() -> None:
    course = Course("""
        start s -> c
        call c calls=q -> e
        on x of=c (error E) -> e
        end e
        process q
        start qs -> a
        user a -> d
        xor d -> b [x = 1], j [default]
        user b -> j
        and j -> f
        end f
    """)
    with pytest.raises(Incident) as stuck:
        course.complete("a")
    assert "plus rien n’y attend" in stuck.value.text("fr")
