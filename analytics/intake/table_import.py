"""Imports the files of one contract table: decides orders of dates, then outcomes, then gives the typed select."""

from dataclasses import dataclass
from datetime import datetime

from analytics.contract import TABLES
from analytics.intake import statements
from analytics.intake.compose import Parsed, create_parsed, union
from analytics.intake.conversion import Conversion
from analytics.intake.dates import Orders, decide_order, declared_order, file_order, formats
from analytics.intake.decide import File, duplicates, exclude, reject, supersede
from analytics.intake.doubts import clock_change_rows, emptied, unknown_channels
from analytics.intake.ledger import Ledger
from analytics.intake.loaded import Select, create_people, stage_typed, typed_select
from analytics.intake.mapping import ColumnMapping, GroupMapping
from analytics.intake.session import Session
from analytics.intake.source import Problem, Source
from analytics.intake.words import Reading
from analytics.workspace import WorkspaceInfo

Formats = dict[str, tuple[list[str], bool]]


@dataclass(frozen=True, slots=True)
class TableImport:
    """What the import of one table needs."""

    session: Session
    info: WorkspaceInfo
    salt: str
    now: datetime
    heads_only: bool = False
    """Only the first rows are there: an order of dates that they leave open is no error."""

    def run(self, files: list[tuple[GroupMapping, Source]], ledger: Ledger) -> Select:
        """Decide on every row, write the outcome into `ledger` and return the select of the loaded rows.

        Raises MappingError for columns that are not there and dates that cannot be told.
        """
        conversions = self.conversions(files)
        parsed = [create_parsed(conversion) for conversion in conversions]
        decided = [File(source, group, one) for (group, source), one in zip(files, parsed, strict=True)]
        self._decide(decided, ledger)
        for file in decided:
            self._doubt(file, ledger)
        selects = [
            self._select(conversion, one, ledger.has_drops(one.number))
            for conversion, one in zip(conversions, parsed, strict=True)
        ]
        return Select(union(one.query for one in selects), union(one.nameless for one in selects))

    def _select(self, conversion: Conversion, parsed: Parsed, has_drops: bool) -> Select:
        """Return the select of one file; contacts are read several times, so what is dear is written down before."""
        if parsed.table != "contacts" or self.heads_only:
            return _both(typed_select(conversion, parsed, has_drops))
        if not is_typed(conversion.reading.group, conversion.reading.source):
            return _both(stage_typed(conversion, parsed, has_drops))
        if "customer_id" not in parsed.columns:
            return _both(typed_select(conversion, parsed, has_drops))
        create_people(conversion, parsed)
        return Select(
            typed_select(conversion, parsed, has_drops, "people"), typed_select(conversion, parsed, has_drops, "none")
        )

    def conversions(self, files: list[tuple[GroupMapping, Source]]) -> list[Conversion]:
        """Return the conversion of each file, with the date formats that its content shows."""
        check_columns(files)
        readings = [Reading(self.session, source, group) for group, source in files]
        found = self._formats(readings)
        return [
            Conversion(reading, self.info, self.salt, self.now, one, self._years(reading))
            for reading, one in zip(readings, found, strict=True)
        ]

    def _decide(self, files: list[File], ledger: Ledger) -> None:
        for file in files:
            ledger.open(file)
            listed: list[Problem] = []
            exclude(self.session, file, listed)
            ledger.add(file, listed)
            ledger.count(file, "excluded", sum(problem.rows for problem in listed))
        for number, rows in supersede(self.session, files).items():
            ledger.superseded_by_key(number, rows)
        for file in files:
            listed, rows = reject(self.session, file, ledger.has_drops(file.source.number), ledger.room)
            ledger.add(file, listed)
            ledger.count(file, "rejected", rows)
        problems, rejected = duplicates(self.session, files, ledger.has_drops, ledger.room)
        ledger.repeated(files, problems, rejected)

    def _doubt(self, file: File, ledger: Ledger) -> None:
        has_drops = ledger.has_drops(file.source.number)
        zone = file.group.timezone or self.info.timezone
        for problems, counts in (
            emptied(self.session, file, has_drops, ledger.room),
            unknown_channels(self.session, file, has_drops),
            clock_change_rows(self.session, file, zone, has_drops, ledger.room),
        ):
            ledger.add(file, problems)
            ledger.doubt(file, counts)

    def _formats(self, readings: list[Reading]) -> list[Formats]:
        """Decide each undeclared text time per group of files: its order over all of them, its formats per file."""
        found: list[Formats] = [{} for _ in readings]
        for group in dict.fromkeys(reading.group for reading in readings):
            members = [place for place, reading in enumerate(readings) if reading.group is group]
            for column in group.columns:
                if _is_text_time(column, group):
                    self._format_column(column, [(readings[place], found[place]) for place in members])
        return found

    def _format_column(self, column: ColumnMapping, members: list[tuple[Reading, Formats]]) -> None:
        texts = [(reading, into) for reading, into in members if not reading.word(column).direct]
        orders = [self._orders(reading, column) for reading, _ in texts]
        if not texts:
            return
        common = decide_order(texts[0][0].group.table, column, orders, may_be_open=self.heads_only)
        for (reading, into), found in zip(texts, orders, strict=True):
            self._show_words(reading, column)
            sample = [str(row[0]) for row in self.session.run("time_sample")]
            order = common if declared_order(column) else file_order(found, common)
            into[column.target] = (formats(order, sample), found.with_offset > 0)

    def _years(self, reading: Reading) -> dict[str, tuple[int, int]]:
        """Return first and last year of the columns that hold clock times in the file's own type."""
        found: dict[str, tuple[int, int]] = {}
        for column in reading.group.columns:
            if TABLES[reading.group.table].column(column.target).kind == "time" and column.mode == "columns":
                word = reading.word(column)
                if word.direct and word.type in {"timestamp", "date"}:
                    extent = self.session.execute(statements.year_extent(word.direct, reading.source.relation))[0]
                    found |= {column.target: (int(extent[0]), int(extent[1]))} if None not in extent[:2] else {}
        return found

    def _orders(self, reading: Reading, column: ColumnMapping) -> Orders:
        self._show_words(reading, column)
        return Orders(reading.source.label, *self.session.run("date_orders")[0])

    def _show_words(self, reading: Reading, column: ColumnMapping) -> None:
        word = reading.word(column).text
        self.session.execute(statements.time_words(reading.source.line, word, reading.source.relation))


def _both(query: str) -> Select:
    return Select(query, query)


def _is_text_time(column: ColumnMapping, group: GroupMapping) -> bool:
    is_time = TABLES[group.table].column(column.target).kind in {"time", "day"}
    return is_time and column.mode in {"columns", "date_time"} and column.format not in {"epoch", "epoch_ms"}


def is_typed(group: GroupMapping, source: Source) -> bool:
    """Return whether a file gives its columns and times in types of its own, so that reading it again costs little."""
    times = [name for column in group.columns if column.target == "started_at" for name in column.columns]
    places = [source.position(name, group.where) for name in times]
    return source.in_place and all(place is not None and source.types[place] != "text" for place in places)


def check_columns(files: list[tuple[GroupMapping, Source]]) -> None:
    """Raise MappingError when a required column is missing in a file, or any mapped one in all files of its group."""
    for group, source in files:
        required = {
            name for column in group.columns if column.target in TABLES[group.table].required for name in column.columns
        }
        others = [other for own, other in files if own is group]
        for name in group.outside_columns():
            if source.position(name, group.where) is None:
                nowhere = all(other.position(name, group.where) is None for other in others)
                if nowhere or name in required or name in group.key:
                    raise source.missing(name, group.where)
