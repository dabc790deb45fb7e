"""The data contract as data: which tables and columns a workspace can hold. data/README.md is checked against it."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["time", "day", "category", "id", "text", "seconds", "count", "flag", "money", "number", "score"]

CHANNELS: Final = (
    "phone", "chat", "email", "messaging", "social", "store", "webform",
    "portal", "app", "bot", "ivr", "community", "mail", "callback", "other",
)  # fmt: skip
"""Channel words understood without a value map; any other word is kept and offered for mapping."""

SELF_SERVICE_CHANNELS: Final = ("portal", "app", "bot", "ivr")
COMMUNITY_CHANNELS: Final = ("community",)

CAUSES: Final = {
    "defect": "Product defect or poor design",
    "policy": "Outdated policy or authorisation",
    "process": "Wasteful process or internal error",
    "communication": "Unclear communication",
    "repeat": "Repeat contact",
    "fit": "Customer we should not have won this way",
    "none": "No negative cause",
    "unknown": "Cause not known",
}
"""The closed list of causes: code → words."""

NEGATIVE_CAUSES: Final = ("defect", "policy", "process", "communication", "repeat", "fit")

ACTIVITIES: Final = ("educated", "advised_new_use", "helped_goal", "validated_purchase", "anticipated_need")
"""The five value-enhancing activities."""

INITIATED_BY: Final = ("customer", "company", "predicted")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a contract table."""

    name: str
    kind: Kind
    doc: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the contract."""

    name: str
    doc: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in contract order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns a row cannot do without."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """Return the column called `name`; KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]


