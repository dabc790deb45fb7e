"""Remove: what demand should not exist, what does it cost, and who can end it?"""

from analytics.ui import (
    audit,
    backlog,
    charter,
    frame,
    ideas,
    realised,
    remove,
    remove_defects,
    remove_generators,
    remove_repeats,
    remove_steps,
    remove_trend,
)

page = frame.open_page("Remove")
page.show(remove.finding)
page.show(remove.numbers_row)
page.show(
    remove.parts,
    {
        "Generators": remove_generators.section,
        "Repeats": remove_repeats.section,
        "Trend": remove_trend.section,
        "Defects": remove_defects.tab,
        "Policies": remove_steps.tab,
        "Backlog": backlog.draw,
        "Charter": charter.draw,
        "Ideas": ideas.draw,
        "Label audit": audit.draw,
        "Promised and realised": realised.draw,
    },
)
page.show(remove.what_next)
