"""Names of the rows of a figure: short, and never two rows of one name, because their bars would become one."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from analytics.charts.theme import label


def labels(names: Iterable[object], length: int = 34) -> list[str]:
    """Return texts from data for the rows of one figure: equal texts read alike, others never do.

    Where cutting the ends would make two of them one row, and so one bar of both, all lose their middle instead:
    “Category 42…ategory 223”; what is still alike is numbered.
    """
    texts = [" ".join(str(name).split()) for name in names]
    different = list(dict.fromkeys(texts))
    cut = [label(text, length) for text in different]
    if len(set(cut)) < len(cut):
        cut = [_without_middle(text, length) for text in different]
    shown = dict(zip(different, apart(cut), strict=True))
    return [shown[text] for text in texts]


def apart(names: Iterable[str]) -> list[str]:
    """Return names with a number behind each that has been there before: “a”, “a (2)”."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _without_middle(text: str, length: int) -> str:
    if len(text) <= length:
        return escape(text, quote=False)
    tail = length // 2 - 1
    return escape(f"{text[: length - 1 - tail].rstrip()}…{text[-tail:].lstrip()}", quote=False)
