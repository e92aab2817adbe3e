"""Local classifiers: sorting a statement, checking a draft's wording. The one home of the encoder."""
