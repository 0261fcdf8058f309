"""What a deployed system calls things, from the files that describe it; one module a shape."""
