"""Errors are for people."""

from analytics.errors import AnalyticsError, nearest


def test_an_error_says_where_what_and_what_to_do() -> None:
    error = AnalyticsError("The date is unreadable.", where="calls.csv, line 7", do="Set day_first.")
    assert str(error) == "calls.csv, line 7: The date is unreadable. Set day_first."


def test_the_nearest_name_is_offered_whatever_its_case() -> None:
    assert nearest("Chanel", ["channel", "reason"]) == "Did you mean “channel”?"


def test_without_a_near_name_all_are_listed() -> None:
    assert nearest("xyz", ["b", "a"]) == "It must be one of: a, b."
    assert nearest("xyz", []) == ""
