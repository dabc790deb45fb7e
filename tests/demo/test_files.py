"""The files of the demo company: reproducible, mapped to the contract, dirty in known places."""

import csv
import hashlib
import tomllib
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analytics.contract import CAUSES, CHANNELS, TABLES
from analytics.demo import write_demo
from analytics.demo.toml_writer import to_toml
from tests.demo.conftest import Company


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes_and_another_seed_other_bytes(small: Company, tmp_path: Path) -> None:
    write_demo(tmp_path / "again", contacts=20_000, seed=7)
    write_demo(tmp_path / "other", contacts=20_000, seed=8)
    assert digests(tmp_path / "again") == digests(small.folder)
    assert digests(tmp_path / "other")["contacts_001.parquet"] != digests(small.folder)["contacts_001.parquet"]


def test_a_second_company_in_the_same_folder_leaves_nothing_of_the_first(small: Company, tmp_path: Path) -> None:
    (tmp_path / "contacts_099.parquet").write_bytes(b"left over")
    write_demo(tmp_path, contacts=20_000, seed=7)
    assert digests(tmp_path) == digests(small.folder)


def test_size_is_as_asked(company: Company) -> None:
    late = (company.folder / "late_entries.csv").read_text(encoding="utf-8").splitlines()
    written = len(company.table("contacts_*")) + len(late) - 1
    assert written == pytest.approx(300_000, rel=0.03)


@pytest.mark.parametrize("seed", [2, 3])
def test_size_is_as_asked_for_other_seeds_and_sizes(seed: int, tmp_path: Path) -> None:
    write_demo(tmp_path, contacts=40_000, seed=seed, months=12)
    assert pq.read_metadata(tmp_path / "contacts_001.parquet").num_rows == pytest.approx(40_000, rel=0.08)


def groups(company: Company) -> list[tuple[str, dict[str, object]]]:
    mapping = company.mapping
    return [
        (name, group)
        for name in TABLES
        for group in (mapping[name] if isinstance(mapping[name], list) else [mapping[name]])
    ]


def test_the_mapping_aims_at_contract_columns_only_and_covers_every_table(company: Company) -> None:
    assert set(company.mapping) == {"workspace", *TABLES}
    for name, group in groups(company):
        assert set(group["columns"]) <= set(TABLES[name].names), name
        assert set(TABLES[name].required) <= set(group["columns"]), name


def columns_of(path: Path) -> list[str]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return next(csv.reader(file, delimiter=";"))
    return pq.read_schema(path).names


def test_the_mapping_names_columns_the_files_have(company: Company) -> None:
    for name, group in groups(company):
        for pattern in group["files"]:
            paths = sorted(company.folder.glob(pattern))
            assert paths, pattern
            for path in paths:
                used = {col["column"] if isinstance(col, dict) else col for col in group["columns"].values()}
                assert used <= set(columns_of(path)), (name, path.name)


def test_every_word_in_a_mapped_column_is_in_its_value_map(company: Company) -> None:
    contacts = company.table("contacts_*")
    columns = company.mapping["contacts"][0]["columns"]
    for target, allowed in (("channel", CHANNELS), ("cause", CAUSES), ("segment", ("B2B", "B2C"))):
        words = columns[target]["values"]
        assert set(contacts[columns[target]["column"]].dropna().unique()) == set(words), target
        assert set(words.values()) <= set(allowed), target


def test_true_labels_are_in_no_file_the_mapping_reads(company: Company) -> None:
    for _, group in groups(company):
        for pattern in group["files"]:
            for path in company.folder.glob(pattern):
                assert not {"true_cause", "attempt", "issue"} & set(columns_of(path))


def test_the_company_says_that_it_is_invented(company: Company) -> None:
    workspace = company.mapping["workspace"]
    assert workspace["invented"] is True
    assert workspace["name"] == "Tidewater Home"


def test_dirt_is_there_in_the_planned_amounts(company: Company) -> None:
    contacts = company.table("contacts_*")
    assert contacts["customer_no"].isna().mean() == pytest.approx(0.03, abs=0.003)
    copies = contacts[contacts.duplicated("ref", keep=False)]
    assert contacts.duplicated("ref").mean() == pytest.approx(0.003, abs=0.001)
    assert (copies.groupby("ref").nunique(dropna=False) == 1).all(axis=None)


def test_the_late_file_has_unreadable_dates_repeated_lines_and_absurd_minutes(company: Company) -> None:
    late = pd.read_csv(company.folder / "late_entries.csv", sep=";", dtype=str)
    dates = pd.to_datetime(late["Date"], format="%d.%m.%Y %H:%M", errors="coerce")
    assert dates.isna().sum() == 7
    assert late.duplicated().sum() == 6
    minutes = late["Minutes"].str.replace(",", ".").astype(float)
    assert ((minutes < 0) | (minutes > 1440)).sum() == 3
    assert not set(late["No"].astype(int)) & set(company.table("contacts_*")["ref"])


def test_surveys_and_sessions_belong_to_contacts_and_customers(company: Company) -> None:
    contacts, surveys = company.table("contacts_*"), company.table("surveys_*")
    assert set(surveys["ref"]) <= set(contacts["ref"])
    customers = company.table("customers_*")
    assert customers["customer_no"].is_unique
    for name in ("contacts_*", "surveys_*", "sessions_*", "messages_*"):
        assert set(company.table(name)["customer_no"].dropna()) <= set(customers["customer_no"])
    assert set(contacts["web_session"].dropna()) <= set(company.table("sessions_*")["session"])


def test_nobody_makes_contact_before_joining_or_after_leaving(company: Company) -> None:
    rows = company.table("contacts_*").merge(company.table("customers_*"), on="customer_no", suffixes=("", "_c"))
    opened = rows["opened"].dt.normalize()
    assert (opened >= pd.to_datetime(rows["since"])).all()
    left = pd.to_datetime(rows["until"])
    assert (left.isna() | (opened <= left)).all()


def test_nothing_happens_after_the_last_day(company: Company) -> None:
    contacts = company.table("contacts_*")
    for moments in (contacts["opened"], contacts["closed"], company.table("surveys_*")["answered"]):
        assert moments.max() <= pd.Timestamp("2026-11-21")
    assert (contacts["closed"].isna() | (contacts["closed"] >= contacts["opened"])).all()


@pytest.mark.parametrize(
    "document",
    [
        {"a": 1, "b": {"c": "x \"y\" \\ z", "d": [1, 2.5]}, "rows": [{"k": True}, {"k": False}]},
        {"t": {"columns": {"x": {"column": "c", "values": {"E-mail": "email", "ä ö": "o"}}}}},
    ],
)  # fmt: skip
def test_toml_that_is_written_reads_back(document: dict[str, object]) -> None:
    assert tomllib.loads(to_toml(document)) == document
