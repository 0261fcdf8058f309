"""Excel: the requirements, their fields, the questions and the actions, as people track them."""