def _columns(*rows: tuple[str, Kind, str], required: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return tuple(Column(name, kind, doc, name in required) for name, kind, doc in rows)


CONTACTS: Final = Table(
    "contacts",
    "One row per contact: one interaction of a customer with the company.",
    _columns(
        ("contact_id", "id", "The company's own number of the contact; file and row stand in when there is none."),
        ("started_at", "time", "When the contact began."),
        ("closed_at", "time", "When it was closed."),
        ("channel", "category", "How the customer came: phone, chat, email and so on."),
        ("reason", "category", "Why the customer made contact."),
        ("product", "category", "What it was about."),
        ("segment", "category", "Group of the customer, such as B2B and B2C."),
        ("customer_id", "id", "Who; hashed on import, never shown."),
        ("session_id", "id", "The self-service session it came from."),
        ("handle_seconds", "seconds", "Working time spent on it."),
        ("wait_seconds", "seconds", "Time the customer waited."),
        ("abandoned", "flag", "The customer gave up waiting."),
        ("resolved", "flag", "Solved, by the best evidence the file has."),
        ("transfers", "count", "Times it was handed to somebody else."),
        ("is_transfer_leg", "flag", "This row is a later part of a contact already counted."),
        ("repeated_information", "flag", "The customer had to tell the same thing again."),
        ("planned_follow_up", "flag", "Agreed beforehand: a call-back or scheduled step."),
        ("cause", "category", "What in the company made it necessary, from the closed list."),
        ("secondary_cause", "category", "A second cause, kept as a tag, never counted again."),
        ("team", "category", "Who handled it."),
        ("agent_id", "id", "Which agent; hashed on import, never shown below team level."),
        ("policy", "category", "The policy or approval rule that held it."),
        ("authorisation_wait_seconds", "seconds", "Time spent waiting for an approval."),
        ("amount", "money", "The amount at stake in an approval."),
        ("guided", "flag", "The agent followed prescriptive guidance."),
        ("initiated_by", "category", "customer, company or predicted."),
        ("cost", "money", "Cost of the contact where the file gives it."),
        ("educated", "flag", "Value enhancement: explained how to use the product."),
        ("advised_new_use", "flag", "Value enhancement: suggested a new use."),
        ("helped_goal", "flag", "Value enhancement: helped to reach a goal."),
        ("validated_purchase", "flag", "Value enhancement: confirmed the purchase was right."),
        ("anticipated_need", "flag", "Value enhancement: solved the next problem before it came."),
        ("text", "text", "Free text; kept for the drill-down only, never in cubes."),
        required=("started_at", "channel", "reason"),
    ),
)

SURVEYS: Final = Table(
    "surveys",
    "One row per answered survey.",
    _columns(
        ("contact_id", "id", "The contact it was about."),
        ("customer_id", "id", "Who answered; hashed on import."),
        ("answered_at", "time", "When."),
        ("effort", "score", "Customer effort; stored 1–7, high = more effort."),
        ("csat", "score", "Satisfaction; stored as given with its scale."),
        ("nps", "score", "Likelihood to recommend, 0–10."),
        ("value_ability", "score", "“I can achieve more with the product”, 1–7."),
        ("value_confidence", "score", "“I am confident in my purchase”, 1–7."),
        ("repeated_information", "flag", "Had to repeat information."),
        ("channel_preference", "category", "Channel the customer would have liked."),
        ("problem", "flag", "The customer reports a problem."),
        ("problem_reason", "category", "Which problem."),
    ),
)

CUSTOMERS: Final = Table(
    "customers",
    "One row per customer.",
    _columns(
        ("customer_id", "id", "Who; hashed on import."),
        ("segment", "category", "Group."),
        ("joined_at", "day", "First day as a customer."),
        ("acquisition_channel", "category", "How the customer was won."),
        ("margin_per_year", "money", "Contribution margin a year."),
        ("spend", "money", "Spend a year."),
        ("renewal_at", "day", "Next renewal."),
        ("left_at", "day", "Last day as a customer; empty while active."),
        required=("customer_id",),
    ),
)

ACTIVE_CUSTOMERS: Final = Table(
    "active_customers",
    "Active customers by month: the denominator of demand.",
    _columns(
        ("month", "day", "Any day of the month."),
        ("segment", "category", "Group."),
        ("product", "category", "Product."),
        ("count", "count", "Active customers in that month."),
        required=("month", "count"),
    ),
)

SELF_SERVICE: Final = Table(
    "self_service",
    "One row per self-service session.",
    _columns(
        ("session_id", "id", "The session."),
        ("customer_id", "id", "Who, where known; hashed on import."),
        ("started_at", "time", "When."),
        ("surface", "category", "Where: portal, app, bot, voice menu."),
        ("reason", "category", "What it was about."),
        ("outcome", "category", "completed, abandoned or escalated, as the surface reports it."),
        required=("started_at",),
    ),
)

OUTREACH: Final = Table(
    "outreach",
    "One row per message the company sent.",
    _columns(
        ("sent_at", "time", "When."),
        ("customer_id", "id", "To whom; hashed on import."),
        ("kind", "category", "Education, alert, update, bill, letter."),
        ("template", "category", "Which text."),
        ("reason", "category", "Which contact reason it is about."),
        ("holdout", "flag", "Held back on purpose: the comparison group."),
        ("opted_out", "flag", "The customer opted out."),
        required=("sent_at",),
    ),
)

AGENTS: Final = Table(
    "agents",
    "One row per agent.",
    _columns(
        ("agent_id", "id", "Who; hashed on import."),
        ("team", "category", "Team."),
        ("role", "category", "Role."),
        ("skills", "text", "Skills."),
        ("started_at", "day", "First day."),
        ("left_at", "day", "Last day; empty while employed."),
        ("cost", "money", "Loaded cost a year."),
        required=("agent_id",),
    ),
)

POLICIES: Final = Table(
    "policies",
    "One row per policy or approval rule.",
    _columns(
        ("policy", "category", "Name, as contacts use it."),
        ("owner", "category", "Owner function."),
        ("last_review", "day", "Last reviewed."),
        ("approval_limit", "money", "Amount above which approval is asked."),
        ("loss_probability", "number", "Probability that an unapproved case is lost money, 0–1."),
        required=("policy",),
    ),
)

EVENTS: Final = Table(
    "events",
    "One row per event that may explain demand.",
    _columns(
        ("at", "day", "First day."),
        ("until", "day", "Last day."),
        ("kind", "category", "release, price, policy, letter or outage."),
        ("name", "category", "What happened."),
        ("product", "category", "Which product."),
        required=("at", "name"),
    ),
)

REASONS: Final = Table(
    "reasons",
    "One row per contact reason: what the company already knows about it.",
    _columns(
        ("reason", "category", "As contacts use it."),
        ("label", "category", "Name for people."),
        ("group", "category", "Family of reasons."),
        ("sensitive", "flag", "Must keep its door open."),
        ("class", "category", "remove, redistribute or restructure, if already decided."),
        ("owner", "category", "Owner function."),
        required=("reason",),
    ),
)

BUDGET: Final = Table(
    "budget",
    "Planned amounts by month and line.",
    _columns(
        ("month", "day", "Any day of the month."),
        ("line", "category", "Budget line."),
        ("amount", "money", "Amount."),
        required=("month", "line", "amount"),
    ),
)

TABLES: Final = {
    table.name: table
    for table in (
        CONTACTS,
        SURVEYS,
        CUSTOMERS,
        ACTIVE_CUSTOMERS,
        SELF_SERVICE,
        OUTREACH,
        AGENTS,
        POLICIES,
        EVENTS,
        REASONS,
        BUDGET,
    )
}
"""Contract tables by name, in the order they are read."""

RESULT_FORMAT: Final = 8
"""Format of the result file; raised when its tables change. Older results ask for a new import."""
