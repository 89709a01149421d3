"""Reading text in line crops: charset, codec, CTC, architectures, checkpoints, recognizer.

Importing this package (or ``charset``, ``codec``, ``ctc``, ``card``) loads no torch: the window shows
model cards and decodes nothing itself.
"""
