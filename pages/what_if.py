"""What-if: what happens if we remove this demand?"""

from analytics.ui import frame, what_if

page = frame.open_page("What-if")
page.show(what_if.everything)
