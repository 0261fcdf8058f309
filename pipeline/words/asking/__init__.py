"""What is usually answered to each kind of question, in both languages."""
