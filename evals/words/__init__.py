"""What the evals say, in Chinese and English."""
