"""Whether a system is fit: facts are read once (facts.py), and each check is a function from facts to one finding."""
