"""The words of the company's own systems, and what the contract calls them."""

from typing import Final

from analytics.demo.reasons import REASONS

CHANNEL_WORDS: Final = {
    "Telephone": "phone",
    "Live chat": "chat",
    "E-mail": "email",
    "Messaging app": "messaging",
    "Social media": "social",
    "Shop visit": "store",
    "Web form": "webform",
}
CAUSE_WORDS: Final = {
    "product fault": "defect",
    "our rule": "policy",
    "our process": "process",
    "unclear message": "communication",
    "wrong sale": "fit",
    "no fault": "none",
    "came back": "repeat",
}
SEGMENT_WORDS: Final = {"home": "B2C", "business": "B2B"}
STARTED_WORDS: Final = {"customer": "customer", "agreed call-back": "company"}
SURFACES: Final = ("portal", "app", "bot", "ivr")
REASON_NAMES: Final = tuple(reason.name for reason in REASONS)
_NOTES: Final = (
    "Customer asked about {}.",
    "{}: explained the next step.",
    "{}: second time this month, customer annoyed.",
    "{}: checked the account, all in order.",
    "{}: passed on to the team in charge.",
    "{}: solved while the customer waited.",
)
NOTE_TEXTS: Final = tuple(note.format(name.lower()).capitalize() for name in REASON_NAMES for note in _NOTES)
ACTIVITY_COLUMNS: Final = ("explained_use", "showed_new_use", "helped_with_goal", "confirmed_choice", "looked_ahead")
