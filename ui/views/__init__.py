"""The pages of the desk: each file reads as the page."""
