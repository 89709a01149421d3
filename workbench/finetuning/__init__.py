"""The fine-tuning of the open project: it goes on whichever place is in front, and whichever language."""
