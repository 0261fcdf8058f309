"""The sense of a turn: a small trained model that tells how likely a turn carries each kind."""
