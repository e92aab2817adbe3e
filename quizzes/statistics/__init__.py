"""How good the questions are: figures by item and by quiz, and which items to look at."""
