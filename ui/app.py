"""The desk: navigation only."""

import streamlit as st

st.title("hello")
st.text("你好")
