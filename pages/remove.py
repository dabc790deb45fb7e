"""Remove: what demand should not exist, what does it cost, and who can end it?"""

from analytics.ui import frame, remove, remove_generators, remove_repeats

page = frame.open_page("Remove")
page.show(remove.finding)
page.show(remove.numbers_row)
page.show(
    remove.tabs,
    {
        "Generators": remove_generators.section,
        "Repeats": remove_repeats.section,
    },
)
page.show(remove.what_next)
