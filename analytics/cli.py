"""The command line: make the invented company, suggest a mapping, import, check.

Exit codes: 0 all well; 1 nothing was done, the sentence says why; 3 imported, but rows were rejected, values emptied
or rows flagged, each of them listed.
"""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from analytics.errors import AnalyticsError
from analytics.intake.api import check as check_workspace
from analytics.intake.api import run_import
from analytics.intake.api import suggest as suggest_mapping
from analytics.intake.check import CheckReport
from analytics.intake.progress import Listener, Progress
from analytics.intake.report import ImportReport
from analytics.workspace import MAPPING_FILE, Workspace

FAILED = 1
WITH_PROBLEMS = 3

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which service demand to remove, and how.",
)
_SHOWN_PROBLEMS = 20

Folder = Annotated[Path, typer.Argument(help="The workspace: a folder with your files and a workspace.toml.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of sentences.")]


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder to write; must not exist yet.")],
    contacts: Annotated[int, typer.Option(min=1, help="Contacts to invent.")] = 300_000,
    seed: Annotated[int, typer.Option(help="Same seed, same files.")] = 7,
    months: Annotated[int, typer.Option(min=1, help="Months to cover.")] = 24,
    backlog: Annotated[bool, typer.Option("--backlog", help="Also write an invented backlog into its store.")] = False,
) -> None:
    """Invent a company: files, mapping, and the truth that was planted in them."""
    from analytics.demo import write_backlog, write_demo  # noqa: PLC0415  (the other commands start faster without it)

    write_demo(out, contacts, seed, months)
    if backlog:
        write_backlog(out, contacts, seed, months)
    _say(f"Wrote an invented company with {contacts:,} contacts to {out}.")


@app.command()
def suggest(
    files: Annotated[list[Path], typer.Argument(help="Files to look at.")],
    write: Annotated[bool, typer.Option("--write", help=f"Write {MAPPING_FILE} beside the first file.")] = False,
) -> None:
    """Suggest a mapping from the names and values in the files."""
    text = suggest_mapping(files).to_toml()
    target = files[0].parent / MAPPING_FILE
    if not write:
        sys.stdout.write(text)
        return
    if target.exists():
        raise typer.BadParameter(f"{target} exists already; it is not overwritten.")
    target.write_text(text, encoding="utf-8")
    _say(f"Wrote {target}. Look at the lines marked “check”, then run `python -m analytics import {target.parent}`.")


@app.command(name="import")
def import_(
    folder: Folder,
    json_: Json = False,
    json_progress: Annotated[bool, typer.Option("--json-progress", help="Print progress as JSON lines, too.")] = False,
    allow_problems: Annotated[
        bool, typer.Option("--allow-problems", help="Exit with 0 even when rows were rejected or values emptied.")
    ] = False,
) -> None:
    """Read the files of a workspace and build its result; the earlier result stays until the new one is complete."""
    workspace = Workspace(folder.expanduser().resolve())
    if json_ or json_progress:
        report = run_import(workspace, _print_progress if json_progress else None)
        _print_line(report.to_json())
    else:
        report = _import_with_bar(workspace)
        _tell_import(report)
    if report.has_problems and not allow_problems:
        raise typer.Exit(WITH_PROBLEMS)


@app.command()
def check(folder: Folder, json_: Json = False) -> None:
    """Check mapping and files of a workspace without importing."""
    report = check_workspace(Workspace(folder.expanduser().resolve()))
    if json_:
        _print_line(report.to_json())
    else:
        _tell_check(report)


def main() -> None:
    """Run a command; every error becomes one sentence on standard error, never a traceback."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        app(standalone_mode=True)
    except AnalyticsError as error:
        _fail(f"{error.title}. {error}")
    except KeyboardInterrupt:
        _fail("Stopped. Nothing was changed.")
    except OSError as error:
        _fail(f"{error.strerror or 'The file system refused'}: {Path(str(error.filename or '')).name}")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _fail(sentence: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(escape(sentence))
    sys.exit(FAILED)


def _say(sentence: str) -> None:
    Console(highlight=False, soft_wrap=True).print(escape(sentence))


def _print_line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _print_progress(progress: Progress) -> None:
    _print_line(progress.to_json())


def _import_with_bar(workspace: Workspace) -> ImportReport:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"))
    with Bar(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=1.0, told="")
        return run_import(workspace, _bar_listener(bar, lambda **fields: bar.update(task, **fields)))


def _bar_listener(_bar: Bar, update: Callable[..., None]) -> Listener:
    def listen(progress: Progress) -> None:
        left = "" if progress.seconds_left is None else f", {progress.seconds_left:.0f} s left"
        told = f"{progress.rows:,} rows, {progress.rows_per_second:,.0f} a second{left}"
        update(completed=progress.share, description=escape(progress.stage), told=told)

    return listen


def _tell_import(report: ImportReport) -> None:
    _say(
        f"Read {report.rows('read'):,} rows: {report.rows('loaded'):,} loaded, {report.rows('rejected'):,} rejected, "
        f"{report.rows('superseded'):,} superseded, {report.rows('excluded'):,} excluded by rule. "
        f"{report.seconds:.1f} s, {report.peak_memory_mb:,.0f} MB."
    )
    for file in report.files:
        for note in file.notes:
            _say(f"  {file.file}: {note}.")
    if report.emptied or report.flagged:
        _say(f"{report.emptied:,} values were left empty, {report.flagged:,} rows were flagged.")
    _tell_problems(report)


def _tell_problems(report: ImportReport) -> None:
    for label, problem in report.problems[:_SHOWN_PROBLEMS]:
        line = "" if problem.line is None else f", line {problem.line:,}"
        column = f", column {problem.column}" if problem.column else ""
        _say(f"  {problem.outcome}: {label}{line}{column}: {problem.reason}")
    if len(report.problems) > _SHOWN_PROBLEMS:
        _say("  … all of them are on the page Sources and in the table “rejects” of the result.")


def _tell_check(report: CheckReport) -> None:
    for file in report.files:
        _say(f"{file.table}: {file.file}, {file.columns_mapped} of {file.columns} columns mapped")
    for warning in report.warnings:
        _say(f"  note: {warning}")
    _say("The mapping fits the files.")
