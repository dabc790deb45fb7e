"""The what-if: a ledger of demand and a scenario of levers in, an outcome with its uncertainty out.

Pure: frozen values, numpy and scipy, no files, no screen. `Ledger.from_cells` builds the baseline, `lever` and
`Scenario` the change, `evaluate` the central result, `uncertainty.simulate` its range.
"""
