"""Finding lines on a page, their reading order, and editing their outlines by hand."""
