"""Assumptions: what do the figures assume?"""

from analytics.ui import assumptions, frame

page = frame.open_page("Assumptions")
page.show(assumptions.finding)
page.show(assumptions.numbers_row)
page.show(assumptions.editor)
page.show(assumptions.changed)
page.show(assumptions.rates)
page.show(assumptions.published)
page.show(assumptions.what_next)
