"""The floor of the what-if measurement: one slider, one Plotly bar, nothing else."""

import plotly.graph_objects as go
import streamlit as st

size = st.slider("Size", 0, 100, 30)
st.plotly_chart(go.Figure(go.Bar(x=[f"Reason {n}" for n in range(10)], y=[size * (10 - n) for n in range(10)])))
