"""The floor `pills.py`, served the same way as the app: behind the layer that sends pictures first."""

import streamlit as st
from starlette.middleware import Middleware

from analytics.ui.picture_first import PictureFirst

app = st.App("pills.py", middleware=[Middleware(PictureFirst)])
