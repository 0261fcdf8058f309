"""Recording -> transcript by faster-whisper."""
