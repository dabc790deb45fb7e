"""The taxonomy as value: what each reason is, who owns its causes, and the edits people made to it.

How a class is proposed from evidence is in `reason_evidence`; here only what a class says and how edits win over it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from analytics.contract import CAUSES
from analytics.errors import CannotTellError, nearest
from analytics.statistics.causes import DEFAULT_OWNERS
from analytics.statistics.taxonomy_rules import Sign

CLASSES: Final = {
    "remove": "Remove: should not exist",
    "redistribute": "Redistribute: better solved elsewhere",
    "restructure": "Restructure: needs skilled people",
    "undecided": "Undecided: the data does not say",
}
"""The classes of a reason: code → words."""


@dataclass(frozen=True, slots=True)
class ReasonClass:
    """What one reason is, with the evidence."""

    reason: str
    class_: str
    """remove, redistribute, restructure or undecided."""
    owner: str
    """Function that owns the primary cause."""
    confidence: str
    """high, medium or low."""
    locked: bool
    """True: never counted as removable, whatever its causes (sensitive, or locked by a person)."""
    negative_share: float
    """Share of its issues with a known negative cause, 0–1."""
    evidence: tuple[str, ...] = ()
    """The rule that decided and the figures it used, in words."""
    edited_by: str = ""
    edited_at: str = ""
    rest_class: str = "undecided"
    """Class of the part without a negative cause."""
    cause: str = "unknown"
    """Primary cause."""
    label: str = ""
    """Name for people; the reason itself when empty."""
    lock_reason: str = ""
    excess_share: float = 0.0
    """Share of its repeats beyond natural recurrence, 0–1."""
    causes_coded: bool = True
    """False when no contact of the reason has a cause: then only excess repeats can be counted."""
    rule: str = ""
    """Rule that decided, R0 to R5; “edit” when a person did."""
    issues: int = 0
    owner_is_given: bool = False
    """True when the company's list of reasons names the owner."""
    signs: tuple[Sign, ...] = ()
    """What the rules compared, for people to follow."""

    @property
    def name(self) -> str:
        """What to show."""
        return self.label or self.reason


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All reasons with their class, and who owns which cause."""

    classes: tuple[ReasonClass, ...] = ()
    cause_owners: tuple[tuple[str, str], ...] = tuple(DEFAULT_OWNERS.items())
    owner_of: tuple[tuple[str, str, str], ...] = ()
    """(reason, cause, owner) where a person said so."""
    _by_reason: Mapping[str, ReasonClass] = field(init=False, repr=False, compare=False, default_factory=dict)
    _owners: Mapping[tuple[str, str], str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _usual: Mapping[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_reason", {found.reason: found for found in self.classes})
        object.__setattr__(self, "_owners", {(reason, cause): owner for reason, cause, owner in self.owner_of})
        object.__setattr__(self, "_usual", dict(self.cause_owners))

    def of(self, reason: str) -> ReasonClass:
        """Return the class of `reason`; undecided when it is not in the taxonomy."""
        return self._by_reason.get(reason) or ReasonClass(reason, "undecided", "service", "low", False, 0.0)

    def owner(self, reason: str, cause: str) -> str:
        """Return who owns `cause` of `reason`: as said, else the owner of its primary cause, else the usual."""
        said = self._owners.get((reason, cause))
        if said:
            return said
        found = self._by_reason.get(reason)
        if found is not None and found.cause == cause and found.owner:
            return found.owner
        return self._usual.get(cause, "not known")

    @property
    def owners(self) -> tuple[str, ...]:
        """Every owner function named anywhere, sorted."""
        named = {owner for _, owner in self.cause_owners} | {owner for *_, owner in self.owner_of}
        return tuple(sorted(named | {found.owner for found in self.classes if found.owner}))


EDITABLE: Final = ("class_", "rest_class", "cause", "owner", "locked", "lock_reason", "label")
"""Fields of a reason a person may change."""


@dataclass(frozen=True, slots=True)
class TaxonomyEdit:
    """What a person changed about one reason; None leaves the proposal."""

    reason: str
    by: str
    at: str
    class_: str | None = None
    rest_class: str | None = None
    cause: str | None = None
    owner: str | None = None
    locked: bool | None = None
    lock_reason: str | None = None
    label: str | None = None
    owners_by_cause: tuple[tuple[str, str], ...] = ()
    """(cause, owner) for single causes of the reason."""

    def __post_init__(self) -> None:
        for value in (self.class_, self.rest_class):
            _one_of(value, CLASSES, "class")
        for cause in (self.cause, *(cause for cause, _ in self.owners_by_cause)):
            _one_of(cause, CAUSES, "cause")

    @classmethod
    def from_body(cls, reason: str, body: Mapping[str, Any], by: str, at: str) -> "TaxonomyEdit":
        """Read an edit as the store keeps it: keys as in EDITABLE plus owners_by_cause (a table)."""
        owners = tuple(sorted(dict(body.get("owners_by_cause") or {}).items()))
        return cls(reason, by, at, owners_by_cause=owners, **{key: body[key] for key in EDITABLE if key in body})


def merge_edits(proposed: Taxonomy, edits: Iterable[TaxonomyEdit]) -> Taxonomy:
    """Return the taxonomy with people's edits over the proposal; the evidence stays and says who decided and when."""
    latest = {edit.reason: edit for edit in edits}
    classes = tuple(_edited(found, latest.get(found.reason)) for found in proposed.classes)
    said = tuple((edit.reason, cause, owner) for edit in latest.values() for cause, owner in edit.owners_by_cause)
    return replace(proposed, classes=classes, owner_of=proposed.owner_of + said)


def with_common_spelling(taxonomy: Taxonomy) -> Taxonomy:
    """Return the taxonomy with usual owners spelled as the company spells its own: “IT service”, not also “It Service”.

    Usual owners whom the company does not name begin with a capital, as names do.
    """
    usual_names = {owner.casefold(): owner[:1].upper() + owner[1:] for _, owner in taxonomy.cause_owners}
    given = {found.owner.casefold(): found.owner for found in reversed(taxonomy.classes) if found.owner_is_given}
    own = {**usual_names, **given}
    classes = tuple(replace(found, owner=own.get(found.owner.casefold(), found.owner)) for found in taxonomy.classes)
    usual = tuple((cause, own.get(owner.casefold(), owner)) for cause, owner in taxonomy.cause_owners)
    return replace(taxonomy, classes=classes, cause_owners=usual)


def _edited(found: ReasonClass, edit: TaxonomyEdit | None) -> ReasonClass:
    if edit is None:
        return found
    changes: dict[str, Any] = {name: getattr(edit, name) for name in EDITABLE if getattr(edit, name) is not None}
    rule = found.rule if edit.class_ is None else "edit"
    return replace(found, edited_by=edit.by, edited_at=edit.at, rule=rule, **changes)


def _one_of(value: str | None, valid: Mapping[str, str], what: str) -> None:
    if value is not None and value not in valid:
        raise CannotTellError(f"“{value}” is not a {what}.", do=nearest(value, valid))
