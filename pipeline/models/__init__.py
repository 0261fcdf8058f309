"""What a call, its minutes and its specs are: frozen values without any input or output."""
