"""OpenSpec: each spec as a change folder that its own validator takes."""
