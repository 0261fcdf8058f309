"""The playbook: which asks there are, what each needs, and how to ask for what nobody said."""
