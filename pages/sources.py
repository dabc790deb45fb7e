"""Sources: what is loaded, and what can it be trusted with?"""

from analytics.ui import frame, sources, sources_files, sources_import, sources_workspace

page = frame.open_page("Sources")
page.show(sources.finding)
page.show(sources_workspace.choose)
page.show(sources_import.state)
page.show(sources.readiness)
page.show(sources_files.files)
page.show(sources_files.rejects)
page.show(sources.load)
page.show(sources.what_next)
