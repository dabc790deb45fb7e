"""Sources: what is loaded, and what can it be trusted with?"""

from analytics.ui import frame, sources, sources_mapping

page = frame.open_page("Sources")
page.show(sources.finding)
page.show(sources.choose)
page.show(sources.readiness)
page.show(sources.files)
page.show(sources.rejects)
page.show(sources_mapping.load)
page.show(sources.what_next)
