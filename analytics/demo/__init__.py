"""The invented demo company: seeded, with the truth it planted written beside it.

Owns how the company behaves and how its files are written. Everything else in the package reads those files as it
reads anybody's.
"""

from analytics.demo.backlog import write_backlog
from analytics.demo.build import write_demo
from analytics.demo.plan import PRESETS

__all__ = ["PRESETS", "write_backlog", "write_demo"]
