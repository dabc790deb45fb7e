"""Ebb: files → contacts → cubes → questions → pages, and beside it a pure what-if engine.

| layer | what belongs in it | may import |
|---|---|---|
| `ui` | the only place that imports Streamlit: frame, cached questions, cards, messages | everything below |
| `charts` | frames or outcomes in, Plotly figures out; one theme module | questions, scenarios, store |
| `questions` | one typed function per question, run on the cubes; the metric catalogue | statistics, engine |
| `scenarios` | the what-if: ledger, levers, uncertainty, portfolio; numpy and scipy only | statistics |
| `store` | what people write: edits, scenarios, decisions | engine, settings |
| `statistics` | estimators as pure functions | errors |
| `intake` | reading, mapping and checking the user's files; building the result | engine, workspace |
| `engine`, `workspace` | the only user of DuckDB; the folder with files, mapping and result | contract, settings |
| `contract` | tables and columns of the data contract, as data | errors |
| `settings`, `errors` | one frozen dataclass read once; the one family of errors | nothing |

`demo` (the invented company) and `cli` (the command line) stand beside `ui`.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Before numpy: its second thread waits for work by spinning and takes the processor from other sessions. A question
# with one small matrix product then costs twice its time.
