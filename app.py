"""The app as it is served: every page of `streamlit_app.py`, behind the layer that sends pictures first."""

import streamlit as st
from starlette.middleware import Middleware

from analytics.ui.picture_first import PictureFirst

app = st.App("streamlit_app.py", middleware=[Middleware(PictureFirst)])
