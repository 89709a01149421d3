"""Models of other projects, turned into ours: one module for each source.

A file is recognised by the names of its layers; nothing in it is ever run. This package's own names load no
torch: the command line shows ``KINDS`` in its help.
"""

KINDS = ("modelscope", "crnn-pytorch", "deep-text-recognition", "easyocr", "doctr", "pylaia", "kraken")
"""Sources by name; ``docs/MODELS.md`` says what each needs beside its weights."""
