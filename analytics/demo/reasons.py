"""The forty contact reasons of the demo company, largest first, with what is typical of each.

Owns names and orderings only: how large and how difficult a reason is in numbers is drawn by `world`.
"""

from dataclasses import dataclass
from typing import Final

CAUSE_CODES: Final = ("defect", "policy", "process", "communication", "fit", "none", "repeat")
"""Causes as the demo numbers them; words are those of the contract."""

FIT, NONE, REPEAT = 4, 5, 6


@dataclass(frozen=True, slots=True)
class Reason:
    """One contact reason: who owns it, how hard it is relative to others, and what makes it necessary."""

    name: str
    group: str
    owner: str
    difficulty: float
    """Only its order among the reasons is used."""
    handle_sigma: float
    """Standard deviation of log handle time."""
    specialist: float
    """Probability of a hand-over to a specialist."""
    causes: tuple[float, float, float, float]
    """Per cent of issues caused by defect, policy, process and communication; the rest has no negative cause."""
    sensitive: bool = False


def _row(line: str) -> Reason:
    name, group, owner, difficulty, sigma, specialist, *causes = (cell.strip() for cell in line.split("|"))
    shares = tuple(float(cell) for cell in causes[:4])
    return Reason(
        name=name,
        group=group,
        owner=owner,
        difficulty=float(difficulty),
        handle_sigma=float(sigma),
        specialist=float(specialist),
        causes=(shares[0], shares[1], shares[2], shares[3]),
        sensitive=len(causes) > 4,
    )


_TABLE: Final = """\
Delivery status          |Delivery |Supply chain    |-1.1|.40|.03| 3| 0|18|40
Bill explanation         |Billing  |Billing         |-.2 |.45|.05| 3| 0| 2|14
Billing error            |Billing  |Billing         | .8 |.68|.15|53| 0|12| 5
Password reset           |Account  |IT              |-1.6|.36|.02| 8| 0| 0| 2
No connection            |Network  |Network         | .5 |.52|.12|52| 0| 4| 0
Slow connection          |Network  |Network         | .4 |.72|.15|12| 0| 0| 2
Appointment              |Field    |Field operations|-1.0|.36|.04| 0| 0| 8| 4
Router setup             |Devices  |Product         | .1 |.78|.10| 7| 0| 0| 7
Payment method           |Billing  |Billing         |-.9 |.34|.02| 4| 0| 0| 2
Cancel contract          |Contract |Sales           | .6 |.82|.22| 3|10| 0| 0
Move home                |Contract |Sales           | .3 |.78|.15| 0| 4| 9| 0
Refund status            |Billing  |Billing         |-.1 |.46|.08| 0|11|21| 4
Product advice           |Sales    |Sales           | .2 |.90|.12| 0| 0| 0| 3
Missed engineer visit    |Field    |Field operations| .7 |.56|.14| 0| 0|60| 8
App problem              |Digital  |Product         | .2 |.62|.12|61| 0| 0| 0
Contract renewal         |Sales    |Sales           | .1 |.82|.15| 0| 2| 0| 4
Address change           |Account  |IT              |-1.2|.32|.01| 0| 0| 4| 0
Return a device          |Delivery |Supply chain    |-.3 |.46|.06| 0|10| 4| 6
Invoice copy             |Billing  |Billing         |-1.5|.28|.01|10| 0| 0| 6
Wi-Fi coverage           |Devices  |Product         | .6 |.86|.20| 7| 0| 0| 4
Price change             |Billing  |Marketing       | .2 |.56|.06| 0| 3| 0|32
Smart-home pairing       |Devices  |Product         | .5 |.82|.22|13| 0| 0| 5
Faster plan              |Sales    |Sales           |-.4 |.60|.05| 0| 0| 0| 3
Payment failed           |Billing  |Billing         | .0 |.46|.05|16| 0|12| 3
Warranty claim           |Devices  |Quality         | .9 |.82|.15|47| 0| 8| 0
Letter not understood    |Billing  |Marketing       |-.5 |.40|.03| 0| 0| 0|70
TV channel missing       |Devices  |Product         |-.2 |.50|.10|33| 0| 0| 1
Installation status      |Field    |Field operations|-.6 |.40|.05| 0| 0|16|19
Credit or compensation   |Billing  |Billing         | .9 |.78|.25| 0|30| 6| 0
Data allowance           |Account  |Product         |-.8 |.36|.02| 0| 0| 0| 5
Formal complaint         |Sensitive|Service         |1.6 |.95|.60|30|15|35| 5|sensitive
Number transfer          |Contract |Operations      |1.0 |.72|.28| 0| 7|29| 0
Business line setup      |Contract |Sales           |1.1 |.92|.40| 0| 0| 7| 0
Fraud or account takeover|Sensitive|Risk            |1.3 |.82|.45| 0| 0|30| 0|sensitive
Device recycling         |Delivery |Supply chain    |-.9 |.36|.02| 0| 0| 0|11
Support in hardship      |Sensitive|Service         | .8 |.78|.35| 0|15|10| 0|sensitive
Data privacy request     |Sensitive|Legal           | .7 |.78|.40| 0| 0|20| 0|sensitive
Accessible service       |Sensitive|Product         | .6 |.72|.25|25| 0| 0| 0|sensitive
Bereavement              |Sensitive|Service         |1.2 |.88|.50| 0|15|40| 0|sensitive
Other                    |Other    |Service         | .1 |.88|.15| 4| 0| 4| 0
"""

REASONS: Final = tuple(_row(line) for line in _TABLE.splitlines())
INDEX: Final = {reason.name: position for position, reason in enumerate(REASONS)}
INITIATIVE_A: Final = 2
"""The third-largest reason: the initiative that works."""
INITIATIVE_B: Final = 5
"""The sixth-largest reason: the initiative that does nothing."""
