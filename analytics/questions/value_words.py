"""What may be said about value enhancement and loyalty: the state of the estimate picks the sentence."""

from analytics.questions.experience import Value
from analytics.questions.words import Finding, percent, signed


def hidden_factor_words(found: Value) -> str:
    """Say how strong a factor nobody recorded would have to be to explain the gap alone; empty without a gap."""
    if found.hidden_factor is None:
        return ""
    alone, limit = found.hidden_factor
    if limit <= 1:
        return "No hidden factor is needed to explain it: the interval holds no difference."
    return (
        f"To explain it alone, a factor nobody recorded would have to go {alone:.1f} times as often with value "
        f"enhancement and {alone:.1f} times as often with staying ({limit:.1f} for the nearer end of the interval): "
        "the E-value. It says nothing about who was not followed."
    )


def value_finding(found: Value) -> Finding:
    """Say whether customers stay more often after value enhancement; "associated", because nobody was drawn by lot."""
    if found.coverage.value is None:
        return Finding(f"Cannot tell whether value-enhanced customers stay. {found.coverage.why}", "cannot")
    covered, gap = f"{percent(found.coverage.value)} of contacts were value-enhanced", found.retention_gap
    if gap.value is None or gap.low is None or gap.high is None:
        return Finding(f"{covered}; cannot tell whether those customers stay. {gap.why}", "cannot")
    said = f"({signed(100 * gap.low, 1)} to {signed(100 * gap.high, 1)} points; n {gap.n:,})"
    if gap.low <= 0 <= gap.high:
        return Finding(f"{covered}; whether those customers stay more often is not clear {said}.", "unclear")
    size, more = signed(100 * abs(gap.value), 1), "more" if gap.value > 0 else "less"
    raw = "" if found.raw_gap is None else f" The raw gap of {signed(100 * found.raw_gap, 1)} is also who they are."
    return Finding(
        f"Customers with a value-enhancing contact stayed {size} points {more} often over 12 months than similar "
        f"customers with equal effort and resolution {said}: association, not proof.{raw}",
        "better" if gap.value > 0 else "worse",
    )
