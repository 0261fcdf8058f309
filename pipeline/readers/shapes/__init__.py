"""One file for each shape of a transcript, chat or note; a new file here is a new shape."""
