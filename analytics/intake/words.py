"""From a column mapping to the SQL of the word (or typed value) that stands in the user's columns.

Composes from macro names of `queries/sources/macros.sql`, positions and bound variables only.
"""

from dataclasses import dataclass

from analytics.intake.mapping import NULL_WORDS, ColumnMapping, GroupMapping, LabelRule
from analytics.intake.session import Session
from analytics.intake.source import ColumnType, Source

_DIRECT = {"number", "timestamp", "instant", "date", "flag"}


@dataclass(frozen=True, slots=True)
class Word:
    """What stands in the file for one contract column."""

    text: str
    """SQL of the cleaned text; null where there is no value."""
    direct: str = ""
    """SQL of the value in the file's own type, when nothing has to be done to its text."""
    type: ColumnType = "text"
    parts: tuple["Word", ...] = ()
    """The parts of a sum."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One file read under one mapping."""

    session: Session
    source: Source
    group: GroupMapping

    def text(self, name: str, null: tuple[str, ...] = ()) -> str:
        """Return SQL of the cleaned text of the user's column `name`; null when this file has none."""
        position = self.source.position(name, self.group.where)
        if position is None:
            return "cast(null as varchar)"
        column = f"source.c{position:d}"
        if self.source.types[position] != "text":
            column = f"cast({column} as varchar)"
        words = [*NULL_WORDS, *self.group.null_words, *null]
        longest = max(len(word.encode()) for word in words)
        return f"clean({column}, {self.session.bind(words)}, {longest:d})"

    def word(self, column: ColumnMapping) -> Word:
        """Return what stands in the file for a mapped column."""
        if column.mode == "constant":
            return Word(self.session.bind(column.constant))
        texts = [self.text(name, column.null) for name in column.columns]
        if column.mode == "sum":
            parts = tuple(self._single(column, name) for name in column.columns)
            return Word(_joined(texts, self.session.bind(" + ")), parts=parts)
        if column.mode == "date_time":
            return Word(self._date_and_time(texts))
        if column.mode == "day_of_month":
            return Word(f"{self.session.bind(column.prefix)} || lpad({texts[0]}, 2, '0')")
        if len(texts) > 1:
            return Word(self._mapped(column, _joined(texts, self.session.bind(" · "))))
        return self._single(column, column.columns[0])

    def _single(self, column: ColumnMapping, name: str) -> Word:
        position = self.source.position(name, self.group.where)
        text = self._mapped(column, self.text(name, column.null))
        if position is None:
            return Word(text)
        type_ = self.source.types[position]
        untouched = type_ in _DIRECT and not (column.null or column.values or self.group.null_words)
        return Word(text, f"source.c{position:d}" if untouched else "", type_)

    def _date_and_time(self, texts: list[str]) -> str:
        """Join date and time; only the date part of a date that also carries midnight."""
        if len(texts) == 1:
            return texts[0]
        midnight = self.session.bind("[ T]00:00:00([.]0+)?$")
        return f"regexp_replace({texts[0]}, {midnight}, '') || ' ' || {texts[1]}"

    def _mapped(self, column: ColumnMapping, text: str) -> str:
        if not column.values:
            return text
        bind = self.session.bind
        cases = " ".join(f"when {bind(old)} then {bind(new)}" for old, new in column.values)
        return f"case {text} {cases} else {text} end"

    def with_default(self, word: Word, default: str) -> Word:
        """Return the word, or `default` where there is none."""
        return Word(f"coalesce({word.text}, {self.session.bind(default)})")

    def labelled(self, word: Word, label: LabelRule) -> Word:
        """Return the word after a label rule has spoken."""
        bind = self.session.bind
        otherwise = word.text if label.otherwise is None else bind(label.otherwise)
        matches = f"is_among({self.text(label.column)}, {bind(list(label.values))})"
        return Word(f"case when {matches} then {bind(label.value)} else {otherwise} end")


def _joined(texts: list[str], mark: str) -> str:
    return f"nullif(concat_ws({mark}, {', '.join(texts)}), '')"
