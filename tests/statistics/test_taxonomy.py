"""Classes of reasons: the table of 15 reasons, guards, evidence, confidence, and the split of cost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import AnalyticsError
from analytics.statistics.causes import above_baseline, main_cause, owner_of, primary_cause, proxy_share
from analytics.statistics.taxonomy import Facts, Measure, cause_measure, classify, split_cost
from analytics.statistics.taxonomy_rules import CLASSES, Thresholds

# reason: F, CV, AHT ratio, FCR, containment, v, m, specialist, sensitive | class, rest | causes that hold, owner named
TABLE = {
    "billing error": (.82, .75, 1.3, .58, .15, -12, -6, .15, "", "remove", None, {"defect", "repeat"}, "billing"),
    "where is my order": (.71, .45, .6, .66, .62, -8, -4, .03, "", "remove", "redistribute",
                          {"communication", "repeat"}, "supply chain"),
    "password reset": (.22, .40, .55, .88, .74, -2, -3, .02, "", "redistribute", None, {"defect"}, "product"),
    "cancel subscription": (.25, .80, 1.2, .80, .35, -3, 4, .20, "", "restructure", None, {"policy", "fit"}, "sales"),
    "fraud alert": (.35, .85, 1.6, .72, .10, 2, -9, .45, "fraud", "locked", None, {"process"}, "risk"),
    "product advice": (.08, .90, 1.3, .85, .30, 9, 7, .12, "", "restructure", None, set(), "sales"),
    "warranty claim": (.64, .85, 1.5, .50, .12, -6, -11, .30, "", "remove", "restructure",
                       {"defect", "process"}, "quality"),
    "address change": (.12, .35, .6, .91, .70, -1, -3, .01, "", "redistribute", None, {"process"}, "IT"),
    "complaint escalation": (.90, 1.0, 2.4, .40, None, -15, -20, .60, "formal complaint", "locked", None,
                             {"repeat"}, "service"),
    "appointment": (.28, .40, .7, .84, .60, 0, -3, .03, "", "redistribute", None, {"process"}, "field operations"),
    "invoice copy": (.38, .30, .45, .93, .78, -2, -2, .01, "", "redistribute", None, {"defect"}, "billing"),
    "outage": (.93, .55, .7, .45, .40, -14, -4, .10, "", "remove", None, {"defect", "repeat"}, "network"),
    "onboarding help": (.40, .95, 1.5, .74, .38, 8, 5, .15, "", "restructure", None, {"defect"}, "product"),
    "contract negotiation": (.05, 1.1, 2.8, .70, None, 6, 60, .55, "", "restructure", None, set(), "sales"),
    "bereavement": (.55, .90, 2.2, .45, None, -4, -15, .50, "bereavement", "locked", None, {"process"}, "legal"),
}  # fmt: skip
CAUSES = {
    "billing error": "defect", "where is my order": "communication", "password reset": "defect",
    "cancel subscription": "policy", "fraud alert": "process", "product advice": "none", "warranty claim": "defect",
    "address change": "process", "complaint escalation": "repeat", "appointment": "process",
    "invoice copy": "defect", "outage": "defect", "onboarding help": "defect", "contract negotiation": "none",
    "bereavement": "process",
}  # fmt: skip


def facts(reason="r", issues=5000, error=0.0, **changes):
    F, cv, aht, fcr, cont, v, m, spec, sensitive = TABLE.get(reason, TABLE["address change"])[:9]
    given = {
        "cause_share": F, "variation": cv, "handle_ratio": aht, "resolution": fcr, "containment": cont,
        "value_points": v, "margin": m, "specialist": spec,
    }  # fmt: skip
    given |= {name: changes.pop(name) for name in list(changes) if name in given}
    measures = {name: None if value is None else Measure(value, error) for name, value in given.items()}
    base = {"sensitive": sensitive, "audited": 250, "unknown_cause": 0.05} | changes
    return Facts(reason, issues, **measures, **base)


@pytest.mark.parametrize("reason", TABLE)
def test_table_of_fifteen_reasons(reason):
    expected, rest, holding, owner = TABLE[reason][9:]
    found = classify(facts(reason))
    assert (found.class_, found.locked) == (("restructure", True) if expected == "locked" else (expected, False))
    if rest:
        assert found.rest == rest
    cause = primary_cause(holding)[0]
    assert cause == CAUSES[reason]
    assert owner_of(cause, owner) == owner


def test_sensitive_comes_before_every_other_rule():
    found = classify(facts("billing error", sensitive="accessibility", issues=3))
    assert (found.rule, found.locked, found.class_) == ("R0", True, "restructure")
    assert "keep the door" in found.evidence[0]


@pytest.mark.parametrize(("issues", "is_other"), [(99, False), (5000, True)])
def test_few_issues_and_other_stay_undecided(issues, is_other):
    found = classify(facts("billing error", issues=issues, is_other=is_other))
    assert (found.class_, found.rule, found.confidence) == ("undecided", "R1", "low")


@pytest.mark.parametrize(("measure", "value"), [("value_points", 5.0), ("margin", 0.01)])
def test_demand_that_carries_value_is_not_removed(measure, value):
    assert classify(facts("billing error")).class_ == "remove"
    assert classify(facts("billing error", **{measure: value})).class_ == "restructure"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({"cause_share": 0.50}, "remove"), ({"cause_share": 0.4999}, "redistribute"),
     ({"variation": 0.60}, "redistribute"), ({"variation": 0.61, "resolution": 0.74}, "undecided"),
     ({"variation": 0.85, "containment": 0.29}, "restructure"), ({"variation": 0.85, "containment": 0.30}, "undecided"),
     ({"margin": 0.0}, "redistribute")],
)  # fmt: skip
def test_edges_of_the_thresholds(changes, expected):
    assert classify(facts(**changes)).class_ == expected


def test_what_was_not_measured_never_holds():
    nothing = Facts("r", 5000)
    found = classify(nothing)
    assert (found.class_, found.rule, found.confidence) == ("undecided", "R5", "low")
    assert "not measured" in found.evidence[0]


def test_thresholds_move_classes():
    assert classify(facts("password reset"), Thresholds(remove_share=0.20)).class_ == "remove"


def test_evidence_names_each_rule_with_its_figures():
    evidence = classify(facts("password reset")).evidence
    assert [line[:2] for line in evidence] == ["R2", "R3", "R4"]
    assert "0.22 ≥ 0.5: no" in evidence[0]
    assert "5 of 5 signs" in evidence[2]


def test_confidence_needs_stable_redraws_an_audit_and_known_causes():
    assert classify(facts("outage", error=0.02)).confidence == "high"
    assert classify(facts("outage", error=0.02, audited=199)).confidence == "medium"
    assert classify(facts("outage", error=0.02, unknown_cause=0.10)).confidence == "medium"
    assert classify(facts("outage", error=0.02, cause_is_proxy=True)).confidence == "medium"
    on_the_edge = classify(facts("outage", cause_share=0.505, error=0.02))
    assert on_the_edge.confidence == "low"
    assert 0.4 < on_the_edge.unchanged < 0.7


def test_same_seed_same_confidence():
    edge = facts("outage", cause_share=0.51, error=0.02)
    assert classify(edge, seed=3) == classify(edge, seed=3)


def test_cause_share_is_a_lower_bound_and_n_is_capped():
    capped, full = cause_measure(0.55, 10_000), cause_measure(0.55, 200)
    assert capped == full
    assert 0.48 < capped.value < 0.482
    assert cause_measure(0.55, 0).value == 0
    with pytest.raises(AnalyticsError, match="between 0 and 100"):
        cause_measure(1.2, 5)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(list(TABLE)), st.floats(0, 1e7), st.floats(0, 1))
def test_every_unit_of_cost_is_in_exactly_one_class(reason, cost, share):
    found = classify(facts(reason))
    parts = split_cost(found, cost, share)
    assert set(parts) == set(CLASSES)
    assert sum(parts.values()) == pytest.approx(cost)
    assert all(part >= 0 for part in parts.values())


def test_cost_splits_between_remove_and_the_other_class():
    warranty = split_cost(classify(facts("warranty claim")), 1000, 0.64)
    assert (warranty["remove"], warranty["restructure"]) == (pytest.approx(640), pytest.approx(360))
    reset = split_cost(classify(facts("password reset")), 1000, 0.22)
    assert (reset["remove"], reset["redistribute"]) == (pytest.approx(220), pytest.approx(780))
    assert split_cost(classify(facts("bereavement")), 1000, 0.55)["restructure"] == 1000
    assert split_cost(classify(facts("outage", issues=5)), 1000, 0.9)["undecided"] == 1000
    assert split_cost(classify(facts("password reset")), 1000, None)["redistribute"] == 1000


def test_one_primary_cause_and_the_next_as_tag():
    assert primary_cause(["repeat", "communication", "policy"]) == ("policy", "communication")
    assert primary_cause(["none"]) == ("none", None)
    assert primary_cause(["unknown"]) == ("unknown", None)
    with pytest.raises(AnalyticsError, match="defect"):
        primary_cause(["defects"])


def test_main_cause_of_a_reason():
    assert main_cause({"repeat": 5, "process": 9}) == "process"
    assert main_cause({"repeat": 5, "defect": 5}) == "defect"
    assert main_cause({"none": 50}) == "none"
    assert (owner_of("communication"), owner_of("policy"), owner_of("x")) == ("marketing", "policy owner", "not known")


def test_inferred_causes_come_as_a_range():
    found = proxy_share({"release": 200, "repeat": 300}, 1000)
    assert (found.low, found.value, found.high) == pytest.approx((0.30, 0.44, 0.50))
    assert proxy_share({}, 10).high == 0
    assert above_baseline([30, 10], [20, 15]) == 5
    assert above_baseline([1], [9]) == 0
    with pytest.raises(AnalyticsError, match="no contacts"):
        proxy_share({}, 0)


def test_the_signs_say_what_the_rules_compared() -> None:
    facts = Facts(
        "x", 500, cause_measure(0.2, 500), variation=Measure(0.5), handle_ratio=Measure(0.7), resolution=Measure(0.9),
        specialist=Measure(0.05),
    )  # fmt: skip
    found = classify(facts)
    by_rule = {sign.measure: sign for sign in found.signs if sign.rule.startswith("Redistribute")}
    assert {name: sign.holds for name, sign in by_rule.items()} == {
        "variation": True, "handle_ratio": True, "resolution": True, "specialist": True, "containment": None,
    }  # fmt: skip
    assert found.class_ == "redistribute"
    assert by_rule["containment"].value is None
    assert next(sign for sign in found.signs if sign.measure == "cause_share").holds is False
