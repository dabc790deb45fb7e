"""The floor of the page measurements: one widget, one Plotly bar, nothing else."""

import plotly.graph_objects as go
import streamlit as st

choice = st.pills("Months", [3, 6, 12], default=12, format_func=lambda count: f"Last {count}") or 12
st.plotly_chart(go.Figure(go.Bar(x=[f"Reason {n}" for n in range(10)], y=[choice * (10 - n) for n in range(10)])))
