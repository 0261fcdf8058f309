"""Orders spoken in a call that are meant for a model: what comes of them."""
