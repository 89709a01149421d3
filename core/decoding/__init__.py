"""Decoding a line again while a human corrects it: kept CTC output, constrained search, language model.

Nothing here loads torch or touches the store: the window calls it between two key presses.
"""
