"""Looks at the bytes of a text file before anything reads it as text: encoding, NULs, line ends, quotes, long lines.

One pass in blocks; compressed files are looked at unpacked. What is found decides which reader is safe.
"""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from analytics.errors import SourceError

BLOCK: Final = 4 << 20
LONGEST_LINE: Final = 1_000_000
"""Bytes; a longer line is a broken quote or a file inside a field, and is rejected."""
_GZIP: Final = b"\x1f\x8b"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""The mark of UTF-32 begins like the one of UTF-16, so it is asked for first."""
WIDE: Final = ("utf-16", "utf-32")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the bytes of one file show."""

    encoding: str
    """utf-8, utf-8-sig, utf-16 or utf-32 with a mark, the same with -le or -be without one; "" when none of them."""
    size: int
    """Bytes after unpacking."""
    lines: int
    """Line ends, plus one when the last line has none."""
    has_nul: bool
    has_quotes: bool
    has_mixed_ends: bool
    has_blank_lines: bool
    has_long_lines: bool
    gzipped: bool

    @property
    def is_plain(self) -> bool:
        """Whether the fast reader can be trusted with the file."""
        odd = self.has_nul or self.has_mixed_ends or self.has_blank_lines or self.has_long_lines
        return self.encoding in {"utf-8", "utf-8-sig"} and not odd


def is_gzipped(path: Path) -> bool:
    """Whether the file begins like a gzip file, whatever its name says."""
    with path.open("rb") as file:
        return file.read(2) == _GZIP


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading, unpacked."""
    return cast(BinaryIO, gzip.open(path, "rb")) if is_gzipped(path) else path.open("rb")


def blocks(path: Path, size: int = BLOCK) -> Iterator[bytes]:
    """Yield the unpacked bytes in blocks. Raises SourceError when the packing is broken or reading fails."""
    try:
        with open_bytes(path) as file:
            while block := file.read(size):
                yield block
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(
            "The compressed file is cut off or damaged.", where=path.name, do="Fetch or export the file again."
        ) from error
    except OSError as error:
        raise SourceError(f"The file cannot be read: {error.strerror}.", where=path.name) from error


def prescan(path: Path) -> Facts:
    """Return what the bytes of `path` show. Raises SourceError for an empty file or broken packing."""
    scan = _Scan()
    for block in blocks(path):
        scan.add(block)
    if scan.size == 0:
        raise SourceError("The file is empty.", where=path.name, do="Export it again, or take it out of the mapping.")
    if scan.head.startswith(_GZIP):
        raise SourceError("The file is compressed twice.", where=path.name, do="Unpack it once, then import again.")
    return scan.facts(is_gzipped(path))


class _Scan:
    """Running totals of one pass."""

    def __init__(self) -> None:
        self.size = 0
        self.head = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._valid = True
        self._counts = dict.fromkeys((b"\n", b"\r\n", b"\r", b"\x00", b'"'), 0)
        self._blank = False
        self._long = False
        self._tail = b""
        self._since_end = 0

    def add(self, block: bytes) -> None:
        if not self.head:
            self.head = block[:4096]
        self.size += len(block)
        joined = self._tail[-3:] + block
        self._count(block, joined)
        self._validate(block)
        self._measure(block)
        self._tail = block[-4:]

    def _count(self, block: bytes, joined: bytes) -> None:
        for mark in (b"\n", b"\r", b"\x00", b'"'):
            self._counts[mark] += block.count(mark)
        straddling = self._tail[-1:] == b"\r" and block[:1] == b"\n"
        self._counts[b"\r\n"] += block.count(b"\r\n") + straddling
        self._blank = self._blank or b"\n\n" in joined or b"\n\r\n" in joined or b"\r\r" in joined

    def _validate(self, block: bytes) -> None:
        if not self._valid:
            return
        try:
            self._decoder.decode(block)
        except UnicodeDecodeError:
            self._valid = False

    def _measure(self, block: bytes) -> None:
        start = 0
        while not self._long and start < len(block):
            end = block.rfind(b"\n", start, start + LONGEST_LINE)
            if end < 0:
                self._since_end += min(LONGEST_LINE, len(block) - start)
                start += LONGEST_LINE
                self._long = self._since_end > LONGEST_LINE
            else:
                start, self._since_end = end + 1, 0

    def facts(self, gzipped: bool) -> Facts:
        counts = self._counts
        bare = (counts[b"\n"] - counts[b"\r\n"], counts[b"\r\n"], counts[b"\r"] - counts[b"\r\n"])
        ends = sum(bare)
        return Facts(
            encoding=self._encoding(),
            size=self.size,
            lines=ends + (self._tail[-1:] not in {b"\n", b"\r"}),
            has_nul=counts[b"\x00"] > 0,
            has_quotes=counts[b'"'] > 0,
            has_mixed_ends=sum(count > 0 for count in bare) > 1 or bare[2] > 0,
            has_blank_lines=self._blank or self.head[:1] in {b"\n", b"\r"},
            has_long_lines=self._long,
            gzipped=gzipped,
        )

    def _encoding(self) -> str:
        for mark, name in _MARKS:
            if self.head.startswith(mark):
                return name if name != "utf-8-sig" or self._valid else ""
        fourths = [any(self.head[place::4]) for place in range(4)] if len(self.head) >= 8 else []
        if fourths in ([True, False, False, False], [True, True, False, False]):
            return "utf-32-le"
        if fourths in ([False, False, False, True], [False, False, True, True]):
            return "utf-32-be"
        even, odd = self.head[0::2].count(0), self.head[1::2].count(0)
        half = len(self.head) // 4
        if max(even, odd) > half and min(even, odd) <= half // 4:
            return "utf-16-le" if odd > even else "utf-16-be"
        return "utf-8" if self._valid and self._finished() else ""

    def _finished(self) -> bool:
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True
