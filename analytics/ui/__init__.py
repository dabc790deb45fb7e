"""The screens: frame, cached questions, cards, messages, sections of each page. Only here lives Streamlit."""
