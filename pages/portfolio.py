"""Portfolio: what should we fund first?"""

from analytics.ui import frame, portfolio

page = frame.open_page("Portfolio")
page.show(portfolio.everything)
