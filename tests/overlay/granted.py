"""Random overlays of the default method, all of which it grants; and random ones, most of which it does not."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import count

from hypothesis import strategies as st

from engine.overlay import operations as op
from engine.overlay.operations import Operation
from tests.overlay.samples import step, text

OPTIONAL = ("A5", "C2", "C5", "C7b", "C7c", "P4T", "V2", "K3")
HOOKS = ("P1.start", "P1.end", "P2.start", "P2.end", "P3.end", "P4.start", "P5.end", "P6.end", "C3.before", "C3.after")
ROLES = ("CP", "COM", "GP", "RS", "FIN", "QUAL", "EXP", "COMINT", "PROP")


@st.composite
def overlays(draw: st.DrawFn) -> tuple[Operation, ...]:
    """Steps hidden, made conditional and inserted: what moves the drawing."""
    hidden = draw(st.sets(st.sampled_from(OPTIONAL)))
    conditional = draw(st.sets(st.sampled_from(("C2", "C5")))) - hidden
    hooks = draw(st.lists(st.tuples(st.sampled_from(HOOKS), st.sampled_from(ROLES)), max_size=4))
    found: list[Operation] = [op.Hide(each) for each in sorted(hidden)]
    found += [op.MakeConditional(each, "budget > 50000") for each in sorted(conditional)]
    found += [op.Insert(hook, step(f"L{n}", role)) for n, (hook, role) in enumerate(hooks, 1)]
    return tuple(draw(st.permutations(found)))


def thirty() -> tuple[Operation, ...]:
    """Thirty operations of every kind that the default method grants."""
    numbers = count(1)

    def key() -> str:
        return f"local{next(numbers)}"

    found: Iterable[Operation] = (
        op.Hide("A5"), op.Hide("C7b"), op.Hide("P4T"), op.Hide("K3"), op.Hide("T5"), op.Hide("T6"),
        op.MakeConditional("C2", "budget > 50000"), op.MakeConditional("C5", "budget > 100000"),
        op.Insert("P1.end", step("L1", "FIN")), op.Insert("P2.start", step("L2", "COM")),
        op.Insert("C3.after", step("L3", "RS")), op.Insert("P4.end", step("L4", "QUAL")),
        op.AddCriterion("G1", key(), text("Un critère local")), op.AddCriterion("G2", key(), text("Un autre")),
        op.AddCriterion("G4", key(), text("Un troisième")), op.AddItem("K2", "liste", key(), text("Une ligne locale")),
        op.AddField("A4", op.Field(key(), "textarea", text("Un champ local"))),
        op.AddField("C3", op.Field(key(), "number", text("Un nombre"))),
        op.AddVoter("G1", "FIN"), op.AddVoter("G2", "QUAL"), op.RaiseQuorum("G1", Decimal("0.75")),
        op.RaiseQuorum("G3", Decimal("0.8")), op.TightenRule("G2", "two_thirds"), op.TightenRule("G5", "unanimity"),
        op.SetDue("A4", "P20D"), op.SetDue("C6", "P5D"), op.SetDue("G1", "P5D"),
        op.LowerThreshold("Process_X1", Decimal(50000)), op.Rename("A6", text("Note de cadrage de la direction")),
        op.Rename("C3", text("Scénarios chiffrés"), field="scenarios"),
    )  # fmt: skip
    return tuple(found)
