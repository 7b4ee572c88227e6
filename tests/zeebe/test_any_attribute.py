"""Whatever a method says in Camunda 7's words, Camunda 8 says it too: there and back, nothing changes."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagram import Diagram, drawn_in, for_camunda_8
from engine.dialect.form import read_form
from engine.method import Field

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D">'
)
text = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=20).filter(
    lambda each: each == " ".join(each.split()) and not each.startswith("=")
)
word = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
names = st.one_of(
    st.sampled_from(["method.lock", "method.each", "name.en", "method.never", "method.silence.after"]),
    st.builds("method.set.{}".format, word),
    st.builds("method.criterion.{}.en".format, word),
)
plain = st.sampled_from(["string", "textarea", "number", "money", "date", "boolean", "user", "users", "file"])


@st.composite
def fields(draw: st.DrawFn) -> str:
    kind = draw(st.one_of(plain, st.sampled_from(["enum", "multiselect", "table", "checklist"])))
    key, said = draw(word), {"label.en": draw(text), "help": draw(text), "help.en": draw(text)}
    inside = ""
    if kind in ("enum", "multiselect"):
        for value in draw(st.lists(word, min_size=1, max_size=3, unique=True)):
            inside += f"<camunda:value id={quoteattr(value)} name={quoteattr(draw(text))} />"
            said[f"option.{value}.en"] = draw(text)
    if kind == "checklist":
        for item in draw(st.lists(word, min_size=1, max_size=3, unique=True)):
            said |= {f"item.{item}": draw(text), f"item.{item}.en": draw(text), f"item.{item}.lock": "locked"}
    if kind == "table":
        columns = draw(st.lists(word, min_size=1, max_size=3, unique=True))
        said["columns"] = ",".join(columns)
        for each in columns:
            kinds = st.sampled_from(["text", "textarea", "number", "money", "date", "user", "boolean", "select"])
            said |= {f"column.{each}": draw(text), f"column.{each}.type": draw(kinds), f"column.{each}.en": draw(text)}
            said |= {f"column.{each}.required": "true"} if draw(st.booleans()) else {}
        said |= {"row.1": draw(word)}
    inside += "<camunda:properties>"
    for name, value in said.items():
        inside += f"<camunda:property name={quoteattr(name)} value={quoteattr(value)} />"
    limits = {"required": "true"} if draw(st.booleans()) else {}
    limits |= {"number": {"min": "0.5"}, "string": {"maxlength": "12"}, "table": {"minrows": "2"}}.get(kind, {})
    inside += "</camunda:properties><camunda:validation>"
    inside += "".join(f'<camunda:constraint name="{name}" config="{value}" />' for name, value in limits.items())
    label = quoteattr(draw(text))
    return (
        f'<camunda:formField id="{key}" type="{kind}" label={label}>{inside}</camunda:validation></camunda:formField>'
    )


def task(diagram: Diagram) -> tuple[dict[str, str], tuple[str, ...], tuple[Field, ...]]:
    [node] = diagram.root.all("userTask")

    def problem(rule: str, *_: object, **facts: str) -> None:
        raise AssertionError((rule, facts))

    words = tuple(node.camunda(each) for each in ("candidateGroups", "assignee", "dueDate", "priority"))
    return node.properties, words, read_form(node, problem)


@settings(deadline=None)
@given(
    said=st.dictionaries(names, text, max_size=4),
    role=text,
    due=st.sampled_from(["", "P10D", "P1M", "PT4H"]),
    form=st.lists(fields(), max_size=3, unique_by=lambda each: each.split('"')[1]),
)
def test_a_task_says_the_same_in_both_dialects(said: dict[str, str], role: str, due: str, form: list[str]) -> None:
    lines = "".join(f"<camunda:property name={quoteattr(n)} value={quoteattr(v)} />" for n, v in said.items())
    content = (
        f'{HEAD}<bpmn:process id="p"><bpmn:userTask id="A" camunda:candidateGroups={quoteattr(role)} '
        f'camunda:dueDate="{due}"><bpmn:extensionElements><camunda:formData>{"".join(form)}</camunda:formData>'
        f"<camunda:properties>{lines}</camunda:properties></bpmn:extensionElements></bpmn:userTask></bpmn:process>"
        "</bpmn:definitions>"
    )
    files = for_camunda_8({"p.bpmn": content.encode()})
    [eighth] = drawn_in(files)
    assert eighth.zeebe
    assert eighth.unread == ()
    assert task(eighth) == task(Diagram(content.encode(), "p.bpmn"))
    [again] = drawn_in({**files, "p.bpmn": eighth.write()})
    assert again.write() == eighth.write()
