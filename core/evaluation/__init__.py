"""How good a reading is: edit distance, totals, comparison of models, confusions. No torch."""
