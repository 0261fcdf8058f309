"""To come."""

import streamlit as st

st.info("…")
