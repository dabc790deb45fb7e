"""Estimators as pure functions: arrays in, frozen results with interval, n, method and reason out.

Imports only `analytics.errors`, numpy, scipy, statsmodels and pandas, so that every figure can be tested against a
published one without data or screen. What each number means: docs/methods.md.

- `estimate`: one result type and the honesty rules; `proportions`, `groups` (`jackknife`): intervals
- `repeats`, `issues`, `survival`: repeat contacts and first-contact resolution; `cost`: money per contact
- `pareto`, `taxonomy` (`taxonomy_rules`, `causes`), `audit`: which demand is avoidable and how sure that is
- `change`, `did` (`did_checks`), `events`, `effects`, `funnel`, `policy`: what moved, what worked, where to look
- `overlap` (`coverage`): several initiatives on the same contacts; `multiplicity`: many comparisons at once
- `staffing`, `forecast`: agents needed and the demand ahead
"""
