"""Shows every text of tests.browser.test_text in the elements the app puts data into."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from analytics.ui.text import md
from tests.browser.hostile import TEXTS

for place, text in enumerate(TEXTS):
    with st.container(key=f"text_{place}"):
        st.markdown(md(text))
        st.subheader(md(text), anchor=False)
        st.caption(md(text))
        st.button(md(text), key=f"button_{place}")
        st.expander(md(text), key=f"box_{place}")
        st.markdown(f":small[:gray[{md(text)}]]")
