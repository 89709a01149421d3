"""Files of other programs, in and out: PAGE, ALTO, line data sets, plain text."""
