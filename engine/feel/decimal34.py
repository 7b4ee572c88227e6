"""FEEL's numbers: IEEE 754-2008 decimal128, 34 digits (DMN 1.5, 10.3.2.3.1)."""

from __future__ import annotations

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from .errors import Refusal, refuse

CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emax=6144,
    Emin=-6143,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)


def number(value: int | float | str | Decimal) -> Decimal:
    """A FEEL number. A float is taken as it is written (0.1 is a tenth); infinities and NaN are refused."""
    try:
        taken = CONTEXT.create_decimal(repr(value) if isinstance(value, float) else value)
    except (DecimalException, ValueError) as error:
        raise out_of_range() from error
    if not taken.is_finite():
        raise refuse(
            f"Un nombre fini est attendu, « {value} » a été reçu. Corrigez la valeur.",
            f"Expected a finite number, got '{value}'. Correct the value.",
        )
    return taken


def out_of_range() -> Refusal:
    return refuse(
        "Le résultat n’est pas un nombre représentable (34 chiffres, exposant jusqu’à 6144). "
        "Vérifiez les valeurs du calcul.",
        "The result is not a number that can be held (34 digits, exponent up to 6144). "
        "Check the values of the calculation.",
    )


def plain(value: Decimal) -> str:
    """The digits without exponent or useless zeros."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(value: Decimal) -> int:
    """The whole part: positions and lengths are cut, as in the standard's test kit."""
    return int(value) if abs(value) < 10**15 else 10**15 * (1 if value > 0 else -1)


def rounded(value: Decimal, scale: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """To so many decimals; negative scales round to tens, hundreds…"""
    if not -6111 <= scale <= 6176:
        raise refuse(
            f"Un nombre de décimales de -6111 à 6176 est attendu, {scale} a été reçu. Corrigez-le.",
            f"Expected a number of decimals from -6111 to 6176, got {scale}. Correct it.",
        )
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -scale:
        return value
    cut = value.scaleb(scale, CONTEXT).to_integral_value(rounding)
    return CONTEXT.plus(cut.scaleb(-scale, CONTEXT)) if cut else Decimal(0)
