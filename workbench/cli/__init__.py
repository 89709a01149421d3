"""Every act of the window as a command: ``linewright COMMAND PROJECT ...``."""
