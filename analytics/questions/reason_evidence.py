"""The taxonomy proposed from evidence: what the cubes know about each reason, put through the rules (METHODS l)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.contract import NEGATIVE_CAUSES
from analytics.engine import Reader
from analytics.questions.identified import too_few_identified
from analytics.questions.period import DataPeriod, data_period
from analytics.questions.reason_measures import ENOUGH_TO_JUDGE, handle, proportion, resolution, sensitive
from analytics.questions.taxonomy import CLASSES, ReasonClass, Taxonomy, with_common_spelling
from analytics.questions.windows import Windows, excess_part, windows_by_reason, windows_of
from analytics.statistics.causes import main_cause, owner_of, proxy_share
from analytics.statistics.taxonomy import Classification, Facts, cause_measure, classify
from analytics.statistics.taxonomy_rules import Thresholds

OTHER_WORDS = {"other", "others", "not given", "unknown", "misc", "miscellaneous", "general"}


@dataclass(frozen=True, slots=True)
class _Company:
    mean_handle: float
    excess_share: float
    repeats_told: bool
    """Enough contacts have a customer: else repeats stand in for nothing (METHODS j 3)."""
    window_days: int
    windows: Windows
    blocked: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Case:
    """One reason with what the cubes and the company say about it."""

    reason: str
    sums: Mapping[Hashable, float]
    issues: Mapping[str, float]
    """Issues begun by root cause."""
    said: Mapping[Hashable, Any]
    excess_share: float

    @property
    def coded(self) -> bool:
        return sum(self.issues.values()) > self.issues.get("unknown", 0.0)

    @property
    def negative_share(self) -> float:
        negative = sum(self.issues.get(cause, 0.0) for cause in NEGATIVE_CAUSES)
        return negative / max(sum(self.issues.values()), 1.0)


def reason_evidence(reader: Reader, period: DataPeriod) -> pd.DataFrame:
    """Return what is known of each reason and root cause over the last twelve complete months, unfiltered."""
    return reader.frame("questions/reason_evidence", _year(period))


def reason_facts(reader: Reader) -> pd.DataFrame:
    """Return what the company said about its reasons: label, sensitive, class, owner."""
    return reader.frame("questions/reason_facts")


def held_by_policy(reader: Reader, period: DataPeriod) -> pd.DataFrame:
    """Return contacts held for an approval by reason."""
    return reader.frame("questions/held_by_policy", _year(period))


def propose_taxonomy(
    reader: Reader,
    thresholds: Thresholds | None = None,
    audited: Mapping[str, int] | None = None,
) -> Taxonomy:
    """Return every reason with class, cause, owner, evidence and confidence; largest reasons first.

    `audited` counts the contacts labelled by hand per reason; edits come on top with `taxonomy.merge_edits`.
    """
    period = data_period(reader)
    rows = reason_evidence(reader, period)
    company = _company(reader, period, rows)
    said = {str(row["reason"]): row for row in reason_facts(reader).to_dict("records")}
    order = rows.groupby("reason")["contacts"].sum().sort_values(ascending=False, kind="stable").index
    sums = rows.groupby("reason", sort=False).sum(numeric_only=True).astype(float).to_dict("index")
    begun = _issues_begun(rows)
    cases = (
        _Case(name, sums[name], begun[name], said.get(name, {}), _excess_share(name, company))
        for name in map(str, order)
    )
    labels, rules = audited or {}, thresholds or Thresholds()
    classes = tuple(_class_of(case, company, rules, labels.get(case.reason, 0)) for case in cases)
    return with_common_spelling(Taxonomy(classes))


def _issues_begun(rows: pd.DataFrame) -> dict[str, dict[str, float]]:
    begun: dict[str, dict[str, float]] = {}
    issues = rows["issues"].astype(float).fillna(0.0).tolist()
    for reason, cause, count in zip(rows["reason"].tolist(), rows["cause"].tolist(), issues, strict=True):
        begun.setdefault(str(reason), {})[str(cause)] = count
    return begun


def _class_of(case: _Case, company: _Company, thresholds: Thresholds, audited: int) -> ReasonClass:
    signals = {"repeat": case.excess_share * case.sums["repeats"], "policy": company.blocked.get(case.reason, 0.0)}
    contacts = max(int(case.sums["contacts"]), 1)
    share = case.negative_share if case.coded else proxy_share(signals, contacts).value
    found = classify(_facts(case, company, share, audited), thresholds)
    return _said(found, case, main_cause(case.issues if case.coded else signals), share)


def _facts(case: _Case, company: _Company, cause_share: float, audited: int) -> Facts:
    variation, ratio = handle(case.sums, company.mean_handle)
    issues = int(case.sums["issues"])
    return Facts(
        reason=case.reason,
        issues=issues,
        cause_share=cause_measure(min(cause_share, 1.0), issues),
        variation=variation,
        handle_ratio=ratio,
        resolution=resolution(case.reason, company.windows, company.window_days),
        specialist=proportion(case.sums["transferred"], case.sums["transfers_known"]),
        sensitive=sensitive(case.reason, bool(case.said.get("sensitive"))),
        is_other=case.reason.casefold().strip() in OTHER_WORDS,
        audited=audited,
        unknown_cause=case.issues.get("unknown", 0.0) / max(issues, 1),
        cause_is_proxy=not case.coded,
    )


def _said(found: Classification, case: _Case, cause: str, negative_share: float) -> ReasonClass:
    given = str(case.said.get("class") or "").casefold()
    known = given in CLASSES
    notes = [f"The company's own list of reasons says {given}."] if known else []
    if not case.coded:
        notes.append("No cause is coded: repeats beyond natural recurrence and approvals stand in for causes.")
    return ReasonClass(
        reason=found.reason,
        class_=given if known else found.class_,
        owner=owner_of(cause, str(case.said.get("owner") or "")),
        confidence=found.confidence,
        locked=found.locked,
        negative_share=negative_share,
        evidence=(*notes, *found.evidence),
        rest_class=found.rest,
        cause=cause,
        label=str(case.said.get("label") or ""),
        lock_reason="; ".join(found.evidence) if found.locked else "",
        excess_share=case.excess_share,
        causes_coded=case.coded,
        rule="given" if known else found.rule,
        issues=int(case.sums["issues"]),
        owner_is_given=bool(case.said.get("owner")),
        signs=found.signs,
    )


def _company(reader: Reader, period: DataPeriod, rows: pd.DataFrame) -> _Company:
    windows = windows_of(windows_by_reason(reader, period.default), "reason")
    known = float(rows["handle_known"].sum())
    held = held_by_policy(reader, period)
    return _Company(
        mean_handle=float(rows["handle_seconds"].sum()) / known if known else float("nan"),
        excess_share=excess_part(windows.counts("mature"), windows.counts("has_repeat"), period.window_days) or 0.0,
        repeats_told=not too_few_identified(reader, period.default),
        window_days=period.window_days,
        windows=windows,
        blocked=dict(zip(held["reason"], held["blocked"].astype(float), strict=True)),
    )


def _excess_share(reason: str, company: _Company) -> float:
    if not company.repeats_told:
        return 0.0
    if reason not in company.windows.labels:
        return company.excess_share
    row = company.windows.labels.index(reason)
    mature = company.windows.counts("mature", row)
    if mature[company.window_days - 1] < ENOUGH_TO_JUDGE:
        return company.excess_share
    own = excess_part(mature, company.windows.counts("has_repeat", row), company.window_days)
    return company.excess_share if own is None else own


def _year(period: DataPeriod) -> dict[str, Any]:
    return {"first_month": period.default.first_month, "last_month": period.default.last_month}
