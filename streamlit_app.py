"""Overview, the home page: is service demand falling while customer value rises?"""

from analytics.ui import frame, overview

page = frame.open_page("Overview")
page.show(overview.finding)
page.show(overview.numbers_row)
page.show(overview.pictures)
page.show(overview.what_changed)
page.show(overview.guardrails)
page.show(overview.what_next)
