"""The program, its libraries and speech models -> a folder for a place without internet."""
