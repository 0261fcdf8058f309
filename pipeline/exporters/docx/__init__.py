"""Word: documents that need no reformatting in Word or WPS."""
