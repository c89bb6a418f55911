"""How API Gateway writes the numbers of the JSON that it stores: it is Java, and so are they."""

from __future__ import annotations

import math
from decimal import Decimal

from .records import Unusable

#: Fractions with more characters stay decimal, others become doubles.
LONGEST_DOUBLE = 18


class Floats:
    """Reads fractions for json.loads, and counts what they grow by as the gateway writes them."""

    def __init__(self) -> None:
        #: Characters; negative where they are shorter.
        self.growth = 0

    def __call__(self, text: str) -> float:
        """Raises Unusable."""
        number = float(text)
        if math.isinf(number):
            raise Unusable(f"{text[:40]} is larger than a double")
        self.growth += len(gateway_text(text)) - len(repr(number))
        return number


def gateway_text(text: str) -> str:
    """BigDecimal.toString, which is Python's str of a Decimal, or Double.toString."""
    if len(text) > LONGEST_DOUBLE:
        return str(Decimal(text))
    number = float(text)
    if number == 0 or 1e-3 <= abs(number) < 1e7:
        return repr(number)
    sign, digits, exponent = Decimal(repr(number)).normalize().as_tuple()
    first, *rest = map(str, digits)
    fraction = "".join(rest) or "0"
    return f"{'-' * sign}{first}.{fraction}E{int(exponent) + len(rest)}"
