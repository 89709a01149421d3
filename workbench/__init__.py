"""The two faces of Linewright: the window and the command line."""
