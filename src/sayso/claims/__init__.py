"""Claims: which contents say the same, who stands for each and who against it."""
