"""The floor `slider.py`, served the same way as the app: behind the layer that sends pictures first."""

import streamlit as st
from starlette.middleware import Middleware

from analytics.ui.picture_first import PictureFirst

app = st.App("slider.py", middleware=[Middleware(PictureFirst)])
