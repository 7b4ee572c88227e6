"""What each language says, and how FEEL says it; and what is refused, because its meaning is not certain."""

from __future__ import annotations

import pytest

from engine import feel
from engine.juel import refusal, to_feel

JUEL = {
    "${approved}": "approved",
    "#{!approved}": "not(approved)",
    "${not approved}": "not(approved)",
    "${score > 5}": "score > 5",
    "${input == 'left'}": 'input = "left"',
    '${input != "left"}': 'input != "left"',
    "${a eq 1 and b ne 2 or c lt 3}": "a = 1 and b != 2 or c < 3",
    "${a && (b || c)}": "a and (b or c)",
    "${a == null ? 'x' : 'y'}": 'if a = null then "x" else "y"',
    "${!a ? 'x' : 'y'}": 'if a then "y" else "x"',
    "${order.customer.age >= 18}": "order.customer.age >= 18",
    "${order['customer'].age ge 18}": "order.customer.age >= 18",
    "${total + 1 > limit - (2 - x)}": "total + 1 > limit - (2 - x)",
    "${nrOfCompletedInstances/nrOfInstances >= 0.5}": "nrOfCompletedInstances / nrOfInstances >= 0.5",
    "${count % 2 == 0}": "modulo(count, 2) = 0",
    "${-x < 3}": "-x < 3",
    "${a == 'it\\'s'}": 'a = "it\'s"',
    "${status.equals('open')}": '(status = "open")',
    "${'open'.equals(status)}": '("open" = status)',
    "${name.toLowerCase() == 'x'}": 'lower case(name) = "x"',
    "${name.startsWith('A')}": 'starts with(name, "A")',
    "${name.length() > 3}": "string length(name) > 3",
    "${customer.get('city') == 'Lyon'}": 'get value(customer, "city") = "Lyon"',
    "${execution.getVariable('x') == 1}": "x = 1",
    '${customer.prop("age").numberValue() >= 21}': "customer.age >= 21",
    "${items.size() > 2}": "(if items instance of list<Any> then count(items) else count(get entries(items))) > 2",
    "montant > 3 and statut = \"ouvert\"": "montant > 3 and statut = \"ouvert\"",
}  # fmt: skip
PYTHON = {
    "choice == 'No'": 'choice = "No"',
    "x == 1": "x = 1",
    "not val": "not(val)",
    "flag == True": "flag = true",
    "answer is None": "answer = null",
    "answer is not None and answer != ''": 'answer != null and answer != ""',
    "0 < x <= 5": "0 < x and x <= 5",
    "x in ['a', 'b']": 'x = "a" or x = "b"',
    "x not in (1, 2)": "not(x = 1 or x = 2)",
    "a if urgent else b": "if urgent then a else b",
    "order['total'] * 1.2 > order.limit": "order.total * 1.2 > order.limit",
    "n % 3 == 1": "modulo(n, 3) = 1",
    "name.startswith('A')": 'starts with(name, "A")',
    "a and b or not c": "a and b or not(c)",
    "x == -1": "x = -1",
}
JAVASCRIPT = {
    "${environment.variables.input}": "input",
    "${variables.ready}": "ready",
    "this.variables.input <= 50": "input <= 50",
    "next(null, !environment.variables.stop);": "not(stop)",
    "this.environment.variables.a === true && variables.b !== 'x'": 'a = true and b != "x"',
    "variables.name.length > 2": "(if name instance of string then string length(name) "
    "else if name instance of list<Any> then count(name) else null) > 2",
    "variables.a == null ? 1 : 2": "if a = null then 1 else 2",
}
UNSURE = {
    "camunda": [
        "${a + b}",  # numbers, or the digits of two texts
        "${a % 2}",  # its sign is that of the left side
        "${(a || b) == false}",  # null there counts for false
        "${a && !b ? 1 : 2}",  # the negation of null is true
        "${list[0]}",
        "${list.contains(1)}",  # never true in Java: 1 is a Long
        "${x.equals(y)}",
        "${bean.check(x)}",
        "${execution.hasVariable('x')}",
        "order-${id}",
        "${a}${b}",
        "${a = 1}",
        "${if == 1}",
        "${x.$ref}",
        "${a ==}",
        "${}",
        "x == 1",
    ],
    "spiffworkflow": [
        "'x' in vars() or 'x' in globals()",
        "f(1)",
        "x in y",
        "a ** 2",
        "a // 2",
        "[x for x in y]",
        "(a or b) == True",
        "lambda: 1",
        "x[0]",
        "__import__('os').system('x')",
        "priority = 'Emergency'",
        "x == 'a\\d'",
    ],
    "bpmn-engine": [
        "${services.check()}",
        "next(null, properties.type === 'signal');",
        "this.environment.output.x > 1",
        "variables.x === undefined",
        "next(new Error('x'), true)",
    ],
}
CASES = [
    *(("camunda", *case) for case in JUEL.items()),
    *(("flowable", *case) for case in JUEL.items()),
    *(("spiffworkflow", *case) for case in PYTHON.items()),
    *(("bpmn-engine", *case) for case in JAVASCRIPT.items()),
    ("zeebe", "= approved and amount > 3", "approved and amount > 3"),
    ("zeebe", "approved", "approved"),
    ("", "${a == 1}", "a = 1"),
    ("", "a == 'x' && !b", 'a = "x" and not(b)'),
    ("", "=not(approved)", "not(approved)"),
    ("", 'Vacation Approval = "Approved"', 'Vacation Approval = "Approved"'),
]


@pytest.mark.parametrize(("dialect", "text", "wanted"), CASES)
def test_an_expression_of_certain_meaning_is_said_in_feel(dialect: str, text: str, wanted: str) -> None:
    assert to_feel(text, dialect) == wanted


@pytest.mark.parametrize(("dialect", "text", "wanted"), CASES)
def test_what_was_translated_stays_as_it_is(dialect: str, text: str, wanted: str) -> None:
    assert to_feel(wanted, dialect) == wanted


@pytest.mark.parametrize(("dialect", "text"), [(each, text) for each in UNSURE for text in UNSURE[each]])
def test_an_expression_of_uncertain_meaning_is_not_translated(dialect: str, text: str) -> None:
    assert to_feel(text, dialect) is None


def test_the_refusal_shows_the_text_and_how_to_write_it() -> None:
    said = refusal("${a + b}")
    assert (
        said.fr
        == '« ${a + b} » n’a pas de sens certain ici. Écrivez-le en FEEL : montant > 1000 and statut = "accepté"'
    )
    assert said.en == '“${a + b}” has no certain meaning here. Write it in FEEL: amount > 1000 and status = "accepted"'
    feel.compile(said.en.split(": ", 1)[1])


@pytest.mark.parametrize("dialect", ["camunda", "spiffworkflow", "bpmn-engine"])
def test_a_text_that_nests_too_deep_is_not_translated(dialect: str) -> None:
    for text in ("(" * 900 + "a" + ")" * 900, "not " * 400 + "a", "!" * 900 + "a", "-" * 1000 + "1"):
        assert to_feel(text if dialect == "spiffworkflow" else f"${{{text}}}", dialect) is None
