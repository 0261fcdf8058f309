"""From the recording of a client call to approved minutes and buildable feature specs."""
