"""The evidence gate: whether what was found is enough to answer from.

asks.py reads what a question asks for, evidence.py turns question and hits into figures, likeness.py says
what like questions speak for, model.py keeps both, deciding.py decides; fitting.py fits them on
fixtures/questions/, which questions.py reads, and grouping.py keeps near duplicates together.
"""
