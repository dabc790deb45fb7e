"""The floor of the page measurements: one widget, one Plotly bar, nothing else."""

import plotly.graph_objects as go
import streamlit as st

WEEKS = {"Last month": 1, "Last 3 months": 3, "Last 6 months": 6, "Last 12 months": 12, "Everything": 24}

choice = st.selectbox("Period", list(WEEKS), index=3)
st.plotly_chart(
    go.Figure(go.Bar(x=[f"Reason {n}" for n in range(10)], y=[WEEKS[choice] * (10 - n) for n in range(10)]))
)
