"""Heavy work in a process of its own: finding lines, reading lines, training.

The window never imports torch and outlives any crash of the work. The parent writes one JSON request line
to the child's standard input; the child answers with JSON events, one a line, and exactly one terminal
event. ``stop`` or the end of standard input asks the child to stop.
"""
