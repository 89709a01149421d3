"""How ``crnn-v6`` is made: ``make base``. See docs/BASE_MODEL.md."""
