"""FEEL, the expression language of DMN 1.5, safe to run on a text that anyone wrote.

The river: text -> tokens (`lexer`) -> nodes (`parser`, `terms`, `vocabulary`) -> closures (`evaluate`,
`relations`, `iterate`, `postfix`) -> value, over `arithmetic`, `comparison`, `builtins` and `patterns`; `conversion`
is the border with Python, `budget` what one evaluation may cost, `errors` all that it can refuse.

    >>> compile("montant * 1.2 > seuil").evaluate({"montant": 100, "seuil": 110})
    True

The package stands alone: it imports the standard library only. Reference: docs/reference/feel.md.
"""

from .budget import Account
from .builtins import BUILTINS as _BUILTINS
from .check import Complaint, check
from .constants import constants
from .conversion import kind_of
from .durations import DaysTimeDuration, YearsMonthsDuration
from .errors import FeelError, FeelEvaluationError, FeelSyntaxError
from .expression import Expression, compile
from .temporal import Date, DateTime, Time
from .values import Function, Range

#: Names of the built-in functions: what `Expression.functions` may call without defining.
BUILTINS: frozenset[str] = frozenset(_BUILTINS)

__all__ = [
    "BUILTINS",
    "Account",
    "Complaint",
    "Date",
    "DateTime",
    "DaysTimeDuration",
    "Expression",
    "FeelError",
    "FeelEvaluationError",
    "FeelSyntaxError",
    "Function",
    "Range",
    "Time",
    "YearsMonthsDuration",
    "check",
    "compile",
    "constants",
    "kind_of",
]
