"""Overview, the home page: is service demand falling while customer value rises?"""

import streamlit as st

from analytics.ui import frame, overview, overview_bridge, overview_hours, overview_surveys

page = frame.open_page("Overview", picture_first=True)
top = st.container()
left, right = st.columns([3, 2], gap="large")
with left:  # what people wait for is sent first
    page.show(overview.picture)
page.draw_rest()
with top:
    page.show(overview.finding)
    page.show(overview.numbers_row)
with right:
    page.show(overview_hours.hours)
page.show(overview_surveys.answers)
page.show(overview_bridge.bridge)
page.show(overview.what_changed)
page.show(overview.guardrails)
page.show(overview.what_next)
