"""What each engine reached on calls that it was not made on, as measured and kept with it."""
