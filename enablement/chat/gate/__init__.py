"""The evidence gate: whether what was found is enough to answer from.

asks.py reads what a question asks for, evidence.py turns question and hits into figures, model.py weighs
them, deciding.py decides; fitting.py fits the weights on fixtures/questions/, which questions.py reads.
"""
