"""Taxonomy: what is each reason, whose is it, and how sure are we?"""

from analytics.ui import frame, taxonomy

page = frame.open_page("Taxonomy")
page.show(taxonomy.finding)
page.show(taxonomy.picture)
page.show(taxonomy.editor)
page.show(taxonomy.evidence)
page.show(taxonomy.what_next)
