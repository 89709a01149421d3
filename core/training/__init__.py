"""Teaching a recogniser: configuration, events, data, the training loop, its worker side.

``config``, ``events`` and ``run_folder`` load no torch; the window uses them.
"""
