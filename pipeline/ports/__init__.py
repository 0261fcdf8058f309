"""The seams: what the stages need from the world, as small Protocols.

An adapter stands behind each; only bootstrap knows which. A port never names a library.
"""
