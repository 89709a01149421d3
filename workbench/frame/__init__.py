"""The parts of the window around the places: rail, header, status line, strip, palette, start screen."""
