"""What is known of Chinese and English text, as pure functions and word lists."""
